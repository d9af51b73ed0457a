import Foundation
import HTTPTypes
import Inventory
import Planning
import ProcureCommands
import TestSupport
import Testing

@testable import ProcurementAPI

/// The requests of docs/api.md, as their readers copy them.
struct GuideTests {
  struct Request {
    var method: String
    var target: String
    var headers: [String: String] = [:]
    var body: String?
  }

  @Test func `every request of the guide reads`() throws {
    let operations = try CommandOperations()
    let signatures = Dictionary(uniqueKeysWithValues: operations.signatures.map { ($0.words, $0) })
    let name = try #require(User.Name(rawValue: "reader"))
    let principal = Principal(name: name, roles: Set(Role.allCases))
    let requests = try Self.requests()
    #expect(requests.count >= 10)
    for request in requests {
      let target = try RequestTarget(request.target)
      let method = try #require(HTTPRequest.Method(request.method))
      guard case .route(let route, let values) = RouteTable.all.find(method, target.segments) else {
        Issue.record("nothing at \(request.method) \(request.target)")
        continue
      }
      let incoming = Incoming(
        shape: RouteForm(route, try #require(signatures[route.words])),
        pathValues: values,
        query: target.query,
        contentType: request.headers["Content-Type"],
        accept: request.headers["Accept"],
        body: Array((request.body ?? "").utf8)
      )
      #expect(throws: Never.self, "\(request)") { try incoming.understood(for: principal) }
    }
  }

  /// The table that its reader has in monday.csv.
  private static let monday =
    "item,lot,expiry,counted\nPCR-MIX,L1,2041-12-31,960\nSWAB-NP,S1,2041-06-30,2400\n"

  @Test(
    .enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"),
    arguments: Backend.available
  )
  func `the requests of the guide do what it says, one after the other`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for request in try Self.requests() {
        if request.target.hasSuffix("/result") { try await Self.wait(for: request, on: server) }
        let reply = try await server.send(
          request.method,
          request.target,
          headers: request.headers.filter { $0.key != "Content-Type" },
          body: request.body == "@monday.csv" ? Self.monday : request.body,
          type: request.headers["Content-Type"] ?? "application/json"
        )
        // The job of the guide has ended by the time that it would be stopped.
        let isDone = (200...299).contains(reply.status) || (request.method == "DELETE" && reply.status == 409)
        #expect(isDone, "\(request.method) \(request.target): \(reply.text)")
      }
    }
  }

  private static func wait(for request: Request, on server: LiveServer) async throws {
    let job = String(request.target.dropLast("/result".count))
    while ["waiting", "running"].contains(try await server.get(job).object["state"] as? String ?? "") {
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private static func requests() throws -> [Request] {
    let text = try String(contentsOf: Sample.root.appending(path: "docs/api.md"), encoding: .utf8)
    let commands = text.replacing("\\\n", with: " ").split(separator: "\n").filter { $0.hasPrefix("api ") }
    // A body in quotes may go over several lines.
    return try commands.map { command in
      let start = try #require(text.replacing("\\\n", with: " ").range(of: String(command))).lowerBound
      return request(words(of: text.replacing("\\\n", with: " ")[start...]))
    }
  }

  /// The words of a shell's line, which ends where no quote is open.
  private static func words(of text: Substring) -> [String] {
    var (words, word, quoted): ([String], String, Bool) = ([], "", false)
    for character in text {
      switch character {
      case "'": quoted.toggle()
      case "\n" where !quoted: return words + [word]
      case " " where !quoted:
        words.append(word)
        word = ""
      default: word.append(character)
      }
    }
    return words
  }

  private static func request(_ words: [String]) -> Request {
    var request = Request(method: "GET", target: "")
    var rest = words.dropFirst().filter { !$0.isEmpty && !$0.hasPrefix("#") }[...]
    while let word = rest.popFirst() {
      switch word {
      case "-X": request.method = rest.popFirst() ?? ""
      case "-H":
        let parts = (rest.popFirst() ?? "").split(separator: ": ").map(String.init)
        if parts.count == 2 { request.headers[parts[0]] = parts[1] }
      case "-d", "--data-binary":
        request.body = rest.popFirst()
        if request.method == "GET" { request.method = "POST" }
      case _ where word.hasPrefix("http://localhost:8080"): request.target = String(word.dropFirst(21))
      default: continue
      }
    }
    return request
  }
}
