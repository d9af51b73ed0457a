import Inventory

/// What was wrong, thing by thing.
struct Findings {
  let problem: Problem
  let language: Language

  var markup: HTML {
    let t = language
    return """
      <div class="notice bad" role="alert"><strong>\(t("That was not done.", "Cela n’a pas été fait."))</strong>
      <p>\(problem.detail) <code>\(problem.code)</code></p>
      \(problem.errors.isEmpty ? .nothing : table)</div>
      """
  }

  private var table: HTML {
    let t = language
    let shown = problem.errors.prefix(Problem.mistakesShown)
    return """
      <table><thead><tr><th>\(t("Line", "Ligne"))</th><th>\(t("Field", "Champ"))</th>\
      <th>\(t("Found", "Trouvé"))</th><th>\(t("Expected", "Attendu"))</th></tr></thead><tbody>
      \(shown.markup { mistake in
        """
        <tr><td class="n">\(mistake.line.markup { "\($0)" })</td><td>\(mistake.field)</td>\
        <td>\(mistake.found)</td><td>\(mistake.expected)</td></tr>
        """
      })
      </tbody></table>
      """
  }

  /// Rows with the names of their columns, as an operation answered them.
  static func table(_ rows: [[(String, String)]]) -> HTML {
    guard let first = rows.first else { return .nothing }
    return """
      <table><thead><tr>\(first.markup { "<th>\($0.0)</th>" })</tr></thead><tbody>
      \(rows.markup { row in "<tr>\(row.markup { "<td>\($0.1)</td>" })</tr>" })
      </tbody></table>
      """
  }
}
