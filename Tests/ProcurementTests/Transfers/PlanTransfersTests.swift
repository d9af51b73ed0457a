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
    #expect(none.notes.map(\.centre) == ["berard", "curie"])
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

  func propose(_ question: TransferQuestion, key: String = "p1") async throws -> [Transfer] {
    try await database.write { try question.propose(key: key, by: Network.stamp, in: $0).1 }
  }
}
