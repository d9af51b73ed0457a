import Inventory
import Procurement
import Storage

/// Users, tokens, the log and its proof, the quality of the data.
enum AdministrationPages {
  static let routes = [
    WebRoute("administration", for: WebRoute.auditing, users),
    WebRoute("administration/audit", for: WebRoute.auditing, audit),
    WebRoute("administration/quality", for: WebRoute.auditing, quality),
  ]

  static func tabs(_ t: Language, here: String) -> HTML {
    let entries = [
      ("users", "/administration", t("Users and tokens", "Utilisateurs et jetons")),
      ("jobs", JobPages.path, t("Jobs", "Travaux")),
      ("audit", "/administration/audit", t("Log", "Journal")),
      ("quality", "/administration/quality", t("Data quality", "Qualité des données")),
    ]
    return """
      <ul class="tabs">\(entries.markup { key, path, name in
        "<li><a href=\"\(path)\"\(key == here ? " aria-current=\"page\"" as HTML : "")>\(name)</a></li>"
      })</ul>
      """
  }

  // MARK: - Users

  private static func users(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let users = try User.all(in: connection)
    let tokens = try AccessToken.all(in: connection)
    return WebPage(
      t("Administration", "Administration"),
      .administration,
      """
      <h1>\(t("Users and tokens", "Utilisateurs et jetons"))</h1>
      <p class="lead">\(t("Who may come in, as what, for which centres.", "Qui peut entrer, avec quel rôle, pour quels centres."))</p>
      \(tabs(t, here: "users"))
      <section class="card"><h2>\(t("Users", "Utilisateurs"))</h2>\(users.isEmpty ? "<p class=\"empty\">\(t("Nobody is registered: whoever sits at this machine may do everything.", "Personne n’est enregistré : quiconque utilise cette machine peut tout faire."))</p>" as HTML : userTable(users, try Register(in: connection), visit))</section>
      \(visit.may(.administrator) ? newUser(visit) : .nothing)
      <section class="card" id="tokens"><h2>\(t("Tokens", "Jetons"))</h2>\(tokens.isEmpty ? "<p class=\"empty\">\(t("No token: nobody can sign in with one.", "Aucun jeton : personne ne peut se connecter ainsi."))</p>" as HTML : tokenTable(tokens, visit))</section>
      \(visit.may(.administrator) && !users.isEmpty ? newToken(users, visit) : .nothing)
      """
    )
  }

  private static func userTable(_ users: [User], _ register: Register, _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("User", "Utilisateur"))</th><th>\(t("Roles", "Rôles"))</th><th>\(t("Centres", "Centres"))</th><th>\(t("State", "État"))</th><th></th></tr></thead><tbody>
      \(users.prefix(300).markup { user in
        """
        <tr><th scope="row">\(user.title ?? user.name.rawValue) <code>\(user.name)</code></th><td>\(user.roles.sorted().map { $0.name(t) }.joined(separator: ", "))</td>\
        <td>\(user.centres.map(register.name).sorted(byName: { $0 }).joined(separator: ", "))</td><td>\(user.isActive ? "<span class=\"tag good\">\(t("active", "actif"))</span>" as HTML : "<span class=\"tag\">\(t("disabled", "désactivé"))</span>")</td>\
        <td>\(toggle(user, visit))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private static func toggle(_ user: User, _ visit: Visit) -> HTML {
    guard visit.may(.administrator), user.name != visit.principal.name else { return .nothing }
    let t = visit.language
    return user.isActive
      ? Form.button(
        visit,
        "userDisable",
        t("Disable", "Désactiver"),
        style: "danger",
        [("name", user.name.rawValue)]
      )
      : Form.button(visit, "userEnable", t("Enable", "Activer"), [("name", user.name.rawValue)])
  }

  private static func newUser(_ visit: Visit) -> HTML {
    let t = visit.language
    let roles = Role.allCases.markup {
      "<label class=\"check\"><input type=\"checkbox\" name=\"role\" value=\"\($0.rawValue)\"> \($0.name(t))</label>"
    }
    return """
      <details class="card"><summary>\(t("Add a user", "Ajouter un utilisateur"))</summary>\(Form.filled(visit, "userSave", t("Save", "Enregistrer"), """
      <div class="row">\(Form.field(visit, "name", t("Name", "Identifiant")))\(Form.field(visit, "title", t("Shown as", "Affiché comme"), isRequired: false))\
      \(Form.field(visit, "centre", t("Centre, for a reporter", "Centre, pour un déclarant"), isRequired: false))</div><div class="row">\(roles)</div>
      """))</details>
      """
  }

  /// A token has the rights of its user; its secret is shown with the answer, once.
  private static func newToken(_ users: [User], _ visit: Visit) -> HTML {
    let t = visit.language
    let active = users.filter(\.isActive).prefix(300).map { user in
      let roles = user.roles.sorted().map { $0.name(t) }.joined(separator: ", ")
      return (user.name.rawValue, "\(user.title ?? user.name.rawValue) (\(roles))")
    }
    return """
      <details class="card"\(visit.sent("label").isEmpty ? .nothing : " open" as HTML)><summary>\(t("Make a token", "Créer un jeton"))</summary>\(Form.filled(visit, "tokenCreate", t("Make it", "Le créer"), """
      <div class="row">\(Form.choice(visit, "user", t("User, whose roles and centres it has", "Utilisateur, dont il a les rôles et les centres"), active))\
      \(Form.field(visit, "label", t("What it is for", "À quoi il sert"), hint: "phone"))\
      \(Form.field(visit, "days", t("Days after which it ends", "Jours avant son expiration"), type: "number", value: "365"))</div>
      <p class="note">\(t("The secret is shown once; only its digest is kept. Revoking the token ends the sessions that began with it.", "Le secret n’est affiché qu’une fois ; seule son empreinte est conservée. Révoquer le jeton met fin aux sessions ouvertes avec lui."))</p>
      """))</details>
      """
  }

  private static func tokenTable(_ tokens: [AccessToken], _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Token", "Jeton"))</th><th>\(t("User", "Utilisateur"))</th><th>\(t("Made", "Créé"))</th><th>\(t("Ends", "Expire"))</th><th>\(t("Last used", "Dernier usage"))</th><th></th></tr></thead><tbody>
      \(tokens.prefix(300).markup { token in
        let ended = token.revokedAt != nil || token.expiresAt <= visit.now
        return """
          <tr><th scope="row">\(token.label)</th><td>\(token.user)</td><td>\(t.day(token.createdAt.day))</td>\
          <td>\(token.revokedAt.map { t("revoked \(t.day($0.day))", "révoqué le \(t.day($0.day))") } ?? t.day(token.expiresAt.day))</td><td>\(token.usedAt.map { t.day($0.day) } ?? t("not noted", "non relevé"))</td>\
          <td>\(!ended && visit.may(.administrator) ? Form.button(visit, "tokenRevoke", t("Revoke", "Révoquer"), style: "danger", [("user", token.user.rawValue), ("label", token.label.rawValue)]) : .nothing)</td></tr>
          """
      })
      </tbody></table></div>
      """
  }

  // MARK: - The log

  private static func audit(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let subject = visit.query["subject"] ?? ""
    let entries = try AuditEntry.latest(
      100,
      subject: subject.isEmpty ? nil : AuditWords.stored(subject),
      in: connection
    )
    let proof: HTML =
      if visit.query["verify"] == "1" {
        verification(try Audit.verify(in: connection), t)
      } else {
        "<p><a href=\"/administration/audit?verify=1\">\(t("Verify the whole log", "Vérifier tout le journal"))</a></p>"
      }
    return WebPage(
      t("Log", "Journal"),
      .administration,
      """
      <h1>\(t("The log", "Le journal"))</h1>
      <p class="lead">\(t("Everything that was ever changed, each entry bound to the one before by its hash.", "Toute modification, chaque entrée liée à la précédente par son empreinte."))</p>
      \(tabs(t, here: "audit"))\(proof)
      <form class="filters" method="get" action="/administration/audit"><label>\(t("Subject", "Objet"))<input name="subject" value="\(subject)" placeholder="\(AuditWords.subject("order CA-2020-00012", t))"></label><button>\(t("Filter", "Filtrer"))</button></form>
      <section class="card"><div class="scroll" tabindex="0"><table><thead><tr><th>\(t("When", "Quand"))</th><th>\(t("Who", "Qui"))</th><th>\(t("What", "Quoi"))</th><th>\(t("Subject", "Objet"))</th><th>\(t("Hash", "Empreinte"))</th></tr></thead><tbody>
      \(entries.markup { entry in
        """
        <tr><td>\(t.moment(entry.at))</td><td>\(entry.actor)</td><td title="\(entry.action)">\(AuditWords.text(entry.action, t))</td><td><a href="\(WebPath("administration", "audit", query: [("subject", entry.subject)]))">\(AuditWords.subject(entry.subject, t))</a></td><td><code>\(entry.hash.prefix(10))</code></td></tr>
        """
      })
      </tbody></table></div></section>
      """
    )
  }

  private static func verification(_ result: AuditVerification, _ t: Language) -> HTML {
    let length = result.chains.reduce(Int64(0)) { $0 + $1.length }
    guard result.isSound else {
      return """
        <div class="notice bad" role="alert"><strong>\(t("The log was changed", "Le journal a été modifié"))</strong><ul>\(result.breaks.prefix(20).markup { "<li>\($0)</li>" })</ul></div>
        """
    }
    return """
      <div class="notice good" role="status"><strong>\(t("The log is sound.", "Le journal est intact."))</strong> \
      \(t("\(t.number(length)) entries in \(result.chains.count) chains were checked.", "\(t.number(length)) entrées dans \(result.chains.count) chaînes ont été vérifiées."))</div>
      """
  }

  // MARK: - Quality of the data

  private static func quality(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let view = try DataQualityView(visit, connection)
    return WebPage(visit.language("Data quality", "Qualité des données"), .administration, view.markup)
  }
}

extension Role {
  func name(_ t: Language) -> String {
    switch self {
    case .reporter: t("reporter", "déclarant")
    case .buyer: t("buyer", "acheteur")
    case .planner: t("planner", "planificateur")
    case .auditor: t("auditor", "auditeur")
    case .administrator: t("administrator", "administrateur")
    }
  }
}
