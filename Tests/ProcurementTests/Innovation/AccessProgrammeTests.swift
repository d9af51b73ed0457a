import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct AccessProgrammeTests {
  private static let terms = AccessProgramme.Terms(
    code: "product-x",
    product: "Product X",
    indication: "illustrative indication",
    scheme: .early,
    source: "invented",
    certainty: "illustrative"
  )
  private static let day = Network.day
  private static let period = AccessProgramme.Period(starts: day, ends: day + 360)

  private func granted(_ backend: Backend) async throws -> any Database {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try AccessProgramme.identify(Self.terms, by: .test, in: connection)
      _ = try AccessProgramme.take(.request, "product-x", by: .test, in: connection)
      _ = try AccessProgramme.take(.grant(Self.day, Self.period), "product-x", by: .test, in: connection)
    }
    return network.database
  }

  @Test func `renewal is due three months before the end, on the last day of a shorter month`() throws {
    let end = try #require(Day("2027-05-31"))
    #expect("\(end.monthsBefore(3))" == "2027-02-28")
    #expect("\(end.monthsBefore(-12))" == "2028-05-31")
    #expect("\(AccessProgramme.Period(starts: end - 300, ends: end).renewalDue)" == "2027-02-28")
  }

  @Test func `a programme moves only along its diagram`() {
    let events: [AccessProgramme.Event] = [
      .request, .review, .grant(Self.day, Self.period), .renew(Self.day, Self.period), .refuse(Self.day),
      .authorise(Self.day), .end(Self.day),
    ]
    let diagram: [AccessProgramme.State: [String]] = [
      .identified: ["request"], .requested: ["review", "grant", "refuse"], .underReview: ["grant", "refuse"],
      .granted: ["renew", "authorise", "end"], .renewed: ["renew", "authorise", "end"], .continued: ["end"],
    ]
    for state in AccessProgramme.State.allCases {
      let standing = AccessProgramme.Standing(state: state, decidedOn: nil, period: Self.period)
      #expect(events.filter { standing.after($0) != nil }.map(\.name) == diagram[state] ?? [])
    }
  }

  @Test(arguments: Backend.available)
  func `a decision for longer than its scheme allows is refused`(backend: Backend) async throws {
    let database = try await granted(backend)
    let long = AccessProgramme.Period(starts: Self.day, ends: Self.day + 400, renewalDue: Self.day + 500)
    let error = await #expect(throws: InnovationError.self) {
      _ = try await database.write {
        try AccessProgramme.take(.renew(Self.day, long), "product-x", by: .test, in: $0)
      }
    }
    #expect(error?.findings.map(\.field) == ["ends", "renewalDue"])
  }

  @Test(arguments: Backend.available)
  func `centres open while it is granted, patients are counted, and the renewal is called to mind`(
    backend: Backend
  ) async throws {
    let database = try await granted(backend)
    let centres = try await database.write { connection in
      for state in [AccessCentre.State.asked, .open, .inUse] {
        _ = try AccessProgramme.move("ico", to: state, of: "product-x", by: .test, in: connection)
      }
      _ = try AccessProgramme.move("ico", to: .inUse, patients: 4, of: "product-x", by: .test, in: connection)
      return try AccessProgramme.find("product-x", in: connection).centres(in: connection)
    }
    #expect(centres.map { "\($0.centre) \($0.state.rawValue) \($0.patients ?? -1)" } == ["ico in_use 4"])
    let due = try await database.read { try Reminder.due(on: Self.day + 260, within: 20, in: $0) }
    #expect(due.map(\.kind) == [.accessRenewal])
    _ = try await database.write { try AccessProgramme.take(.end(Self.day), "product-x", by: .test, in: $0) }
    await #expect(throws: InnovationError.programmeNotOpen("product-x", .ended)) {
      try await database.write { connection in
        _ = try AccessProgramme.move("curie", to: .asked, of: "product-x", by: .test, in: connection)
        _ = try AccessProgramme.move("curie", to: .open, of: "product-x", by: .test, in: connection)
      }
    }
    #expect(try await database.read { try Reminder.due(on: Self.day + 260, within: 200, in: $0) } == [])
  }

  @Test(arguments: Backend.available)
  func `of many decisions at once one is kept`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try AccessProgramme.identify(Self.terms, by: .test, in: connection)
      _ = try AccessProgramme.take(.request, "product-x", by: .test, in: connection)
    }
    let done = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        group.addTask {
          let event: AccessProgramme.Event =
            number % 2 == 0 ? .grant(Self.day, Self.period) : .refuse(Self.day)
          return
            (try? await network.database.write {
              try AccessProgramme.take(event, "product-x", by: .test, in: $0)
            }) != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(done == 1)
  }
}
