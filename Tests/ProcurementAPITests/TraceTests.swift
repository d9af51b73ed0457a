import Foundation
import Inventory
import ProcureCommands
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

struct TraceTests {
  private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  @Test func `a caller's trace goes on`() {
    let parent = TraceParent(header: Self.parent)
    #expect(parent.trace == "0af7651916cd43dd8448eb211c80319c")
    #expect(parent.span == "b7ad6b7169203331")
    #expect(parent.isKept == true)
    #expect(TraceParent(header: String(Self.parent.dropLast()) + "0").isKept == false)
    #expect(TraceParent(header: "cc" + Self.parent.dropFirst(2) + "-what-comes").trace == parent.trace)
  }

  @Test(arguments: [
    nil, "", "00", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
  ])
  func `what does not hold begins a trace of its own`(header: String?) {
    let parent = TraceParent(header: header)
    #expect(parent.trace.count == 32 && parent.span == nil && parent.isKept == nil)
    #expect(parent.trace != TraceParent(header: header).trace)
  }

  /// The lines that a server wrote while `body` talked to it.
  private static func traced(
    on backend: Backend,
    _ body: (LiveServer) async throws -> Void
  ) async throws -> [String] {
    let path = NSTemporaryDirectory() + "procure-traces-\(UUID().uuidString)"
    defer { unlink(path) }
    let log = try TraceLog(path: path)
    let database = try await backend.migrated(Schema.migrations)
    try await Sample.load(into: database)
    try await LiveServer.run(with: database, traces: log, clock: { LiveServer.now }, body)
    log.flush()
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test(arguments: Backend.available)
  func `a request is a line with its transactions, as OpenTelemetry reads it`(backend: Backend) async throws {
    let lines = try await Self.traced(on: backend) { server in
      let headers = ["traceparent": Self.parent, "X-Request-Id": "asked"]
      let heard = try await server.get("/v1/centres/berard", as: "buyer", headers: headers)
      #expect(heard.status == 200)
      let silent = ["traceparent": String(Self.parent.dropLast()) + "0"]
      let unheard = try await server.get("/v1/items", as: "buyer", headers: silent)
      #expect(unheard.status == 200)
    }
    #expect(lines.count == 1, "who keeps nothing is not traced")
    let line = try #require(lines.first)
    for secret in ["buyer", "Bearer", "berard"] { #expect(!line.contains(secret), "\(secret) is in \(line)") }
    let document = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    let resources = try #require(document?["resourceSpans"] as? [[String: Any]])
    let scopes = try #require(resources.first?["scopeSpans"] as? [[String: Any]])
    let spans = try #require(scopes.first?["spans"] as? [[String: Any]])
    let request = try #require(spans.first)
    #expect(request["name"] as? String == "GET /v1/centres/{code}")
    #expect(request["traceId"] as? String == "0af7651916cd43dd8448eb211c80319c")
    #expect(request["parentSpanId"] as? String == "b7ad6b7169203331")
    #expect(request["kind"] as? Int == 2)
    #expect(line.contains("{\"key\":\"http.response.status_code\",\"value\":{\"stringValue\":\"200\"}}"))
    #expect(line.contains("{\"key\":\"procure.request\",\"value\":{\"stringValue\":\"asked\"}}"))
    let parts = spans.dropFirst()
    #expect(parts.count >= 2, "who asks, and what is asked for")
    for part in parts {
      #expect(part["parentSpanId"] as? String == request["spanId"] as? String)
      #expect(["read", "write"].contains(part["name"] as? String ?? ""))
      let times = ["startTimeUnixNano", "endTimeUnixNano"].map { UInt64(part[$0] as? String ?? "") ?? 0 }
      #expect(times[0] > 0 && times[0] <= times[1])
    }
  }

  @Test func `a file that cannot be written is told at once`() {
    #expect(throws: TraceLogRefusal.self) { try TraceLog(path: "/nowhere/at/all") }
  }
}
