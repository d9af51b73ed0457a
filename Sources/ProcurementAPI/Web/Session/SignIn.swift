import HTTPTypes
import Hummingbird
import Inventory
import Storage

/// The door: a token of the visitor's is shown once, and a signed cookie stands for it after that.
struct SignIn {
  let visitor: Visitor
  private var t: Language { visitor.language }

  func page(
    back: String?,
    problem: String? = nil,
    status: HTTPResponse.Status = .unauthorized
  ) -> Response {
    let refused: HTML = problem.markup { "<div class=\"notice bad\" role=\"alert\"><p>\($0)</p></div>" }
    let body: HTML = """
      <!doctype html>
      <html lang="\(t.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(t("Sign in", "Connexion")) · procure</title>
      <link rel="stylesheet" href="\(WebAssets.styles.path)">
      <link rel="icon" href="\(WebAssets.icon.path)" type="image/svg+xml"></head>
      <body class="door"><main>
      <h1><span aria-hidden="true" class="mark"></span>procure</h1>
      <p>\(t("Purchasing, stock and equipment of the network.", "Achats, stocks et équipements du réseau."))</p>
      \(refused)
      \(elsewhere(back))
      <form class="fields" method="post" action="/signin">
      <input type="hidden" name="back" value="\(WebPath(returning: back))">
      <label>\(t("Access token", "Jeton d’accès"))
      <input name="token" type="password" autocomplete="current-password" required autofocus></label>
      <div><button class="main">\(t("Sign in", "Se connecter"))</button></div>
      </form>
      <p class="note">\(help)</p>
      </main></body></html>

      """
    return visitor.response(body, status: problem == nil ? .ok : status)
  }

  /// The way in by the identity provider, where there is one.
  private func elsewhere(_ back: String?) -> HTML {
    guard visitor.service.exchange != nil else { return .nothing }
    let path = WebPath("signin", "begin", query: [("back", WebPath(returning: back).description)])
    return """
      <p><a class="main" href="\(path)">\(t("Sign in with your centre’s account", "Se connecter avec le compte de votre centre"))</a></p>
      <p class="note">\(t("or with a token:", "ou avec un jeton :"))</p>
      """
  }

  private var help: String {
    t(
      "An administrator of the network makes a token for you; it begins with prc_.",
      "Un administrateur du réseau crée un jeton pour vous ; il commence par prc_."
    )
  }

  /// A form of another site that signs a visitor in as somebody else would go unnoticed: the browser must say that
  /// it was ours.
  @inline(never)  // as Website says
  func enter(_ form: SentForm, from address: String) async throws -> Response {
    let secret = form["token"]?.filter { !$0.isWhitespace } ?? ""
    let now = visitor.now
    let found = try await visitor.service.database.read {
      try AccessToken.holder(of: secret, at: now, in: $0)
    }
    guard let (token, user) = found else {
      let problem = t(
        "This token is not known, has ended or was revoked.",
        "Ce jeton est inconnu, expiré ou révoqué."
      )
      guard let seconds = visitor.service.failures.take(address, at: now) else {
        return page(back: form["back"], problem: problem)
      }
      return tooMany(back: form["back"], seconds: seconds)
    }
    if token.isUnseen(at: now) { await note(secret, at: now) }
    let until = min(token.expiresAt, Instant(rawValue: now.rawValue + WebSession.lasting))
    let session = WebSession(user: user.name, token: token.label, until: until)
    var response = visitor.redirect(to: WebPath(returning: form["back"]).description)
    visitor.set(&response, WebSession.cookie, session.signed(with: visitor.key))
    return response
  }

  /// The same address has shown too many tokens that do not hold.
  private func tooMany(back: String?, seconds: Int) -> Response {
    let problem = t(
      "Too many tokens that do not hold: wait \(seconds) s.",
      "Trop de jetons non valables : attendez \(seconds) s."
    )
    var response = page(back: back, problem: problem, status: .tooManyRequests)
    response.headers[.retryAfter] = "\(seconds)"
    return response
  }

  /// Notes that the token was used; a database that takes nothing at the moment may still be read.
  @inline(never)  // as Website says
  private func note(_ secret: String, at now: Instant) async {
    _ = try? await visitor.service.database.write { try AccessToken.touch(secret, at: now, in: $0) }
  }
}

/// What is shown where a page cannot be.
enum ProblemPage {
  /// For a form that was not taken.
  static func refusing(_ problem: Problem, _ visit: Visit) -> WebPage {
    let t = visit.language
    let title = t("That was not done", "Cela n’a pas été fait")
    return WebPage(
      title,
      nil,
      """
      <h1>\(title)</h1><p>\(t("The form was not taken: go back, load the page again and send it anew.", "Le formulaire n’a pas été pris : revenez en arrière, rechargez la page et renvoyez-le."))</p>
      <p class="note">\(t.sentence(Findings.withoutCommands(problem.detail))) <code>\(problem.code)</code></p>
      <p><a href="/">\(t("To the overview", "Vers la synthèse"))</a></p>
      """
    )
  }

  static func of(_ problem: Problem, _ visit: Visit) -> WebPage {
    let t = visit.language
    let (title, text) =
      switch problem.status {
      case .forbidden:
        (
          t("Not for you", "Accès réservé"),
          t(
            "Your roles do not open this page. An administrator can change them.",
            "Vos rôles n’ouvrent pas cette page. Un administrateur peut les modifier."
          )
        )
      case .badRequest:
        (
          t("This address cannot be read", "Cette adresse est illisible"),
          problem.errors.map { mistake in
            let (found, expected) = (mistake.found, t.sentence(mistake.expected))
            return t(
              "“\(found)” stands where \(expected) was expected.",
              "« \(found) » figure là où l’on attend \(expected)."
            )
          }.joined(separator: " ")
        )
      case .notFound:
        (
          t("Not here", "Introuvable"),
          t("There is nothing at this address.", "Il n’y a rien à cette adresse.")
        )
      default:
        (
          t("This did not work", "Cela n’a pas fonctionné"),
          t("The figures could not be read.", "Les chiffres n’ont pas pu être lus.")
        )
      }
    return WebPage(
      title,
      nil,
      """
      <h1>\(title)</h1><p>\(text)</p>\(problem.code == "request.path" ? .nothing : "<p class=\"note\">\(t.sentence(Findings.withoutCommands(problem.detail))) <code>\(problem.code)</code></p>" as HTML)
      <p><a href="/">\(t("To the overview", "Vers la synthèse"))</a></p>
      """
    )
  }
}
