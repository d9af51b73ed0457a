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
    \(notice(page.register))
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
    <form class="asof\(visit.isLookingBack ? " past" : "")" method="post" action="/preferences" aria-label="\(t("Day of the figures", "Date des chiffres"))">\(Form.hidden(visit))
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

  private func notice(_ register: Register?) -> HTML {
    guard let outcome = visit.outcome else { return .nothing }
    if let problem = outcome.problem {
      let isOfRows = outcome.sent.map { !$0.filledTables.isEmpty } ?? false
      return Findings(problem: problem, language: t, register: register, isOfRows: isOfRows).markup
    }
    let head =
      outcome.isRehearsal
      ? t("Looked at, nothing was kept.", "Vérifié, rien n’a été enregistré.") : t("Done.", "C’est fait.")
    return """
      <div class="notice good" role="status"><strong>\(head)</strong>
      \(outcome.secret.markup(secret))\(outcome.notes.markup { note in "<p>\(t.sentence(note) { register?.name(of: $0, t) })</p>" })\(outcome.isRehearsal && outcome.records.isEmpty && outcome.rollout == nil ? Findings.table(outcome.rows, t) : .nothing)</div>
      """
  }

  private func secret(_ secret: String) -> HTML {
    """
    <p>\(t("Copy the token now and hand it over safely: it is shown this once and kept nowhere.", "Copiez le jeton maintenant et transmettez-le de façon sûre : il n’est affiché qu’une fois et n’est conservé nulle part."))</p>
    <p><code class="secret">\(secret)</code></p>
    """
  }

  private var footer: HTML {
    """
    <footer><p>procure · <a href="/docs">API</a> · \(t("times in UTC", "heures en UTC")) · \
    \(t("page made", "page établie le")) \(t.moment(visit.now))</p></footer>
    """
  }
}
