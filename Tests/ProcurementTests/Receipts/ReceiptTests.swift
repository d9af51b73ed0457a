import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct ReceiptTests {
  @Test(arguments: Backend.available)
  func `a short delivery is shared in whole packs by what each centre waits for`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let number = try await network.sent(.swabs(berard: 13, curie: 7))
    let receipt = try await network.receive(
      number,
      .init(line: 1, lot: "L1", expiry: Network.day + 300, accepted: Quantity(1100))
    )
    #expect(receipt.lines.map { "\($0.centre) \($0.accepted)" } == ["berard 700", "curie 400"])
    #expect(try await network.order(number).state == .partlyReceived)
    #expect(try await network.balance("berard", "SWAB") == 700)
    #expect(try await network.balance("curie", "SWAB") == 400)
    try await network.receive(number, key: "d2", .init(line: 1, lot: "L2", accepted: Quantity(900)))
    let order = try await network.order(number)
    #expect(order.state == .received)
    #expect(order.lines[0].shares.map(\.received) == [Quantity(1300), Quantity(700)])
  }

  @Test(arguments: Backend.available)
  func `a delivery note sent twice at once counts once`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          do {
            try await network.receive(number, .init(line: 1, lot: "L1", accepted: Quantity(500)))
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    #expect(try await network.order(number).lines[0].received == Quantity(500))
    #expect(try await network.balance("berard", "SWAB") + network.balance("curie", "SWAB") == 500)
  }

  @Test(arguments: Backend.available)
  func `another delivery under the same note is refused with the difference`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent()
    try await network.receive(number, .init(line: 1, accepted: Quantity(500)))
    let difference = Finding(
      line: 1,
      field: "entry",
      found: "line 1, 600 accepted, 0 refused",
      expected: "line 1, 500 accepted, 0 refused"
    )
    await #expect(throws: ReceiptError.keyDiffers(number, key: "d1", differences: [difference])) {
      try await network.receive(number, .init(line: 1, accepted: Quantity(600)))
    }
  }

  @Test(arguments: Backend.available)
  func `more than was ordered takes a reason and draws on the ceiling`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent()
    let expected = Finding(line: 1, field: "accepted", found: "2,200", expected: "at most 2,000, or a reason")
    await #expect(throws: ReceiptError.invalid([expected])) {
      try await network.receive(number, .init(line: 1, accepted: Quantity(2200)))
    }
    try await network.receive(
      number,
      .init(line: 1, accepted: Quantity(2200), reason: "two packs free to keep")
    )
    let order = try await network.order(number)
    #expect(order.state == .received)
    #expect(order.lines[0].shares.map(\.received) == [Quantity(1300), Quantity(900)])
    // 2 packs at 9.00 more than the 225.00 of the order.
    #expect(try await network.ceiling(lot: 1).committedValue == Money(cents: 24_300))
  }

  @Test(arguments: Backend.available)
  func `a centre that takes another's packs says why`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent(.swabs(berard: 12, curie: 8))
    let expected = Finding(
      line: 1,
      field: "accepted",
      found: "1,000 at curie",
      expected: "at most 800, or a reason"
    )
    await #expect(throws: ReceiptError.invalid([expected])) {
      try await network.receive(number, .init(line: 1, centre: "curie", accepted: Quantity(1000)))
    }
    try await network.receive(
      number,
      .init(line: 1, centre: "curie", accepted: Quantity(1000), reason: "agreed with berard")
    )
    #expect(try await network.balance("curie", "SWAB") == 1000)
  }

  @Test(arguments: Backend.available)
  func `what is refused comes into no stock and is still waited for`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent(.swabs(berard: 12, curie: 8))
    try await network.receive(
      number,
      .init(
        line: 1,
        centre: "berard",
        lot: "L1",
        accepted: Quantity(900),
        refused: Quantity(300),
        reason: "torn boxes"
      )
    )
    let order = try await network.order(number)
    #expect(order.lines[0].outstanding == Quantity(1100))
    #expect(
      order.lines[0].shares == [
        OrderShare(
          centre: "berard",
          packs: 12,
          cost: Money(cents: 10_800),
          received: Quantity(900),
          refused: Quantity(300)
        ), OrderShare(centre: "curie", packs: 8, cost: Money(cents: 7_200)),
      ]
    )
    #expect(try await network.balance("berard", "SWAB") == 900)
  }

  @Test(arguments: Backend.available)
  func `all that is wrong with a delivery is told at once and nothing of it is taken`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let number = try await network.sent()
    let expected = [
      Finding(line: 1, field: "line", found: "9", expected: "a line of the order, 1 to 1"),
      Finding(line: 2, field: "reason", found: "", expected: "why 5 units were refused"),
      Finding(
        line: 3,
        field: "expiry",
        found: "\(Network.day)",
        expected: "a lot not expired on \(Network.day + 7); refuse what is"
      ),
      Finding(
        line: 4,
        field: "centre",
        found: "150 accepted, 0 refused",
        expected: "whole packs of 100, or the centre that received them"
      ),
    ]
    await #expect(throws: ReceiptError.invalid(expected)) {
      try await network.receive(
        number,
        .init(line: 9, accepted: Quantity(100)),
        .init(line: 1, accepted: Quantity(100), refused: Quantity(5)),
        .init(line: 1, lot: "L1", expiry: Network.day, accepted: Quantity(100)),
        .init(line: 1, accepted: Quantity(150))
      )
    }
    #expect(try await network.order(number).state == .sent)
  }

  @Test(arguments: Backend.available)
  func `closing short takes a reason and gives the ceiling back what never came`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let number = try await network.sent()
    try await network.receive(number, .init(line: 1, accepted: Quantity(1500)))
    await #expect(throws: OrderError.reasonMissing("close short")) {
      try await network.database.write { try PurchaseOrder.close(number, by: Network.stamp, in: $0) }
    }
    for _ in 0..<2 {
      try await network.database.write {
        try PurchaseOrder.close(number, reason: "discontinued", by: Network.stamp, in: $0)
      }
    }
    let ceiling = try await network.ceiling(lot: 1)
    #expect(ceiling.committedValue == Money(cents: 18_000))
    #expect(ceiling.committedQuantity == Quantity(1500))
    #expect(try await network.order(number).state == .closed)
  }

  /// Random deliveries in whole packs, some refused, until everything is there.
  @Test(arguments: Backend.available)
  func `sums are conserved through any run of partial receipts`(backend: Backend) async throws {
    let network = try await Network(backend)
    var generator = SeededGenerator(seed: 11)
    for run in 0..<6 {
      let packs = (0..<3).map { _ in Int64.random(in: 1...40, using: &generator) }
      let whole = packs.reduce(0, +) + packs.reduce(0, +) % 2
      let shares = zip(
        ["berard", "curie", "ico"] as [Centre.Code],
        [packs[0] + whole - packs.reduce(0, +), packs[1], packs[2]]
      )
      let number = try await network.sent(
        OrderRequest(
          key: "run \(run)",
          supplier: "alder",
          agreement: "AC-1",
          lot: 1,
          reason: "test",
          lines: [.init(item: "SWAB", shares: shares.map { .init(centre: $0, packs: $1) })]
        )
      )
      var left = whole
      var delivery = 0
      while left > 0 {
        let part = Int64.random(in: 1...left, using: &generator)
        delivery += 1
        try await network.receive(
          number,
          key: "d\(delivery)",
          .init(line: 1, lot: "L", accepted: Quantity(part * 100))
        )
        left -= part
        let line = try await network.order(number).lines[0]
        #expect(line.received == Quantity((whole - left) * 100))
        #expect(line.shares.allSatisfy { $0.received <= line.packUnits * $0.packs })
      }
      let order = try await network.order(number)
      #expect(order.state == .received)
      #expect(order.lines[0].shares.allSatisfy { $0.received == order.lines[0].packUnits * $0.packs })
    }
    let found = try await network.database.read { try StockLedger.reconcile(in: $0) }
    #expect(found.agrees)
  }
}
