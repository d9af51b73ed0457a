import Foundation
import Inventory
import Planning
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

/// The real network of the seeds, with a user of each role whose token is known.
enum Sample {
  /// The reporter's centre, and one that is not.
  static let own = "berard"
  static let foreign = "curie-paris"

  static let users: [(name: String, roles: Set<Role>, centres: Set<Centre.Code>)] = [
    ("reporter", [.reporter], ["berard"]),
    ("buyer", [.buyer], []),
    ("planner", [.planner], []),
    ("auditor", [.auditor], []),
    ("administrator", [.administrator], []),
    ("all", Set(Role.allCases), ["berard", "curie-paris"]),
  ]

  static func secret(of user: String) -> String { "\(AccessToken.prefix)\(user)-secret" }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func load(into database: any Database) async throws {
    try await Seeds(named: root.appending(path: "seeds").path).load(into: database, by: .test)
    try await addUsers(to: database)
  }

  /// The demonstration, its season by the simple rules, with a plan as of the season's last day: what every page has something
  /// to show of. Played once on each engine, then copied.
  static func season(on backend: Backend) async throws -> any Database {
    try await backend.made("season") { database in
      try await Migrator(Schema.migrations).migrate(database)
      try await play(on: database)
    }
  }

  /// Pictures are of the season as the demonstration shows it, by plans with proven awards, which takes longer.
  static let isPictured = ProcessInfo.processInfo.environment["PROCURE_WRITE_PICTURES"] != nil

  private static func play(on database: any Database) async throws {
    let seeds = try Seeds(named: root.appending(path: "seeds").path)
    _ = try await Season.lived(isPictured ? .plans(try HiGHS()) : .rules, with: seeds, on: database)
    _ = try await PlanningStory.told(with: seeds, on: database)
    _ = try await RenewalDemo.text(on: database, with: seeds, by: PlanningStory.stamp)
    _ = try await InnovationDemo.text(on: database, with: seeds, by: PlanningStory.stamp)
    try await addUsers(to: database)
    var parameters = PlanParameters(asOf: try #require(Day("2020-10-18")))
    if !isPictured { (parameters.paths, parameters.horizon) = (50, 4) }
    let stamp = Stamp(actor: "planner", at: Instant(parameters.asOf, hour: 9))
    _ = try await PlanRun.planAndWatch(parameters, by: stamp, in: database)
    try await leaveJob(by: stamp, in: database)
  }

  /// Work that the planner left, and that was done.
  private static func leaveJob(by stamp: Stamp, in database: any Database) async throws {
    let planner = try #require(User.Name(rawValue: "planner"))
    let draft = JobDraft(user: planner, operation: "plan run", route: "POST /v1/plans", request: "{}")
    try await database.write { connection in
      _ = try Job.ask(draft, at: stamp.at, in: connection)
      let claim = try #require(
        try JobClaim.next(for: "a server", now: stamp.at, lease: 1_000, in: connection)
      )
      let notes = ["alerts: 3 opened"]
      let result = JobResult(status: 201, contentType: "application/json", body: "{}", notes: notes)
      try claim.end(result, at: stamp.at, in: connection)
    }
  }

  private static func addUsers(to database: any Database) async throws {
    try await database.write { connection in
      for user in users {
        let name = try #require(User.Name(rawValue: user.name))
        let draft = UserDraft(name: name, roles: user.roles, centres: user.centres)
        _ = try User.save(draft, by: .test, in: connection)
        _ = try AccessToken.create(
          for: name,
          label: "test",
          lasting: 3_000,
          secret: secret(of: user.name),
          by: .test,
          in: connection
        )
      }
    }
  }
}
