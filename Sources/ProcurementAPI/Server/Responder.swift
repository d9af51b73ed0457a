import HTTPTypes
import Hummingbird
import Inventory
import Logging
import NIOCore
import Synchronization

/// Answers requests: finds what is asked for, proves who asks, and turns whatever comes of it into a response.
struct Responder: HTTPResponder {
  let service: ServedSystem
  let logger: Logger

  func respond(to request: Request, context: CallerContext) async throws -> Response {
    let exchange = Exchange(request, from: context, at: service.clock(), started: .now)
    service.metrics.begin()
    let trace = service.traces == nil ? nil : Trace(exchange.parent)
    var response: Response
    do {
      response = try await Trace.$current.withValue(trace) { try await answer(exchange, request) }
    } catch {
      response = problem(of: error, in: exchange).response(for: exchange)
    }
    SecurityHeaders.add(to: &response.headers, isSecure: service.options.certificate != nil)
    response.headers[.requestID] = exchange.identifier
    if request.method == .head { response = response.createHeadResponse() }
    finish(exchange, response)
    if let trace { keep(trace, exchange, response) }
    return response
  }

  private func answer(_ exchange: Exchange, _ request: Request) async throws -> Response {
    let target = try RequestTarget(request.uri.string)
    if let response = try await Fixed(service: service, exchange: exchange).answer(request.method, target) {
      return response
    }
    if let page = try await page(exchange, request, target) { return page }
    if target.segments == EventRequest.segments {
      return try await events(exchange, request, target)
    }
    let (route, values) = try found(request.method, target, exchange)
    exchange.route.withLock { $0 = route.path }
    let known = try await entering(exchange, request)
    let admission = try await permitted(known, on: route, exchange, request)
    let body = try await BodyReader(options: service.options).bytes(of: request)
    let incoming = Incoming(
      shape: try service.form(of: route),
      pathValues: values,
      query: target.query,
      contentType: request.headers[.contentType],
      accept: request.headers[.accept],
      body: body,
      disposition: request.headers[.contentDisposition]
    )
    return try await performed(incoming, admission, exchange, request)
  }

  /// A page of the website, which is made beside the event loop; nil for what is none.
  @inline(never)  // as Website says
  private func page(
    _ exchange: Exchange,
    _ request: Request,
    _ target: RequestTarget
  ) async throws -> Response? {
    guard Website.isResponsible(for: target) else { return nil }
    return try await withTaskExecutorPreference(service.work) {
      try await Website(service: service, exchange: exchange).answer(request, target)
    }
  }

  /// Leaves the event loop, unless the answer is there already: what reads a body or computes would stop other
  /// connections.
  @inline(never)  // as Website says
  private func performed(
    _ incoming: Incoming,
    _ admission: Admission,
    _ exchange: Exchange,
    _ request: Request
  ) async throws -> Response {
    if incoming.isQuick { return try await answered(incoming, admission, exchange, request) }
    return try await withTaskExecutorPreference(service.work) {
      try await answered(incoming, admission, exchange, request)
    }
  }

  @inline(never)  // as Website says
  private func answered(
    _ incoming: Incoming,
    _ admission: Admission,
    _ exchange: Exchange,
    _ request: Request
  ) async throws -> Response {
    do {
      return try await Performance(service: service, exchange: exchange, admission: admission)
        .response(to: incoming, request)
    } catch is AdmissionChanged {
      // Nothing was done yet: the first transaction of the work has found it.
      let anew = try await renewed(on: incoming.route, exchange, request)
      return try await Performance(service: service, exchange: exchange, admission: anew)
        .response(to: incoming, request)
    }
  }

  private func events(_ exchange: Exchange, _ request: Request, _ target: RequestTarget) async throws
    -> Response
  {
    exchange.route.withLock { $0 = EventRequest.path }
    guard request.method == .get else {
      throw Problem(.methodNotAllowed, "request.method", "this path takes GET", headers: [.allow: "GET"])
    }
    let known = try await entering(exchange, request)
    // A stream lasts: it begins with what holds now.
    let principal = known.mark == nil ? known.principal : try await principal(exchange, request)
    let (head, service) = (request, service)
    return try await EventRequest(service: service, principal: principal).response(to: request, target) {
      let now = Exchange(head, from: exchange.context, at: service.clock(), started: .now)
      return (try? await self.principal(now, head)) == principal
    }
  }

  /// Who asks, within the number of requests that a caller may make.
  private func entering(_ exchange: Exchange, _ request: Request) async throws -> Admission {
    let admission = try await admission(exchange, request)
    let principal = admission.principal
    exchange.roles.withLock { $0 = principal.roles }
    if let seconds = service.limiter.take(principal.name.rawValue, at: exchange.moment) {
      throw Self.tooMany(seconds)
    }
    return admission
  }

  /// Refuses who has no role that may. What rights of a moment ago do not allow may have been granted since.
  @inline(never)  // as Website says
  private func permitted(
    _ admission: Admission,
    on route: Route,
    _ exchange: Exchange,
    _ request: Request
  ) async throws -> Admission {
    if admission.mark == nil || Scope.allows(route, admission.principal) {
      try Scope.check(route, admission.principal)
      return admission
    }
    return try await renewed(on: route, exchange, request)
  }

  /// Who asks, proved now, where they may.
  @inline(never)  // as Website says
  private func renewed(on route: Route, _ exchange: Exchange, _ request: Request) async throws -> Admission {
    let anew = Admission(principal: try await principal(exchange, request))
    try Scope.check(route, anew.principal)
    return anew
  }

  private func admission(_ exchange: Exchange, _ request: Request) async throws -> Admission {
    guard let header = request.headers[.authorization] else {
      return Admission(principal: try await principal(exchange, request))
    }
    if let known = service.authentication.known(header, at: exchange.moment) { return known }
    return try await Admission(principal: proved(header, exchange, request))
  }

  /// Looks up what was shown. An address that is wrong too often is told to wait; what holds is never kept waiting by
  /// what others show from behind the same proxy.
  @inline(never)  // as Website says
  private func proved(_ header: String, _ exchange: Exchange, _ request: Request) async throws -> Principal {
    do {
      return try await service.authentication.principal(
        of: header,
        host: request.head.authority,
        at: exchange.moment
      )
    } catch let problem as Problem where problem.status == .unauthorized {
      if let seconds = service.failures.take(exchange.context.address, at: exchange.moment) {
        throw Self.tooMany(seconds)
      }
      throw problem
    }
  }

  private static func tooMany(_ seconds: Int) -> Problem {
    Problem(
      .tooManyRequests,
      "request.rate",
      "too many requests: wait \(seconds) s",
      headers: [.retryAfter: "\(seconds)"]
    )
  }

  /// A browser that has signed in may read by its cookie; a change takes a token, which no other site can send.
  private func principal(_ exchange: Exchange, _ request: Request) async throws -> Principal {
    let header = request.headers[.authorization]
    if header == nil, request.method == .get, request.headers[.cookie] != nil,
      let user = try await Visitor.of(request, service: service, at: exchange.moment).known().user
    {
      return user.principal
    }
    if header == nil, request.method != .get, !Visitor.isOwn(request) {
      throw Problem(.forbidden, "access.host", "a page of another site may not ask for changes here")
    }
    if let header { return try await proved(header, exchange, request) }
    return try await service.authentication.principal(
      of: nil,
      host: request.head.authority,
      at: exchange.moment
    )
  }

  private func found(
    _ method: HTTPRequest.Method,
    _ target: RequestTarget,
    _ exchange: Exchange
  ) throws(Problem) -> (Route, [String: String]) {
    switch service.routes.find(method, target.segments) {
    case .route(let route, let values): return (route, values)
    case .nothing: throw Problem(.notFound, "request.path", "there is nothing at this path")
    case .otherMethods(let methods):
      let allowed = Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")
      throw Problem(
        .methodNotAllowed,
        "request.method",
        "this path takes \(allowed)",
        headers: [.allow: allowed]
      )
    }
  }

  private func problem(of error: any Error, in exchange: Exchange) -> Problem {
    if let problem = Problem(error, origin: exchange.origin.withLock(\.self)) {
      if problem.status.code >= 500 { log(.error, "\(error)", exchange) }
      return problem.inWordsOfHTTP
    }
    log(.error, "\(type(of: error)): \(error)", exchange)
    return .fault
  }

  private func finish(_ exchange: Exchange, _ response: Response) {
    let route = exchange.route.withLock(\.self)
    let duration = ContinuousClock.now - exchange.started
    service.metrics.end(
      .init(method: exchange.method, route: route, status: response.status.code),
      took: duration
    )
    log(
      .info,
      "answered",
      exchange,
      ["status": "\(response.status.code)", "ms": "\(duration / .milliseconds(1))"]
    )
  }

  /// Keeps the trace, unless the caller said that it keeps its own part not.
  private func keep(_ trace: Trace, _ exchange: Exchange, _ response: Response) {
    guard trace.parent.isKept != false else { return }
    let route = exchange.route.withLock(\.self)
    let attributes = [
      ("http.request.method", exchange.method), ("http.route", route),
      ("http.response.status_code", "\(response.status.code)"), ("procure.request", exchange.identifier),
    ]
    let spans = trace.finished(
      "\(exchange.method) \(route)",
      status: response.status.code,
      attributes: attributes
    )
    service.traces?.keep(spans, of: trace.parent.trace)
  }

  private func log(
    _ level: Logger.Level,
    _ message: @autoclosure () -> String,
    _ exchange: Exchange,
    _ more: @autoclosure () -> Logger.Metadata = [:]
  ) {
    guard level >= logger.logLevel else { return }
    var metadata = more()
    metadata["request"] = "\(exchange.identifier)"
    metadata["trace"] = "\(exchange.parent.trace)"
    metadata["method"] = "\(exchange.method)"
    metadata["route"] = "\(exchange.route.withLock(\.self))"
    if let roles = exchange.roles.withLock(\.self) {
      metadata["roles"] = "\(roles.map(\.rawValue).sorted().joined(separator: ","))"
    }
    logger.log(level: level, "\(message())", metadata: metadata)
  }
}

extension ServedSystem {
  func form(of route: Route) throws(Problem) -> RouteForm {
    guard let form = forms[route.name] else {
      throw Problem(.internalServerError, "server.fault", "the operation is not there")
    }
    return form
  }
}
