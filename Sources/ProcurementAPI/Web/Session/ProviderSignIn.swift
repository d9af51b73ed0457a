import HTTPTypes
import Hummingbird
import Inventory
import Storage

/// Signing in at the identity provider: the authorization code flow with PKCE, for browsers.
struct ProviderSignIn {
  let visitor: Visitor
  let exchange: OpenIDExchange
  private var t: Language { visitor.language }

  /// Sends the browser to the provider.
  func begin(back: String?) async throws -> Response {
    let attempt = SignInAttempt(back: WebPath(returning: back).description, at: visitor.now)
    var response = visitor.redirect(to: try await exchange.address(for: attempt, at: visitor.now))
    let lasting = SignInAttempt.lasting / 1_000
    visitor.set(&response, SignInAttempt.cookie, attempt.signed(with: visitor.key), lasting: lasting)
    return response
  }

  /// Takes the browser back: the state must be that of the cookie, so that nobody is signed in by another's link.
  func finish(_ target: RequestTarget, cookie: String?) async throws -> Response {
    let attempt = cookie.flatMap { SignInAttempt($0, key: visitor.key, at: visitor.now) }
    guard let attempt, let state = target["state"], state == attempt.state else {
      return refused(
        t(
          "This sign-in was not begun here, or too long ago.",
          "Cette connexion n’a pas été commencée ici, ou trop tôt."
        )
      )
    }
    guard let code = target["code"] else {
      return refused(
        t("The identity provider did not sign you in.", "Le fournisseur d’identité ne vous a pas connecté.")
      )
    }
    let identity: User.Identity
    do {
      identity = try await exchange.identity(behind: code, of: attempt, at: visitor.now)
    } catch let problem as Problem where problem.status == .unauthorized {
      return refused(problem.detail)
    }
    let user = try await visitor.service.database.read { try User.find(identity, in: $0) }
    guard let user, user.isActive else {
      return refused(
        t(
          "You are known there, but no user here: ask an administrator.",
          "Vous êtes connu là-bas, mais pas utilisateur ici : demandez à un administrateur."
        )
      )
    }
    let until = Instant(rawValue: visitor.now.rawValue + WebSession.lasting)
    let session = WebSession(user: user.name, token: nil, until: until)
    var response = visitor.redirect(to: WebPath(returning: attempt.back).description)
    visitor.set(&response, WebSession.cookie, session.signed(with: visitor.key))
    visitor.set(&response, SignInAttempt.cookie, "")
    return response
  }

  private func refused(_ problem: String) -> Response {
    SignIn(visitor: visitor).page(back: nil, problem: problem)
  }
}
