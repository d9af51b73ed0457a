import AsyncHTTPClient
import Foundation
import Inventory
import Logging
import NIOCore
import NIOHTTP1
import ProcureCommands
import Procurement
import ProcurementAPI
import Storage
import TestSupport
import Testing

/// A server on a port of its own, for as long as a test talks to it.
struct LiveServer {
  let port: Int
  let database: any Database

  /// The moment at which the server believes to be: a week into the demonstration's spring.
  static let now = Stamp.test.at

  static func run<Result>(
    on backend: Backend,
    options: ServerOptions = ServerOptions(),
    _ body: (LiveServer) async throws -> Result
  ) async throws -> Result {
    let database = try await backend.migrated(Schema.migrations)
    try await Sample.load(into: database)
    return try await run(with: database, options: options, clock: { now }, body)
  }

  /// The same on a database that the test has made, which is closed at the end.
  static func run<Result>(
    with database: any Database,
    replica: ReadReplica? = nil,
    traces: TraceLog? = nil,
    options: ServerOptions = ServerOptions(),
    clock: @escaping @Sendable () -> Instant,
    _ body: (LiveServer) async throws -> Result
  ) async throws -> Result {
    var options = options
    options.port = 0
    if options.rate == ServerOptions().rate { (options.rate, options.burst) = (100_000, 100_000) }
    if options.failureRate == ServerOptions().failureRate {
      (options.failureRate, options.failureBurst) = (100_000, 100_000)
    }
    let system = ServedSystem(
      operations: try CommandOperations(),
      database: database,
      replica: replica,
      traces: traces,
      options: options,
      clock: clock
    )
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    let (ports, started) = AsyncStream.makeStream(of: Int.self)
    let server = Server(system, logger: logger)
    // On threads of its own: other tests that compute would keep it waiting.
    let running = Task(executorPreference: system.work) { try await server.run { started.yield($0) } }
    var port: Int?
    for await number in ports {
      port = number
      break
    }
    let live = LiveServer(port: try #require(port), database: database)
    do {
      let result = try await body(live)
      running.cancel()
      _ = await running.result
      await database.close()
      return result
    } catch {
      running.cancel()
      _ = await running.result
      throw error
    }
  }

  /// Sends a request and reads the whole answer.
  func send(
    _ method: String,
    _ path: String,
    as user: String? = "all",
    headers: [String: String] = [:],
    body: String? = nil,
    type: String = "application/json"
  ) async throws -> Reply {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = HTTPMethod(rawValue: method)
    if let user { request.headers.add(name: "Authorization", value: "Bearer \(Sample.secret(of: user))") }
    if let body {
      request.body = .bytes(ByteBuffer(string: body))
      request.headers.add(name: "Content-Type", value: type)
    }
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    let response = try await HTTPClient.shared.execute(request, timeout: .minutes(20))
    let reply = Reply(String(buffer: try await response.body.collect(upTo: 1 << 26)), response)
    AnswerCheck.expect(reply, isAnswerTo: method, path)
    return reply
  }

  func get(_ path: String, as user: String? = "all", headers: [String: String] = [:]) async throws -> Reply {
    try await send("GET", path, as: user, headers: headers)
  }
}

/// What a server answered.
struct Reply {
  let status: Int
  let text: String
  private let headers: HTTPHeaders

  init(_ text: String, _ response: HTTPClientResponse) {
    status = Int(response.status.code)
    self.text = text
    headers = response.headers
  }

  func header(_ name: String) -> String? { headers.first(name: name) }

  /// The body as JSON; empty where it is none.
  var object: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
  }
  var list: [[String: Any]] {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [[String: Any]] ?? []
  }
  var code: String? { object["code"] as? String }

  /// The path of the next page.
  var next: String? {
    header("Link").flatMap { link in
      link.hasSuffix("rel=\"next\"") ? link.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }.text : nil
    }
  }
}

extension Substring { fileprivate var text: String { String(self) } }
