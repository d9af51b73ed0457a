import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

/// The network of the other tests, with a proposal in it.
struct InnovationFixture {
  let network: Network
  var database: any Database { network.database }

  static let terms = Innovation.Terms(
    code: "robots",
    title: "Robots",
    kind: .equipment,
    owner: "pharmacy",
    proposedOn: Network.day,
    items: ["SWAB"],
    agreements: ["AC-1"],
    source: "a working group",
    certainty: "illustrative"
  )

  init(_ backend: Backend, steps: [Innovation.Step] = []) async throws {
    network = try await Network(backend)
    try await database.write { connection in
      _ = try Innovation.propose(Self.terms, by: .test, in: connection)
      for step in steps {
        _ = try Innovation.take(step, "robots", reason: "test", by: .test, in: connection)
      }
    }
  }

  func move(_ centre: Centre.Code, _ state: CentreRollout.State) async throws {
    _ = try await database.write {
      try Innovation.move(centre, to: state, of: "robots", since: nil, note: "", by: .test, in: $0)
    }
  }

  func rollout() async throws -> [String] {
    try await database.read { try Innovation.find("robots", in: $0).rollout(in: $0) }
      .map { "\($0.centre) \($0.state.rawValue)" }
  }
}

@Suite struct InnovationTests {
  @Test func `an innovation moves only along its diagram`() {
    typealias State = Innovation.State
    let diagram: [State: [Innovation.Step: State]] = [
      .proposed: [.pitch: .pitched, .assess: .assessed, .close: .closed],
      .pitched: [.assess: .assessed, .close: .closed], .assessed: [.release: .released, .close: .closed],
      .released: [.rollOut: .rolledOut, .close: .closed],
    ]
    for state in State.allCases {
      for step in Innovation.Step.allCases { #expect(state.after(step) == diagram[state]?[step]) }
    }
  }

  @Test func `a centre's roll-out moves only along its diagram`() {
    typealias State = CentreRollout.State
    let diagram: [State: [State]] = [
      .asked: [.ready, .declined], .ready: [.training, .live, .declined],
      .training: [.live, .declined, .stopped], .live: [.stopped], .declined: [.asked], .stopped: [.asked],
    ]
    for state in State.allCases {
      #expect(State.allCases.filter { state.allows($0) } == diagram[state])
    }
  }

  @Test(arguments: Backend.available)
  func `the same proposal twice is one, another of its code is refused`(backend: Backend) async throws {
    let fixture = try await InnovationFixture(backend)
    let again = try await fixture.database.write {
      try Innovation.propose(InnovationFixture.terms, by: .test, in: $0)
    }
    #expect(again.terms == InnovationFixture.terms)
    var other = InnovationFixture.terms
    other.title = "Other robots"
    let changed = other
    await #expect(throws: InnovationError.codeTaken(noun: "innovation", code: "robots")) {
      _ = try await fixture.database.write { try Innovation.propose(changed, by: .test, in: $0) }
    }
    #expect(try await fixture.database.read { try Innovation.all(in: $0) }.count == 1)
  }

  @Test(arguments: Backend.available)
  func `of many who assess at once one does, and the others are told`(backend: Backend) async throws {
    let fixture = try await InnovationFixture(backend)
    let done = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let moved = try? await fixture.database.write {
            try Innovation.take(.assess, "robots", reason: "report", by: .test, in: $0)
          }
          return moved != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(done == 1)
    let steps = try await fixture.database.read { connection in
      try connection.query("SELECT count(*) FROM audit_entry WHERE action = 'innovation.assess'")
        .map { row -> Int64 in try row.decode(as: Int64.self) }
    }
    #expect(steps == [1])
  }

  @Test(arguments: Backend.available)
  func `centres train once it is released, and it is rolled out when none is on its way`(backend: Backend)
    async throws
  {
    let fixture = try await InnovationFixture(backend)
    try await fixture.move("berard", .asked)
    try await fixture.move("berard", .ready)
    await #expect(throws: InnovationError.notReleased("robots", .proposed)) {
      try await fixture.move("berard", .training)
    }
    try await fixture.database.write { connection in
      for step in [Innovation.Step.assess, .release] {
        _ = try Innovation.take(step, "robots", reason: "", by: .test, in: connection)
      }
    }
    try await fixture.move("berard", .training)
    try await fixture.move("curie", .declined)
    await #expect(throws: InnovationError.centresUnderWay("robots", ["berard"])) {
      _ = try await fixture.database.write {
        try Innovation.take(.rollOut, "robots", reason: "", by: .test, in: $0)
      }
    }
    try await fixture.move("berard", .live)
    try await fixture.move("berard", .live)
    let after = try await fixture.database.write {
      try Innovation.take(.rollOut, "robots", reason: "", by: .test, in: $0)
    }
    #expect(after.state == .rolledOut)
    #expect(try await fixture.rollout() == ["berard live", "curie declined"])
  }

  @Test(arguments: Backend.available)
  func `a pitch that was presented makes its innovation pitched, and a centre that wants it has asked`(
    backend: Backend
  ) async throws {
    let fixture = try await InnovationFixture(backend)
    let events: [Pitch.Event] = [
      .select, .schedule(Network.day + 7), .schedule(Network.day), .present(recording: ""),
      .followUp(nextStep: "visit", due: Network.day + 30),
    ]
    let pitch = try await fixture.database.write { connection in
      let number = try Pitch.propose("robots", presenter: "maker", by: .test, in: connection).number
      for event in events { _ = try Pitch.take(event, number, of: "robots", by: .test, in: connection) }
      _ = try Pitch.note(.curious, of: "ico", number, of: "robots", by: .test, in: connection)
      return try Pitch.note(.wants, of: "curie", number, of: "robots", by: .test, in: connection)
    }
    #expect(pitch.state == .followedUp)
    #expect(pitch.interest.map { "\($0.centre) \($0.level.rawValue)" } == ["curie wants", "ico curious"])
    #expect(try await fixture.rollout() == ["curie asked"])
    let state = try await fixture.database.read { try Innovation.find("robots", in: $0).state }
    #expect(state == .pitched)
    let due = try await fixture.database.read { try Reminder.due(on: Network.day, within: 30, in: $0) }
    #expect(
      due.map { "\($0.kind.rawValue): \($0.what) in \($0.daysLeft)" } == ["follow-up of a pitch: visit in 30"]
    )
  }

  @Test(arguments: Backend.available)
  func `a pitch is not presented before its day`(backend: Backend) async throws {
    let fixture = try await InnovationFixture(backend)
    await #expect(throws: InnovationError.self) {
      try await fixture.database.write { connection in
        let number = try Pitch.propose("robots", presenter: "maker", by: .test, in: connection).number
        for event in [Pitch.Event.schedule(Network.day + 7), .present(recording: "")] {
          _ = try Pitch.take(event, number, of: "robots", by: Network.stamp, in: connection)
        }
      }
    }
    #expect(try await fixture.database.read { try Pitch.all(of: "robots", in: $0) } == [])
  }

  @Test(arguments: Backend.available)
  func `pitches proposed at once are numbered without a gap`(backend: Backend) async throws {
    let fixture = try await InnovationFixture(backend)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          _ = try await fixture.database.write {
            try Pitch.propose("robots", presenter: "maker", by: .test, in: $0)
          }
        }
      }
      try await group.waitForAll()
    }
    let numbers = try await fixture.database.read { try Pitch.all(of: "robots", in: $0) }.map(\.number)
    #expect(numbers == [1, 2, 3, 4, 5, 6])
  }
}
