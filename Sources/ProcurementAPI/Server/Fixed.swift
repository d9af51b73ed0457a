import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Procurement
import Storage
import Synchronization

/// What every service of its kind answers, beside its own routes: whether it lives, what it measures, what it offers.
struct Fixed {
  let service: ServedSystem
  let exchange: Exchange

  /// Nil where the path is none of these.
  func answer(_ method: HTTPRequest.Method, _ target: RequestTarget) async throws -> Response? {
    guard target.segments.count <= Self.depth else { return nil }
    let path = "/" + target.segments.joined(separator: "/")
    guard Self.paths.contains(path) else { return nil }
    exchange.route.withLock { $0 = path }
    guard method == .get || method == .head else {
      throw Problem(.methodNotAllowed, "request.method", "this path takes GET", headers: [.allow: "GET"])
    }
    switch path {
    case "/health":
      return Written(status: .ok, type: "application/json", body: "{\"status\":\"ok\"}\n").response
    case "/ready": return try await ready()
    case "/metrics": return try await metrics()
    case "/openapi.json": return openAPI()
    case "/docs/problems": return page(ProblemCodes.embedded.page)
    default: return page(service.page)
    }
  }

  static let paths: Set = ["/health", "/ready", "/metrics", "/openapi.json", "/docs", "/docs/problems"]
  /// How many segments they have at most.
  private static let depth = 2

  /// Whether requests can be answered as fast as ever: the database is there and has the program's own schema, and a server that
  /// has just started has read what the first pages need.
  private func ready() async throws -> Response {
    let database = service.database
    do {
      try await Probe.within(service.options.probeTimeout) {
        try await Migrator(Schema.migrations).check(database)
      }
    } catch {
      throw Problem(error, origin: nil).map { problem in
        var problem = problem
        problem.status = .serviceUnavailable
        return problem
      } ?? Problem.later("database.unready", "the database is not ready")
    }
    if service.isWarming {
      // No fault, and so nothing for the log.
      return Problem.later("server.starting", "the stock is being read for the first pages").response(
        for: exchange
      )
    }
    return Written(status: .ok, type: "application/json", body: "{\"status\":\"ready\"}\n").response
  }

  private func metrics() async throws -> Response {
    let today = exchange.moment.day
    let database = service.database
    let gauges = try await Probe.within(service.options.probeTimeout) {
      try await database.read { try ServiceGauge.all(on: today, in: $0) }
    }
    let text = service.metrics.text(gauges: gauges + pool + (await standby))
    return Written(status: .ok, type: "text/plain; version=0.0.4; charset=utf-8", body: text).response
  }

  private var pool: [ServiceGauge] {
    guard let use = service.database.poolUse else { return [] }
    return [
      ServiceGauge(
        name: "pool_connections",
        meaning: "Connections that may be open.",
        value: Int64(use.limit)
      ),
      ServiceGauge(name: "pool_lent", meaning: "Connections in use.", value: Int64(use.lent)),
      ServiceGauge(name: "pool_waiting", meaning: "Callers that wait for one.", value: Int64(use.waiting)),
    ]
  }

  private var standby: [ServiceGauge] {
    get async {
      guard let replica = service.replica else { return [] }
      return [
        ServiceGauge(
          name: "standby_in_use",
          meaning: "Whether planners' reads go to the standby: 1, or 0 while it is behind or away.",
          value: await replica.age() == nil ? 0 : 1
        )
      ]
    }
  }

  private func openAPI() -> Response {
    var written = Written(status: .ok, type: "application/json", body: service.document)
    written.headers[.cacheControl] = "no-cache"
    return written.response
  }

  private func page(_ text: String) -> Response {
    var written = Written(status: .ok, type: "text/html; charset=utf-8", body: text)
    written.headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return written.response
  }
}
