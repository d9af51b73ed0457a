import Foundation
import Inventory

/// What was wrong, thing by thing.
struct Findings {
  let problem: Problem
  let language: Language
  /// The names of what is spoken of; nil where nothing is known by a name.
  var register: Register?
  /// Whether lines are the rows of a form, not those of a file with its heading.
  var isOfRows = false
  private var t: Language { language }

  var markup: HTML {
    """
    <div class="notice bad" role="alert"><strong>\(t("That was not done.", "Cela n’a pas été fait."))</strong>
    \(detail)
    \(problem.errors.isEmpty ? .nothing : table)</div>
    """
  }

  /// What was said, line by line: a first sentence, and what it lists.
  private var detail: HTML {
    let lines = problem.detail.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("--") }
    let listed = lines.dropFirst().map { line in sentence(String(line.drop { " -".contains($0) })) }
    return """
      <p>\(sentence(lines.first ?? "")) <code>\(problem.code)</code></p>
      \(listed.isEmpty ? .nothing : "<ul>\(listed.markup { "<li>\($0)</li>" })</ul>" as HTML)
      """
  }

  /// With names in place of codes, and without what the terminal advises: here it is no use.
  private func sentence(_ text: String) -> String {
    t.sentence(Self.withoutCommands(text)) { register?.name(of: $0, t) }
  }

  /// The same without the last clauses that name an option or a command.
  static func withoutCommands(_ text: String) -> String {
    var clauses = text.components(separatedBy: "; ")
    while clauses.count > 1, let last = clauses.last, last.contains(/--[a-z]|procure [a-z]/) {
      clauses.removeLast()
    }
    return clauses.joined(separator: "; ")
      .replacing(/[:,]? \(?[^:;,()]*(?:--[a-z]|procure [a-z])[^:;,]*$/, with: "")
  }

  /// What was expected; of a field that was left empty, that it is to be filled in, where nobody translated its meaning.
  private func expected(_ mistake: Problem.Mistake) -> String {
    guard t == .french, mistake.found.isEmpty, Sentences.french.translated(mistake.expected) == nil else {
      return t.timed(sentence(mistake.expected))
    }
    return "à renseigner"
  }

  private var table: HTML {
    let shown = problem.errors.prefix(Problem.mistakesShown)
    let more = problem.errors.count - shown.count
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(isOfRows ? t("Row", "Rangée") : t("Line", "Ligne"))</th><th>\(t("Field", "Champ"))</th>\
      <th>\(t("Found", "Trouvé"))</th><th>\(t("Expected", "Attendu"))</th></tr></thead><tbody>
      \(shown.markup { mistake in
        """
        <tr><td class="n">\(mistake.line.markup { "\($0)" })</td><td>\(FieldWords.name(mistake.field, t))</td>\
        <td>\(mistake.found)</td><td>\(expected(mistake))</td></tr>
        """
      })
      </tbody></table></div>
      \(more > 0 ? "<p>\(t("\(more) more are not shown.", "\(more) autres ne sont pas affichées."))</p>" as HTML : .nothing)
      """
  }

  /// Rows with the names of their columns, as an operation answered them.
  static func table(_ rows: [[(String, String)]], _ t: Language) -> HTML {
    guard let first = rows.first else { return .nothing }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr>\(first.markup { "<th>\(FieldWords.name($0.0, t))</th>" })</tr></thead><tbody>
      \(rows.markup { row in "<tr>\(row.markup { "<td>\(t.sentence($0.1))</td>" })</tr>" })
      </tbody></table></div>
      """
  }
}

/// The fields of forms and files, as the reader calls them.
enum FieldWords {
  static func name(_ field: String, _ t: Language) -> String {
    guard t == .french else { return field }
    return french[field] ?? field
  }

  private static let french = [
    "centre": "centre", "day": "jour", "report": "déclaration", "key": "clé", "item": "article",
    "barcode": "code-barres", "lot": "lot", "expiry": "péremption", "unit": "unité", "counted": "compté",
    "received": "reçu", "used": "consommé", "lost": "perdu", "adjusted": "ajusté", "note": "remarque",
    "corrects": "corrige", "lines": "lignes", "outcome": "résultat", "quantity": "quantité",
    "reason": "motif", "from": "de", "to": "à", "title": "intitulé", "code": "code", "opens": "ouverture",
    "closes": "clôture", "round": "commande suivante", "neededBy": "besoin au plus tard",
    "needed_by": "besoin au plus tard",
    "items": "articles", "supplier": "fournisseur", "order": "commande", "price": "prix", "packs": "colis",
    "accepted": "accepté", "line": "ligne", "state": "état", "category": "catégorie", "machine": "machine",
    "alert": "alerte", "campaign": "campagne", "name": "nom", "role": "rôle", "label": "libellé",
    "days": "jours", "ready_on": "prêt le", "target": "cible", "first_tranche": "première tranche",
    "used_units": "unités consommées", "used_days": "jours de consommation", "sku": "article",
    "origin": "provenance", "targets": "centres", "pack": "unités par conditionnement",
    "item or kit": "article ou kit",
  ]
}
