import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct PlanTransfersTests {
  @Test(arguments: Backend.available)
  func `what would expire goes where it is missing, lot by lot, and the donor keeps its threshold`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 28, left: 200, expiry: Network.day + 20)
    try await network.reported(2, used: 280, left: 20)
    try await network.report(1, 2)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    question.packUnits = Quantity(10)
    question.keepDays = 14
    let asked = question
    let planned = try await network.database.read { try asked.plan(in: $0) }
    #expect(planned.thresholds == ["berard": Quantity(14), "curie": Quantity(140)])
    #expect(
      planned.plan.lines.map { "\($0.from) \($0.to) \($0.lot) \($0.quantity)" } == ["berard curie L1 160"]
    )
    #expect(planned.plan.doingNothing.shortage == 267)
    #expect(planned.plan.outlook.shortage == 107)
    #expect(planned.plan.doingNothing.expired == 179)
    #expect(planned.plan.outlook.expired == 19)
  }

  @Test(arguments: Backend.available)
  func `proposals keep their lots and their reasons, once, through to receipt`(backend: Backend) async throws
  {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 28, left: 200, expiry: Network.day + 20)
    try await network.reported(2, used: 280, left: 20)
    try await network.report(1, 2)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    question.packUnits = Quantity(10)
    question.keepDays = 14
    let first = try await network.propose(question)
    #expect(first.map(\.quantity) == [Quantity(160)])
    #expect(first.map(\.keep) == [Quantity(14)])
    #expect(first[0].reason.hasPrefix("lot L1: curie would otherwise lack 160, and 160 would expire"))
    #expect(try await network.propose(question) == first)
    #expect(try await network.database.read { try Transfer.list(in: $0) } == first)
    let received = try await network.database.write { connection in
      let number = first[0].number
      _ = try Transfer.agree(number, by: Network.stamp, in: connection)
      _ = try Transfer.send(number, on: Network.day, by: Network.stamp, in: connection)
      return try Transfer.receive(number, on: Network.day + 1, by: Network.stamp, in: connection)
    }
    #expect(received.lots.map { "\($0.lot) \($0.sent)" } == ["L1 160"])
    #expect(try await network.balance("curie", "SWAB") == 180)
    #expect(try await network.database.read { try StockLedger.reconcile(in: $0).agrees })
  }

  /// The ledger says 28 units in four weeks; the plan foresees up to 10 a week for the one and 100 for the other.
  @Test(arguments: Backend.available)
  func `a plan's foresight takes the place of what was used`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 28, left: 200)
    try await network.reported(2, used: 28, left: 20)
    try await network.report(1, 2)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    question.keepDays = 7
    question.horizon = 14
    question.plan = try await network.plan(high: ["berard": 10, "curie": 100])
    let asked = question
    let planned = try await network.database.read { try asked.plan(in: $0) }
    #expect(planned.thresholds == ["berard": Quantity(10), "curie": Quantity(100)])
    #expect(planned.plan.lines.map { "\($0.from) \($0.to) \($0.quantity)" } == ["berard curie 170"])
  }

  @Test(arguments: Backend.available)
  func `a plan that is not finished is refused, and whom it does not know takes no part`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 28, left: 200)
    try await network.reported(2, used: 28, left: 20)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    let running = try await network.plan(isFinished: false, high: [:])
    question.plan = running
    let early = question
    await #expect(throws: PlanError.notFinished(running.rawValue, state: "running")) {
      try await network.database.read { try early.plan(in: $0) }
    }
    let finished = try await network.plan(high: ["berard": 10])
    question.plan = finished
    let asked = question
    let planned = try await network.database.read { try asked.plan(in: $0) }
    let notes = planned.notes.filter { $0.centre == "curie" }.map(\.why)
    #expect(notes.contains("takes no part: plan \(finished) does not know what it uses"))
  }

  @Test(arguments: Backend.available)
  func `what was promised is not planned again, and an old report gives nothing`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 28, left: 200)
    try await network.reported(2, used: 280, left: 20)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    question.packUnits = Quantity(10)
    question.keepDays = 14
    let silent = question
    let none = try await network.database.read { try silent.plan(in: $0) }
    #expect(none.plan.lines.isEmpty)
    #expect(none.notes.map(\.centre) == ["berard", "curie", "ico"])
    try await network.report(1, 2)
    _ = try await network.propose(question)
    let again = try await network.database.read { try silent.plan(in: $0) }
    #expect(again.plan.lines.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `planners at the same time never promise what the donor must keep`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.place()
    try await network.reported(1, used: 280, left: 500)
    try await network.reported(2, used: 280, left: 0)
    try await network.reported(3, used: 280, left: 0)
    try await network.report(1, 2, 3)
    var question = TransferQuestion(item: "SWAB", day: Network.day)
    question.keepDays = 20
    let asked = question
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<4 {
        group.addTask { _ = try? await network.propose(asked, key: "p\(index)") }
      }
    }
    let promised = try await network.database.read { try Transfer.list(in: $0) }
    #expect(promised.reduce(Quantity.zero) { $0 + $1.quantity } <= Quantity(20))
    #expect(!promised.isEmpty)
  }

  @Test func `a way is as long as the road, and a sea is too far`() {
    let costs = TransferQuestion.Costs()
    let lyon = Position(latitude: 45_740_500, longitude: 4_880_000)
    let paris = Position(latitude: 48_842_000, longitude: 2_344_000)
    guard let lyon, let paris else { return #expect(Bool(false), "no place") }
    #expect(costs.kilometres(from: lyon, to: paris) == 513)
    #expect(costs.kilometres(from: lyon, to: lyon) == 0)
  }
}

extension Network {
  /// Berard in Lyon, Curie in Paris, the ICO in Angers.
  func place() async throws {
    try await database.write { connection in
      for (id, latitude, longitude) in [
        (Int64(1), Int64(45_740_500), Int64(4_880_000)), (2, 48_842_000, 2_344_000),
        (3, 47_480_000, -540_000),
      ] {
        try connection.execute(
          "UPDATE centre SET latitude = \(latitude), longitude = \(longitude) WHERE id = \(id)"
        )
      }
    }
  }

  /// The centres reported on the day.
  func report(_ centres: Int64...) async throws {
    try await database.write { connection in
      for centre in centres {
        try connection.execute(
          "UPDATE stock_balance SET reported_day = \(Network.day) WHERE centre_id = \(centre)"
        )
      }
    }
  }

  /// A run whose forecast of every week stays at or below `high` in nine futures of ten.
  func plan(isFinished: Bool = true, high: [Centre.Code: Int64]) async throws -> PlanRun.ID {
    try await database.write { connection in
      let parameters = PlanParameters(asOf: Network.day - 1)
      let end = isFinished ? Network.stamp.at : nil
      let rows = try connection.query(
        """
        INSERT INTO plan_run (as_of, known_at, parameters, rules, panel, inputs_digest, tasks, state, actor,
          started_at, ended_at, plan_digest)
        VALUES (\(parameters.asOf), \(Network.stamp.at), \(try PlanJSON.text(parameters)), 'r', '{}', '', 0,
          \(isFinished ? "finished" : "running"), 'test', \(Network.stamp.at), \(end), \(isFinished ? "" : nil))
        RETURNING id
        """
      )
      let id = try #require(rows.first).decode(as: PlanRun.ID.self)
      for (centre, units) in high { try Self.line(of: id, at: centre, high: units, in: connection) }
      return id
    }
  }

  private static func line(
    of run: PlanRun.ID,
    at centre: Centre.Code,
    high: Int64,
    in connection: any Connection
  ) throws {
    let weeks = (0..<4).map { week in
      PlanLine.Week(from: Network.day + 7 * Int64(week), mean: 0, quantiles: [0, 0, high, high])
    }
    let line = PlanLine(
      item: "SWAB",
      centre: centre,
      usable: .zero,
      coming: .zero,
      forecast: .init(pattern: .smooth, isSurging: false, scenarios: [], weeks: weeks)
    )
    try connection.execute(
      """
      INSERT INTO plan_line (run_id, item_id, centre_id, content)
      SELECT \(run), i.id, c.id, \(try PlanJSON.text(line)) FROM item i, centre c
      WHERE i.sku = 'SWAB' AND c.code = \(centre)
      """
    )
  }

  func propose(_ question: TransferQuestion, key: String = "p1") async throws -> [Transfer] {
    try await database.write { try question.propose(key: key, by: Network.stamp, in: $0).1 }
  }
}
