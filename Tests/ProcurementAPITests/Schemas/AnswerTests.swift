import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// One session that asks for everything there is, on the demonstration's last Monday:
/// Tests/Scenarios/api/session.txt. `LiveServer` holds each answer against the description.
struct AnswerTests {
  struct Step {
    let method: String
    var path: String
    var body: String?

    init?(_ line: Substring) {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count >= 2 else { return nil }
      (method, path) = (String(parts[0]), String(parts[1]))
      body = parts.count == 3 ? String(parts[2]) : nil
    }

    /// With numbers in place of the names that stand for them: `$ORDER` for the order that was made last.
    func naming(_ numbers: [String: String]) -> Step {
      var step = self
      for (name, number) in numbers {
        step.path = step.path.replacing(name, with: number)
        step.body = step.body?.replacing(name, with: number)
      }
      return step
    }
  }

  static func steps() throws -> [Step] {
    let file = Sample.root.appending(path: "Tests/Scenarios/api/session.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap(Step.init)
  }

  /// Cancelling a run takes one that is under way, and a job is left by a header: JobTests asks for them; a
  /// delivery is tried and repeated by WebhookTests.
  private static let unasked: Set = [
    "plan cancel", "job show", "job result", "job cancel", "webhook repeat", "webhook ping",
  ]

  @Test(arguments: Backend.available)
  func `every answer is what its description says`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    let moment = Instant(try #require(Day("2020-10-19")), hour: 9)
    try await LiveServer.run(with: database, clock: { moment }) { server in
      var (asked, examples): (Set<String>, [String: JSONValue]) = ([], [:])
      var numbers: [String: String] = [:]
      for line in try Self.steps() {
        if line.path.contains("$ALERT"), numbers["$ALERT"] == nil {
          numbers["$ALERT"] = try await server.get("/v1/alerts").list.last.map { "\($0["id"] ?? "")" }
        }
        let step = line.naming(numbers)
        let reply = try await server.send(step.method, step.path, body: step.body)
        #expect((200...299).contains(reply.status), "\(step.method) \(step.path): \(reply.text.prefix(600))")
        for (name, number) in [("$ORDER", /CA-\d{4}-\d{5}/), ("$TRANSFER", /TR-\d{4}-\d{5}/)]
        where step.method == "POST" && ["/v1/orders", "/v1/transfers"].contains(step.path) {
          if let made = reply.text.firstMatch(of: number) { numbers[name] = String(made.output) }
        }
        guard let (route, values) = AnswerCheck.route(step.method, step.path) else { continue }
        asked.insert(route.words.joined(separator: " "))
        let name = "\(route.verb) \(route.path)"
        if examples[name] == nil { examples[name] = SessionExample(step, values, reply).value }
      }
      try SessionExample.compare(examples)
      let nouns = try await database.read { connection in
        try connection.query("SELECT DISTINCT action, subject FROM audit_entry").map {
          try $0.decode(as: String.self, String.self)
        }
      }.map { AuditEntry.noun(of: $0.0, $0.1) }
      #expect(Set(nouns).subtracting(Event.types) == [])
      let all = Set(RouteTable.all.routes.map { $0.words.joined(separator: " ") })
      #expect(all.subtracting(asked) == Self.unasked)
    }
  }
}
