import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Storage
import Synchronization

/// The pages: read from one snapshot each, changed by the same operations and rules as the API's.
struct Website {
  let service: ServedSystem
  let exchange: Exchange

  /// Whether it is a page that is asked for, and not the API.
  static func isResponsible(for target: RequestTarget) -> Bool { target.segments.first != "v1" }

  func answer(_ request: Request, _ target: RequestTarget) async throws -> Response {
    let path = target.segments
    exchange.route.withLock { $0 = "page" }
    if path.first == "assets" { return try asset("/" + path.joined(separator: "/")) }
    let visitor = try await Visitor.of(request, service: service, at: exchange.moment)
    if path.first == "signin", let response = try await entering(request, target, visitor) { return response }
    if request.method == .post { return try await taken(request, path, visitor.known()) }
    guard request.method == .get || request.method == .head else {
      throw Problem(
        .methodNotAllowed,
        "request.method",
        "pages take GET and POST",
        headers: [.allow: "GET, POST"]
      )
    }
    return try await show(request.uri.string, to: visitor, outcome: visitor.notice)
  }

  /// The page of signing in, what it sends, and where the identity provider sends back to; nil for anything else.
  private func entering(_ request: Request, _ target: RequestTarget, _ visitor: Visitor) async throws
    -> Response?
  {
    if request.method == .post {
      // Nor may another site sign its visitor in as somebody else, who would then see what they write.
      guard Visitor.isOwn(request) else { throw Problem.foreignForm }
      let form = try await form(request)
      return try await SignIn(visitor: visitor).enter(form, from: exchange.context.address)
    }
    guard request.method == .get || request.method == .head else { return nil }
    guard target.segments.count == 2, request.method == .get, service.exchange != nil else {
      return SignIn(visitor: visitor).page(back: target["back"])
    }
    return try await signInElsewhere(target.segments[1], target, request, visitor)
  }

  /// The two ends of signing in at the identity provider.
  @inline(never)
  private func signInElsewhere(
    _ step: String,
    _ target: RequestTarget,
    _ request: Request,
    _ visitor: Visitor
  ) async throws -> Response {
    guard let exchange = service.exchange else { throw Problem.noSuchPage }
    let signIn = ProviderSignIn(visitor: visitor, exchange: exchange)
    switch step {
    case "begin": return try await signIn.begin(back: target["back"])
    case "callback":
      return try await signIn.finish(target, cookie: Cookies(request.headers[.cookie])[SignInAttempt.cookie])
    default: throw Problem.noSuchPage
    }
  }

  // Not inlined: Swift 6.3.1 crashes in optimised builds while it splits the coroutine that would hold these three.
  @inline(never)
  private func form(_ request: Request) async throws -> SentForm {
    let body = try await BodyReader(options: service.options).bytes(of: request)
    return try SentForm(body, type: request.headers[.contentType])
  }

  private func asset(_ path: String) throws(Problem) -> Response {
    guard let asset = WebAssets.find(path) else { throw .noSuchPage }
    var written = Written(status: .ok, type: asset.type, body: asset.text)
    written.headers[.cacheControl] = "public, max-age=31536000, immutable"
    return written.response
  }

  // MARK: - Showing

  /// A page, or what stands in its place where it cannot be shown; the way to sign in for one who has not.
  @inline(never)
  func show(_ address: String, to visitor: Visitor, outcome: Visit.Outcome? = nil) async throws -> Response {
    let target = try RequestTarget(address)
    let request = PageRequest(target: target, address: address, outcome: outcome)
    guard let seen = try await seen(request, by: visitor), let user = seen.visitor.user else {
      return visitor.signingIn(back: address)
    }
    exchange.roles.withLock { $0 = user.principal.roles }
    var status = outcome?.problem?.status ?? .ok
    let page: WebPage
    do {
      page = try seen.page.get()
    } catch {
      guard let problem = Problem(error, origin: nil) else { throw error }
      status = problem.status
      page = ProblemPage.of(problem, seen.visit)
    }
    let markup = Layout(visit: seen.visit).document(page)
    var response = seen.visitor.response(markup, status: status, showing: outcome)
    if target["day"] != nil, status == .ok { visitor.keep(&response, seen.visit.day) }
    return response
  }

  /// The page for whoever it is, who is looked up in the snapshot of the page; nil for one who has to sign in.
  @inline(never)
  private func seen(_ request: PageRequest, by visitor: Visitor) async throws -> PageRequest.Seen? {
    guard visitor.user != nil || visitor.claim.isAnything else { return nil }
    let database = service.database
    do {
      return try await withTaskExecutorPreference(service.work) {
        try await database.read { try request.seen(by: visitor, in: $0) }
      }
    } catch let error as DatabaseError {
      if case .unreachable = error { throw error }
      // What the database refused is told to whoever it is.
      let visitor = try await visitor.known()
      guard let user = visitor.user else { return nil }
      let visit = request.visit(of: user, visitor)
      return PageRequest.Seen(visit: visit, visitor: visitor, page: .failure(error))
    }
  }

  // MARK: - Taking

  /// What a form came to; a page also where it was refused, as a browser sent it.
  @inline(never)
  private func taken(_ request: Request, _ path: [String], _ visitor: Visitor) async throws -> Response {
    do {
      return try await take(request, path, visitor)
    } catch {
      guard let user = visitor.user, let problem = Problem(error, origin: nil) else { throw error }
      let visit = visitor.visit(of: user, try RequestTarget("/"), address: "/")
      let page = ProblemPage.refusing(problem, visit)
      return visitor.response(Layout(visit: visit).document(page), status: problem.status)
    }
  }

  @inline(never)
  private func take(_ request: Request, _ path: [String], _ visitor: Visitor) async throws -> Response {
    let form = try await form(request)
    guard let user = visitor.user else { return visitor.signingIn(back: form["_back"] ?? "/") }
    exchange.roles.withLock { $0 = user.principal.roles }
    guard Visitor.isOwn(request) else { throw Problem.foreignForm }
    guard user.session.accepts(formToken: form["_token"], key: visitor.key) else {
      return try await returned(form, visitor)
    }
    switch path.first {
    case "signout": return try await visitor.signingOut()
    case "preferences": return visitor.preferring(form)
    case "do" where path.count == 2:
      let action = FormAction(service: service, user: user, moment: exchange.moment, form: form)
      return try await done(action, path[1], form, visitor)
    default: throw Problem.noSuchPage
    }
  }

  /// The page of a form that is not of this session, with what was filled in: it can be sent again from there.
  @inline(never)
  private func returned(_ form: SentForm, _ visitor: Visitor) async throws
    -> Response
  {
    let problem = Problem(
      .forbidden,
      "access.form",
      "the form is not of this session: look it over and send it again"
    )
    let back = WebPath(returning: form["_back"]).description
    return try await show(back, to: visitor, outcome: Visit.Outcome(problem: problem, sent: form))
  }

  @inline(never)
  private func done(
    _ action: FormAction,
    _ operation: String,
    _ form: SentForm,
    _ visitor: Visitor
  ) async throws -> Response {
    let back = WebPath(returning: form["_back"]).description
    let next = form["_next"].map { WebPath(returning: $0).description } ?? back
    let outcome: Visit.Outcome
    do {
      outcome = try await action.outcome(of: operation)
    } catch AccessError.keyInUse {
      return visitor.redirect(
        to: next,
        notes: [
          visitor.language(
            "It was done before, and counts once.",
            "C’était déjà fait, et ne compte qu’une fois."
          )
        ]
      )
    } catch {
      guard let problem = Problem(error, origin: nil) else { throw error }
      outcome = Visit.Outcome(problem: action.located(problem), sent: form)
    }
    if outcome.problem == nil, !outcome.isRehearsal, outcome.secret == nil {
      return visitor.redirect(to: outcome.next ?? next, notes: outcome.notes)
    }
    return try await show(back, to: visitor, outcome: outcome)
  }
}

extension Problem {
  fileprivate static let foreignForm = Problem(.forbidden, "access.form", "the form came from another site")
}
