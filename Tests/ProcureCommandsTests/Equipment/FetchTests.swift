import Foundation
import Inventory
import Planning
import Storage
import Tabular
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct FetchTests {
  private static let departments = """
    code,name,region,population,population_year,population_centre_latitude,population_centre_longitude
    01,North,Upper,10,2023,49,2
    02,South,Lower,10,2023,47,2

    """
  private static let centres = """
    code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude
    alpha,alpha,Alpha,Alpha,hospital_site,A,01,Upper,48,2
    omega,omega,Omega,Omega,hospital_site,O,02,Lower,48,120

    """

  private func database(_ backend: Backend) async throws -> any Database {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    let departments = try Department.drafts(from: ByteInput(Array(Self.departments.utf8)))
    let centres = try Centre.drafts(from: ByteInput(Array(Self.centres.utf8)))
    try await database.write { connection in
      try Department.take(departments, by: .test, in: connection)
      try Centre.take(centres, by: .test, in: connection)
    }
    return database
  }

  @Test(arguments: Backend.available)
  func `times come from a server that is busy at first, and are kept`(backend: Backend) async throws {
    let database = try await database(backend)
    let server = try #require(TableServer(busyTimes: 2))
    async let serving: Void = onOwnThread { _ in server.serve(3) }
    let outcome = try await TravelFetch(server: server.address).run(
      on: database,
      by: .test,
      reading: Curl.body,
      pause: { _ in }
    )
    try await serving
    #expect(server.asked == 3)
    #expect(outcome == TravelFetch.Outcome(fetched: 2, unreachable: 2, cached: 0, questions: 1))
    let kept = try await database.read { try Journey.all(in: $0) }
    #expect(
      kept.map { journey in
        let time = journey.seconds.map { "\($0)" } ?? "no way"
        return "\(journey.origin) \(journey.destination) \(time) \(journey.source.rawValue)"
      } == [
        "01 alpha 1000 routed", "01 omega no way routed", "02 alpha 1000 routed", "02 omega no way routed",
      ]
    )
    #expect(kept.allSatisfy { $0.detail == server.address })
  }

  @Test func `a server that is not there is said to be so`() async throws {
    let database = try await database(.sqlite)
    var fetch = TravelFetch(server: "http://127.0.0.1:1")
    fetch.attempts = 2
    let asking = fetch
    await #expect(throws: RoutingError.self) {
      try await asking.run(on: database, by: .test, reading: Curl.body, pause: { _ in })
    }
  }
}
