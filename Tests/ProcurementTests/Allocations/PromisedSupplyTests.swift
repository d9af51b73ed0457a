import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

/// What becomes of a decision: promises on orders, and transfers.
@Suite struct PromisedSupplyTests {
  @Test(arguments: Backend.available)
  func `what an order brings is promised by the decision and goes to the centres as decided`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 2_800, left: 1_000)
    try await network.reported(2, used: 2_800, left: 0)
    let number = try await network.sent()
    try await network.acknowledge(number, on: Network.day + 7)
    let decision = try await network.decide(.swabs(.orders([number], expiry: nil)))
    #expect(decision.supply == Quantity(2_000))
    #expect(decision.lines.map(\.quantity) == [Quantity(1_200), Quantity(800)])
    let entry = ReceiptRequest.Entry(line: 1, lot: "A", expiry: Network.day + 300, accepted: Quantity(1_000))
    let receipt = try await network.receive(number, entry)
    #expect(receipt.lines.map { "\($0.centre) \($0.accepted)" } == ["berard 200", "curie 800"])
    #expect(receipt.lines[0].reason == "equalCover: Raised to 12.0 days of cover, as far as whole packs go.")
    let kept = try await network.database.read { try AllocationDecision.find("q1", in: $0) }
    #expect(kept.deliveries[0].shares.map(\.received) == [Quantity(200), Quantity(800)])
    #expect(try await network.balance("curie", "SWAB") == 800)
    try await network.expectTold(decision, of: number)
    #expect(try await network.database.read { try StockLedger.reconcile(in: $0).agrees })
  }

  @Test(arguments: Backend.available)
  func `several deliveries are shared on their days, and the reserve has its keeper`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    try await network.reported(1, used: 2_800, left: 500)
    try await network.reported(2, used: 2_800, left: 0)
    let first = try await network.sent(.swabs(key: "a", berard: 2, curie: 2))
    let second = try await network.sent(.swabs(key: "b", berard: 2, curie: 2))
    try await network.acknowledge(first, on: Network.day + 2)
    try await network.acknowledge(second, on: Network.day + 5)
    var question = AllocationQuestion.swabs(.orders([], expiry: nil))
    question.reserve = Quantity(100)
    question.reserveAt = "ico"
    let decision = try await network.decide(question)
    #expect(decision.deliveries.map(\.day) == [Network.day + 2, Network.day + 5])
    #expect(
      decision.deliveries.map { $0.shares.map { "\($0.centre) \($0.quantity)" } } == [
        ["curie 300", "ico 100"], ["berard 300", "curie 100"],
      ]
    )
    #expect(decision.deliveries.flatMap(\.shares).filter(\.isReserve).map(\.centre) == ["ico"])
    let entry = ReceiptRequest.Entry(line: 1, accepted: Quantity(400))
    let receipt = try await network.receive(first, entry)
    #expect(receipt.lines.map { "\($0.centre) \($0.accepted)" } == ["curie 300", "ico 100"])
  }

  @Test(arguments: Backend.available)
  func `deciders at the same time never promise more than is coming`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 2_800, left: 0)
    try await network.reported(2, used: 2_800, left: 0)
    let number = try await network.sent()
    try await network.acknowledge(number, on: Network.day + 7)
    let decided = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<6 {
        group.addTask {
          (try? await network.decide(.swabs(.orders([number], expiry: nil), key: "k\(index)"))) != nil
        }
      }
      return await group.reduce(0) { $1 ? $0 + 1 : $0 }
    }
    #expect(decided == 1)
    let decisions = try await network.database.read { try AllocationDecision.list(in: $0) }
    #expect(decisions.count == 1)
    let promised = decisions.flatMap(\.deliveries).flatMap(\.shares).reduce(Quantity.zero) {
      $0 + $1.quantity
    }
    #expect(promised == Quantity(2_000))
    await #expect(throws: AllocationError.nothingToShare("SWAB", "all that is coming was promised already")) {
      try await network.decide(.swabs(.orders([number], expiry: nil), key: "again"))
    }
  }

  @Test(arguments: Backend.available)
  func `a cancelled decision frees what did not come in`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 2_800, left: 0)
    try await network.reported(2, used: 2_800, left: 0)
    let number = try await network.sent()
    try await network.acknowledge(number, on: Network.day + 7)
    _ = try await network.decide(.swabs(.orders([number], expiry: nil)))
    _ = try await network.receive(number, ReceiptRequest.Entry(line: 1, accepted: Quantity(500)))
    let cancelled = try await network.database.write {
      try AllocationDecision.cancel("q1", because: "another rule", by: Network.stamp, in: $0)
    }
    #expect(cancelled.state == .cancelled)
    await #expect(throws: AllocationError.cancelled("q1")) {
      try await network.decide(.swabs(.orders([number], expiry: nil)))
    }
    let next = try await network.decide(.swabs(.orders([number], expiry: nil), key: "q2", rule: .need))
    #expect(next.supply == Quantity(1_500))
    #expect(next.lines.reduce(Quantity.zero) { $0 + $1.quantity } == Quantity(1_500))
  }

  @Test(arguments: Backend.available)
  func `what a centre spares is proposed to the others, the first to expire first, and it keeps the reserve`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 28, left: 500)
    try await network.reported(2, used: 280, left: 0)
    try await network.reported(3, used: 280, left: 100)
    var question = AllocationQuestion.swabs(.stock("berard", packUnits: Quantity(10)))
    question.reserve = Quantity(200)
    let decision = try await network.decide(question)
    #expect(decision.lines.map { "\($0.centre) \($0.quantity)" } == ["curie 200", "ico 100"])
    let transfers = try await network.database.read { try Transfer.list(in: $0) }
    #expect(
      transfers.map { "\($0.from) \($0.to) \($0.quantity) \($0.keep) \($0.state)" } == [
        "berard ico 100 200 proposed", "berard curie 200 200 proposed",
      ]
    )
    await #expect(throws: AllocationError.nothingToShare("SWAB", "curie has none that it did not promise")) {
      try await network.decide(.swabs(.stock("curie", packUnits: Quantity(10)), key: "q2"))
    }
    _ = try await network.database.write {
      try AllocationDecision.cancel("q1", because: "not needed", by: Network.stamp, in: $0)
    }
    #expect(try await network.database.read { try Transfer.list(state: .cancelled, in: $0) }.count == 2)
  }
}

extension Network {
  /// The order says who got what by which decision, and the list of decisions says what it shared.
  fileprivate func expectTold(_ decision: AllocationDecision, of number: PurchaseOrder.Number) async throws {
    let (parts, summaries, none) = try await database.read { connection in
      let order = try PurchaseOrder.find(number, in: connection)
      return (
        try OrderSharing.all(of: order, in: connection),
        try AllocationSummary.list(of: "SWAB", in: connection),
        try AllocationSummary.list(of: "TUBE", in: connection)
      )
    }
    let own = parts.filter { $0.key == decision.key }
    #expect(own.map(\.centre) == decision.lines.map(\.centre))
    #expect(own.map(\.quantity) == decision.lines.map(\.quantity))
    #expect(own.map(\.sentence) == decision.lines.map(\.sentence))
    #expect(parts.allSatisfy { $0.key == decision.key || $0.key.hasPrefix("receipt/\(number)/") })
    let summary = summaries.first { $0.key == decision.key }
    #expect(summary?.supply == decision.supply && summary?.centres == 2 && none.isEmpty)
  }
}
