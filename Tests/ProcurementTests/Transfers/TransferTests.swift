import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct TransferTests {
  @Test(arguments: Backend.available)
  func `goods go by lot, the first to expire first, and what is missing has a reason`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.stock([("LATE", 200, 100), ("SOON", 20, 30)])
    let number = try await network.agreed(.swabs(80, keep: 50))
    let sent = try await network.send(number)
    #expect(sent.lots.map { "\($0.lot) \($0.sent)" } == ["SOON 30", "LATE 50"])
    #expect(try await network.balance("berard", "SWAB") == 50)
    #expect(try await network.balance("curie", "SWAB") == 0)
    let missing = Transfer.Missing(lot: "LATE", quantity: Quantity(20), reason: "broken")
    let received = try await network.take(number, [missing])
    #expect(received.lots.map(\.received) == [Quantity(30), Quantity(30)])
    #expect(received.lots.map(\.reason) == [nil, "broken"])
    #expect(try await network.balance("curie", "SWAB") == 60)
    let actions = try await network.database.read { connection in
      #expect(try Audit.verify(in: connection).isSound)
      #expect(try StockLedger.reconcile(in: connection).agrees)
      return try AuditEntry.latest(10, subject: "transfer \(number)", in: connection).map(\.action)
    }
    #expect(actions == ["transfer.receive", "transfer.send", "transfer.agree", "transfer.propose"])
  }

  @Test(arguments: Backend.available)
  func `a step taken twice happens once`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    let number = try await network.agreed(.swabs(40, keep: 0))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<6 { group.addTask { await Issue.recording { _ = try await network.send(number) } } }
    }
    #expect(try await network.balance("berard", "SWAB") == 60)
    let first = try await network.take(number)
    #expect(try await network.take(number) == first)
    #expect(try await network.balance("curie", "SWAB") == 40)
    await #expect(throws: TransferError.receiptDiffers(number)) {
      try await network.take(number, [.init(lot: "A", quantity: Quantity(1), reason: "lost")])
    }
  }

  @Test(arguments: Backend.available)
  func `the donor keeps what it must, counting what it promised`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    _ = try await network.propose(.swabs(50, keep: 20))
    let low = TransferError.donorTooLow(
      "berard",
      usable: Quantity(50),
      keep: Quantity(20),
      asked: Quantity(31)
    )
    await #expect(throws: low) { try await network.propose(.swabs(31, keep: 20, key: "k2")) }
    _ = try await network.propose(.swabs(30, keep: 20, key: "k3"))
  }

  @Test(arguments: Backend.available)
  func `sends at the same time never take the donor below what it must keep`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    var numbers: [Transfer.Number] = []
    for index in 0..<6 { numbers.append(try await network.agreed(.swabs(15, keep: 10, key: "k\(index)"))) }
    _ = try await network.database.write { connection in
      try StockLedger.issue(
        item: .init(rawValue: 1),
        centre: .init(rawValue: 1),
        quantity: Quantity(40),
        day: Network.day,
        reason: .use,
        by: Network.stamp,
        in: connection
      )
    }
    let sent = await withTaskGroup(of: Bool.self) { group in
      for number in numbers { group.addTask { (try? await network.send(number)) != nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(sent == 3)
    #expect(try await network.balance("berard", "SWAB") == 15)
  }

  @Test(arguments: Backend.available)
  func `a transfer is cancelled only before it is sent`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    let first = try await network.agreed(.swabs(90, keep: 10))
    _ = try await network.cancel(first)
    let second = try await network.agreed(.swabs(90, keep: 10, key: "k2"))
    _ = try await network.send(second)
    await #expect(throws: TransferError.notAllowed("cancel", second, .sent)) {
      try await network.cancel(second)
    }
    await #expect(throws: TransferError.notAllowed("send", first, .cancelled)) {
      try await network.send(first)
    }
  }

  @Test(arguments: Backend.available)
  func `a key says one thing`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    let known = try await network.propose(.swabs(10, keep: 5))
    #expect(try await network.propose(.swabs(10, keep: 5)) == known)
    for other in [TransferRequest.swabs(11, keep: 5), .swabs(10, keep: 0), .swabs(10, keep: 5, reason: "b")] {
      await #expect(throws: TransferError.keyDiffers("k1", known.number)) {
        try await network.propose(other)
      }
    }
    await #expect(throws: TransferError.nothingToSend) {
      try await network.propose(.swabs(0, keep: 0, key: "k2"))
    }
    await #expect(throws: TransferError.keepsLessThanNothing(Quantity(-1))) {
      try await network.propose(.swabs(1, keep: -1, key: "k2"))
    }
  }

  @Test(arguments: Backend.available)
  func `a receipt that does not fit is refused whole`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock([("A", 200, 100)])
    let number = try await network.agreed(.swabs(40, keep: 0))
    _ = try await network.send(number)
    let missing: [Transfer.Missing] = [
      .init(lot: "B", quantity: Quantity(1), reason: "lost"),
      .init(lot: "A", quantity: Quantity(41), reason: "lost"),
      .init(lot: "A", quantity: Quantity(1), reason: "lost"),
    ]
    let findings = [
      Finding(line: 1, field: "lot", found: "B", expected: "a lot that was sent"),
      Finding(line: 2, field: "quantity", found: "41", expected: "1 to 40, what was sent of the lot"),
      Finding(line: 3, field: "lot", found: "A", expected: "each lot once"),
    ]
    await #expect(throws: TransferError.receiptInvalid(findings)) {
      try await network.take(number, missing)
    }
    let silent = Transfer.Missing(lot: "A", quantity: Quantity(1), reason: " ")
    let reason = Finding(line: 1, field: "reason", found: "", expected: "why it did not arrive")
    await #expect(throws: TransferError.receiptInvalid([reason])) {
      try await network.take(number, [silent])
    }
    #expect(try await network.balance("curie", "SWAB") == 0)
  }
}

extension Issue {
  /// Runs what must not fail.
  fileprivate static func recording(_ body: () async throws -> Void) async {
    do { try await body() } catch { record(error) }
  }
}

extension TransferRequest {
  fileprivate static func swabs(
    _ quantity: Int64,
    keep: Int64,
    key: String = "k1",
    reason: String = "a"
  ) -> TransferRequest {
    TransferRequest(
      key: key,
      from: "berard",
      to: "curie",
      item: "SWAB",
      quantity: Quantity(quantity),
      keep: Quantity(keep),
      reason: reason
    )
  }
}

extension Network {
  /// Puts lots of swabs into berard's stock: number, days until expiry, units.
  fileprivate func stock(_ lots: [(String, Int64, Int64)]) async throws {
    try await database.write { connection in
      let item = Item.ID(rawValue: 1)
      for (number, days, units) in lots {
        let lot = try Lot.resolve(item: item, number: number, expiry: Network.day + days, in: connection)
        let posting = Posting(
          centre: .init(rawValue: 1),
          item: item,
          lot: lot.id,
          day: Network.day,
          quantity: Quantity(units),
          reason: .receipt
        )
        try StockLedger.post([posting], by: Network.stamp, in: connection)
      }
    }
  }

  @discardableResult
  fileprivate func propose(_ request: TransferRequest) async throws -> Transfer {
    try await database.write { try Transfer.propose(request, by: Network.stamp, in: $0) }
  }

  fileprivate func agreed(_ request: TransferRequest) async throws -> Transfer.Number {
    let number = try await propose(request).number
    return try await database.write { try Transfer.agree(number, by: Network.stamp, in: $0) }.number
  }

  @discardableResult
  fileprivate func send(_ number: Transfer.Number) async throws -> Transfer {
    try await database.write { try Transfer.send(number, on: Network.day, by: Network.stamp, in: $0) }
  }

  @discardableResult
  fileprivate func cancel(_ number: Transfer.Number) async throws -> Transfer {
    try await database.write { try Transfer.cancel(number, by: Network.stamp, in: $0) }
  }

  @discardableResult
  fileprivate func take(
    _ number: Transfer.Number,
    _ missing: [Transfer.Missing] = []
  ) async throws -> Transfer {
    try await database.write {
      try Transfer.receive(number, on: Network.day + 1, missing: missing, by: Network.stamp(1), in: $0)
    }
  }
}
