import Inventory

/// The frame that pages have in common: menu, who looks, as of when, what the last form came to.
struct Layout {
  let visit: Visit
  private var t: Language { visit.language }

  func document(_ page: WebPage) -> HTML {
    """
    <!doctype html>
    <html lang="\(t.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(page.title) · procure</title>
    <link rel="stylesheet" href="\(WebAssets.styles.path)">
    <link rel="icon" href="\(WebAssets.icon.path)" type="image/svg+xml">
    <script src="\(WebAssets.script.path)" defer></script>
    </head>
    <body\(page.isBare ? " class=\"bare\"" as HTML : "")>
    \(page.isBare ? .nothing : header(page))
    <main id="main" tabindex="-1">
    \(notice)
    \(page.body)
    </main>
    \(page.isBare ? .nothing : footer)
    </body>
    </html>

    """
  }

  private func header(_ page: WebPage) -> HTML {
    """
    <a class="skip" href="#main">\(t("Skip to the content", "Aller au contenu"))</a>
    <header class="top">
    <a class="brand" href="/"><span aria-hidden="true" class="mark"></span>procure</a>
    <nav aria-label="\(t("Main", "Principale"))"><ul>
    \(WebPage.Section.allCases.filter(isOpen).markup { item($0, isHere: $0 == page.section) })
    </ul></nav>
    <div class="who">\(languages)<span class="user">\(visit.title ?? visit.principal.name.rawValue)</span>\(signOut)</div>
    </header>
    \(asOf)
    """
  }

  private func isOpen(_ section: WebPage.Section) -> Bool {
    switch section {
    case .administration: visit.may(.administrator, .auditor)
    case .campaigns, .orders: !visit.principal.isBoundToCentres
    default: true
    }
  }

  private func item(_ section: WebPage.Section, isHere: Bool) -> HTML {
    "<li><a href=\"\(section.path)\"\(isHere ? " aria-current=\"page\"" as HTML : "")>\(section.name(t))</a></li>"
  }

  private var languages: HTML {
    let other: Language = t == .english ? .french : .english
    return """
      <form method="post" action="/preferences">\(Form.hidden(visit))<button class="plain" name="language" \
      value="\(other.rawValue)" lang="\(other.rawValue)">\(other.name)</button></form>
      """
  }

  private var signOut: HTML {
    """
    <form method="post" action="/signout">\(Form.hidden(visit))\
    <button class="plain">\(t("Sign out", "Se déconnecter"))</button></form>
    """
  }

  /// The day that everything below refers to, said once and changed here.
  private var asOf: HTML {
    """
    <form class="asof\(visit.isLookingBack ? " past" : "")" method="post" action="/preferences">\(Form.hidden(visit))
    <label>\(t("Figures as of", "Chiffres au")) <input type="date" name="day" value="\(visit.day)" \
    max="\(visit.today)" required></label>
    <button>\(t("Show", "Afficher"))</button>
    \(visit.isLookingBack ? backToToday : .nothing)
    </form>
    """
  }

  private var backToToday: HTML {
    """
    <button name="today" value="1" class="plain" formnovalidate>\(t("Back to today", "Revenir à aujourd’hui"))</button>
    <span class="note">\(t("You are looking back.", "Vous consultez le passé."))</span>
    """
  }

  private var notice: HTML {
    guard let outcome = visit.outcome else { return .nothing }
    if let problem = outcome.problem { return Findings(problem: problem, language: t).markup }
    let head =
      outcome.isRehearsal
      ? t("Looked at, nothing was kept.", "Vérifié, rien n’a été enregistré.") : t("Done.", "C’est fait.")
    return """
      <div class="notice good" role="status"><strong>\(head)</strong>
      \(outcome.notes.markup { "<p>\($0)</p>" })\(outcome.isRehearsal ? Findings.table(outcome.rows) : .nothing)</div>
      """
  }

  private var footer: HTML {
    """
    <footer><p>procure · <a href="/docs">API</a> · \(t("times in UTC", "heures en UTC")) · \
    \(t("page made", "page établie le")) \(t.moment(visit.now))</p></footer>
    """
  }
}

/// What a form has in every case.
enum Form {
  /// The proof that the form is ours, and the page to come back to.
  static func hidden(_ visit: Visit, back: String? = nil) -> HTML {
    """
    <input type="hidden" name="_token" value="\(visit.formToken)">\
    <input type="hidden" name="_back" value="\(back ?? visit.address)">
    """
  }

  /// A button that does one operation with fixed values.
  static func button(
    _ visit: Visit,
    _ operation: String,
    _ label: String,
    style: String = "",
    back: String? = nil,
    _ values: [(String, String)]
  ) -> HTML {
    """
    <form class="inline" method="post" action="\(WebPath("do", operation))">\(hidden(visit, back: back))\
    \(values.markup { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" })\
    <button class="\(style)">\(label)</button></form>
    """
  }

  /// A form that does one operation with what is filled in.
  static func filled(_ visit: Visit, _ operation: String, _ label: String, back: String? = nil, _ fields: HTML)
    -> HTML
  {
    """
    <form class="fields" method="post" action="\(WebPath("do", operation))">\(hidden(visit, back: back))
    \(fields)
    <div><button class="main">\(label)</button></div></form>
    """
  }

  static func field(
    _ visit: Visit,
    _ name: String,
    _ label: String,
    type: String = "text",
    value: String = "",
    isRequired: Bool = true,
    hint: String = ""
  ) -> HTML {
    let sent = visit.sent(name)
    return """
      <label>\(label)\(isRequired ? .nothing : optional(visit))
      <input name="\(name)" type="\(type)" value="\(sent.isEmpty ? value : sent)"\
      \(isRequired ? " required" as HTML : "")\(hint.isEmpty ? .nothing : " placeholder=\"\(hint)\"" as HTML)></label>
      """
  }

  static func choice(
    _ visit: Visit,
    _ name: String,
    _ label: String,
    _ options: [(value: String, text: String)],
    chosen: String = ""
  ) -> HTML {
    let sent = visit.sent(name)
    let chosen = sent.isEmpty ? chosen : sent
    return """
      <label>\(label)
      <select name="\(name)">
      \(options.markup { option in
        "<option value=\"\(option.value)\"\(option.value == chosen ? " selected" as HTML : "")>\(option.text)</option>"
      })
      </select></label>
      """
  }

  private static func optional(_ visit: Visit) -> HTML {
    " <span class=\"note\">\(visit.language("(optional)", "(facultatif)"))</span>"
  }
}

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
