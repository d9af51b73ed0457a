import Planning
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Inventory

@Suite struct TravelTests {
  private static func drafts(_ text: String, _ source: TravelTime.Source) throws -> [Journey] {
    try Journey.drafts(from: PlanningFixture.bytes(text), as: source, detail: "t.csv", at: Stamp.test.at)
  }

  private func view(_ database: any Database) async throws -> (Geography, Journeys) {
    try await database.read { connection in
      (try Geography.read(in: connection), try Journeys.read(road: RoadFormula(), in: connection))
    }
  }

  @Test(arguments: Backend.available)
  func `the best source of a time is used, and shown`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let imported = try Self.drafts("origin,destination,minutes\n01,beta,90.5\n02,gamma,10\n", .imported)
    let sea = try Self.drafts("origin,destination,minutes,mode,source\n2A,gamma,600,ferry,a page\n", .sea)
    let routed = Journey(
      origin: "01",
      destination: "beta",
      source: .routed,
      seconds: 1,
      detail: "http://x",
      recordedAt: Stamp.test.at
    )
    try await database.write { try Journey.take(imported + sea + [routed], by: .test, in: $0) }
    let (geography, journeys) = try await view(database)
    let beta = geography.sites[1]
    let gamma = geography.sites[2]
    #expect(journeys.time(from: geography.points[0], to: beta) == .known(seconds: 5430, .imported))
    #expect(journeys.time(from: geography.points[3], to: gamma) == .known(seconds: 36_000, .sea))
    #expect(journeys.time(from: geography.points[3], to: beta) == .unknown)
    #expect(journeys.detail(from: "2A", to: "gamma", .sea) == "ferry; a page")
    #expect(journeys.detail(from: "01", to: "beta", .imported) == "t.csv")
    guard case .known(_, .formula) = journeys.time(from: geography.points[2], to: beta) else {
      Issue.record("roads connect the continent by the formula")
      return
    }
  }

  @Test func `every bad line of a matrix is told at once`() {
    let error = #expect(throws: SheetError.self) {
      try Self.drafts("origin,destination,minutes\n01,beta,-3\n01,beta,5\n01,beta,6\n,beta,7\n", .imported)
    }
    #expect(
      error?.findings.map { "\($0.line ?? 0) \($0.field)" } == ["2 minutes", "4 destination", "5 origin"]
    )
  }

  @Test(arguments: Backend.available)
  func `a fetch asks in blocks, keeps each answer, and goes on where it stopped`(
    backend: Backend
  ) async throws {
    let database = try await PlanningFixture.database(backend)
    var fetch = TravelFetch(server: "http://router")
    fetch.most = 3
    let asked = Mutex<[String]>([])
    // Three origins and three sites in blocks of at most three places; the server fails at the fifth question.
    let failing: TravelFetch.Reader = { address in
      let count = asked.withLock { list in
        list.append(address)
        return list.count
      }
      if count >= 5 { throw RoutingError.refused(code: "InvalidValue", message: "too far") }
      return StandIn.answer(to: address)
    }
    await #expect(throws: RoutingError.self) {
      try await fetch.run(on: database, by: .test, reading: failing, pause: { _ in })
    }
    let kept = try await database.read { try Journey.all(in: $0) }
    #expect(!kept.isEmpty && kept.allSatisfy { $0.source == .routed && $0.detail == "http://router" })
    let outcome = try await fetch.run(
      on: database,
      by: .test,
      reading: { StandIn.answer(to: $0) },
      pause: { _ in }
    )
    #expect(outcome.cached == kept.count)
    #expect(outcome.fetched == 9 - kept.count)
    let again = try await fetch.run(on: database, by: .test, reading: failing, pause: { _ in })
    #expect(again == TravelFetch.Outcome(fetched: 0, unreachable: 0, cached: 9, questions: 0))
    let addresses = asked.withLock { $0 }
    #expect(addresses.first?.hasPrefix("http://router/table/v1/driving/2.000000,49.000000;") == true)
  }

  @Test(arguments: Backend.available)
  func `where the server finds no way none is made up, and it is asked again only on demand`(
    backend: Backend
  ) async throws {
    let database = try await PlanningFixture.database(backend)
    let none = #"{"code":"Ok","durations":[[60,null,null],[60,60,60],[60,60,60]]}"#
    let fetch = TravelFetch(server: "http://r")
    let lost: TravelFetch.Reader = { _ in Array(none.utf8) }
    let outcome = try await fetch.run(on: database, by: .test, reading: lost, pause: { _ in })
    #expect(outcome == TravelFetch.Outcome(fetched: 7, unreachable: 2, cached: 0, questions: 1))
    var (geography, journeys) = try await view(database)
    let (north, beta) = (geography.points[0], geography.sites[1])
    #expect(journeys.time(from: north, to: beta) == .noWay(.routed))
    #expect(journeys.detail(from: "01", to: "beta", .routed) == "http://r")
    let again = try await fetch.run(on: database, by: .test, reading: lost, pause: { _ in })
    #expect(again == TravelFetch.Outcome(fetched: 0, unreachable: 0, cached: 9, questions: 0))
    var refresh = fetch
    refresh.isRefresh = true
    let found = #"{"code":"Ok","durations":[[60,61,60],[60,60,60],[60,null,60]]}"#
    _ = try await refresh.run(on: database, by: .test, reading: { _ in Array(found.utf8) }, pause: { _ in })
    (geography, journeys) = try await view(database)
    #expect(journeys.time(from: north, to: beta) == .known(seconds: 61, .routed))
    #expect(journeys.time(from: geography.points[2], to: beta) == .noWay(.routed))
    // What somebody supplied goes before what a server did not find.
    let imported = try Self.drafts("origin,destination,minutes\n03,beta,5\n", .imported)
    try await database.write { try Journey.take(imported, by: .test, in: $0) }
    (geography, journeys) = try await view(database)
    #expect(journeys.time(from: geography.points[2], to: beta) == .known(seconds: 300, .imported))
  }

  @Test(arguments: Backend.available)
  func `a matrix that names strangers is refused whole, or says who they are`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let known = try await database.read { try KnownPlaces.read(in: $0) }
    let text = "origin,destination,minutes\n01,beta,1\n99,beta,2\n01,elsewhere,3\n98,nowhere,4\n"
    func drafts(among known: KnownPlaces?) throws -> [Journey] {
      try Journey.drafts(
        from: PlanningFixture.bytes(text),
        as: .imported,
        detail: "t.csv",
        at: Stamp.test.at,
        among: known
      )
    }
    let error = #expect(throws: SheetError.self) { try drafts(among: known) }
    #expect(
      error?.findings.map { "\($0.line ?? 0) \($0.field) \($0.found)" } == [
        "3 origin 99", "4 destination elsewhere", "5 origin 98", "5 destination nowhere",
      ]
    )
    #expect(known.strangers(in: try drafts(among: nil)) == ["98", "99", "elsewhere", "nowhere"])
  }

  @Test func `a busy server is asked again, a refusal is not`() async throws {
    let database = try await PlanningFixture.database(.sqlite)
    let calls = Mutex(0)
    let pauses = Mutex<[Int]>([])
    let busy: TravelFetch.Reader = { address in
      let count = calls.withLock { calls in
        calls += 1
        return calls
      }
      if count <= 2 { throw RoutingError.unavailable("it answered 503") }
      return StandIn.answer(to: address)
    }
    let outcome = try await TravelFetch(server: "http://r").run(
      on: database,
      by: .test,
      reading: busy,
      pause: { attempt in pauses.withLock { $0.append(attempt) } }
    )
    #expect(outcome.questions == 1 && outcome.fetched == 9)
    #expect(pauses.withLock { $0 } == [1, 2])
  }

  @Test func `blocks hold every pair once and never too many places`() {
    let places = (0..<17).map { index in
      RoutingTable.Place(
        name: "\(index)",
        position: Position(latitude: Int64(index), longitude: 0) ?? .origin
      )
    }
    let blocks = RoutingTable.blocks(origins: places, destinations: Array(places.prefix(5)), most: 6)
    #expect(blocks.allSatisfy { $0.origins.count + $0.destinations.count <= 6 })
    let pairs = blocks.flatMap { block in
      block.origins.flatMap { from in block.destinations.map { "\(from.name) \($0.name)" } }
    }
    #expect(pairs.count == 85 && Set(pairs).count == 85)
  }

  @Test func `an answer that is no table is refused, and a pair without a way is unknown`() throws {
    let place = RoutingTable.Place(name: "a", position: .origin)
    let table = RoutingTable(origins: [place], destinations: [place, place])
    #expect(
      try table.seconds(from: Array(#"{"code":"Ok","durations":[[null,12.5]]}"#.utf8)) == [[nil, 13]]
    )
    #expect(throws: RoutingError.refused(code: "NoTable", message: "no reason given")) {
      try table.seconds(from: Array(#"{"code":"NoTable"}"#.utf8))
    }
    #expect(throws: RoutingError.self) { try table.seconds(from: Array("<html>".utf8)) }
    #expect(throws: RoutingError.self) {
      try table.seconds(from: Array(#"{"code":"Ok","durations":[[1]]}"#.utf8))
    }
  }
}

extension Position {
  fileprivate static var origin: Position {
    guard let origin = Position(latitude: 0, longitude: 0) else { preconditionFailure("0 N 0 E is a place") }
    return origin
  }
}

/// What a table service answers: 100 seconds for each origin's and 1 for each destination's number.
private enum StandIn {
  static func answer(to address: String) -> [UInt8] {
    func numbers(_ name: String) -> [Int] {
      let value = address.split(separator: "\(name)=").last?.split(separator: "&").first ?? ""
      return value.split(separator: ";").compactMap { Int($0) }
    }
    let rows = numbers("sources").map { from in
      "[" + numbers("destinations").map { "\(100 * from + $0).4" }.joined(separator: ",") + "]"
    }
    return Array("{\"code\":\"Ok\",\"durations\":[\(rows.joined(separator: ","))]}".utf8)
  }
}
