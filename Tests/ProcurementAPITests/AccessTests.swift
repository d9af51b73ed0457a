import Foundation
import HTTPTypes
import Inventory
import ProcurementAPI
import TestSupport
import Testing

/// Who may do what: the table in Tests/Scenarios/api/routes.txt, which people read, against the routes as they are
/// and as they answer.
struct AccessTests {
  private static func line(_ route: Route) -> String {
    let roles = route.access.roles.sorted().map(\.rawValue).joined(separator: " ")
    let scope =
      switch route.access.scope {
      case .network: "network"
      case .centre(let name): "centre in \(name)"
      case .file: "centres in the file"
      }
    let words = (route.words + route.fixed.values.flatMap(\.self)).joined(separator: " ")
    return "\(route.method.rawValue) \(route.path) | \(words) | \(roles) | \(scope)"
  }

  @Test func `every route stands in the table with its roles and its scope`() throws {
    let lines = RouteTable.all.routes.map(Self.line).sorted()
    let text = lines.joined(separator: "\n") + "\n"
    try Program.write(text, for: "routes.txt")
    let table = Sample.root.appending(path: "Tests/Scenarios/api/routes.txt")
    #expect(try String(contentsOf: table, encoding: .utf8) == text)
  }

  @Test(arguments: Backend.available)
  func `every route lets in its roles and nobody else`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for route in RouteTable.all.routes {
        let path = Self.path(of: route, centre: Sample.own)
        let nobody = try await server.send(route.method.rawValue, path, as: nil)
        #expect(nobody.status == 401, "\(route.path)")
        for role in Role.allCases {
          let reply = try await server.send(route.method.rawValue, path, as: role.rawValue)
          let isLetIn = reply.code != "access.role"
          #expect(
            isLetIn == route.access.roles.contains(role),
            "\(role) \(route.method) \(path): \(reply.text)"
          )
          #expect(reply.status < 500, "\(role) \(route.method) \(path): \(reply.text)")
        }
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a reporter reaches no route for another centre`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for route in RouteTable.all.routes where route.access.roles.contains(.reporter) {
        guard case .centre(let name) = route.access.scope else { continue }
        let foreign = try await Self.send(route, name, Sample.foreign, to: server)
        #expect(foreign.code == "access.centre", "\(route.method) \(route.path): \(foreign.text)")
        let own = try await Self.send(route, name, Sample.own, to: server)
        #expect(own.status != 403 && own.status < 500, "\(route.method) \(route.path): \(own.text)")
        let none = try await server.send(
          route.method.rawValue,
          Self.path(of: route, centre: Sample.foreign),
          as: "reporter",
          body: route.method == .get ? nil : "{}"
        )
        #expect(route.path.contains("{\(name)}") ? none.status == 403 : none.status != 403, "\(route.path)")
      }
    }
  }

  /// The request naming a centre where the route takes it: in the path, the query or the body.
  private static func send(
    _ route: Route,
    _ name: String,
    _ centre: String,
    to server: LiveServer
  ) async throws -> Reply {
    let path = path(of: route, centre: centre)
    let method = route.method.rawValue
    if route.path.contains("{\(name)}") { return try await server.send(method, path, as: "reporter") }
    if route.method == .get { return try await server.get("\(path)?\(name)=\(centre)", as: "reporter") }
    return try await server.send(method, path, as: "reporter", body: "{\"\(name)\":\"\(centre)\"}")
  }

  /// A path that leads to nothing harmful: its parameters name things that are not there.
  private static func path(of route: Route, centre: String) -> String {
    route.pathKeys.reduce(route.path) { path, key in
      path.replacing("{\(key)}", with: key == "centre" ? centre : "999999")
    }
  }

  /// Who a token belongs to is known from the request before: what was granted in between counts all the same.
  @Test(arguments: Backend.available)
  func `a role and a centre that are granted count with the next request`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let asked = [("buyer", "/v1/audit"), ("reporter", "/v1/stock/positions?centre=\(Sample.foreign)")]
      for (user, path) in asked {
        #expect(try await server.get("/v1/centres", as: user).status == 200)
        #expect(try await server.get(path, as: user).status == 403)
      }
      let rights = [
        ("buyer", #"{"role":["buyer","auditor"]}"#),
        ("reporter", #"{"role":["reporter"],"centre":["\#(Sample.own)","\#(Sample.foreign)"]}"#),
      ]
      for (user, body) in rights {
        let saved = try await server.send("PUT", "/v1/users/\(user)", headers: ["If-Match": "*"], body: body)
        #expect(saved.status == 200)
      }
      for (user, path) in asked { #expect(try await server.get(path, as: user).status == 200) }
      let gone = #"{"role":["planner"]}"#
      let saved = try await server.send("PUT", "/v1/users/buyer", headers: ["If-Match": "*"], body: gone)
      #expect(saved.status == 200)
      #expect(try await server.get("/v1/audit", as: "buyer").status == 403)
    }
  }

  @Test(arguments: Backend.available)
  func `a token that ended, was revoked or never was lets nobody in`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      #expect(try await server.get("/v1/centres", as: "buyer").status == 200)
      let revoked = try await server.send("POST", "/v1/tokens/buyer/test/revoke", body: "{}")
      #expect(revoked.status == 200)
      #expect(try await server.get("/v1/centres", as: "buyer").status == 401)
      #expect(try await server.get("/v1/centres", as: "planner").status == 200)
      _ = try await server.send("POST", "/v1/users/planner/disable")
      #expect(try await server.get("/v1/centres", as: "planner").status == 401)
      for header in ["Bearer", "Basic abc", "Bearer a b", "Bearer prc_", "Bearer x.y.z", ""] {
        let reply = try await server.get("/v1/centres", as: nil, headers: ["Authorization": header])
        #expect(reply.status == 401, "\(header)")
        #expect(reply.header("WWW-Authenticate") != nil)
      }
      let made = try await server.send(
        "POST",
        "/v1/tokens",
        body: #"{"user":"auditor","label":"short","days":1}"#
      )
      #expect(made.status == 201)
      #expect((made.object["secret"] as? String)?.hasPrefix("prc_") == true)
      #expect(try await !server.get("/v1/tokens").text.contains("prc_"))
    }
  }
}
