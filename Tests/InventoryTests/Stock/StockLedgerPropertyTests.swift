import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct StockLedgerPropertyTests {
  /// Random movements by several writers at once, on few lots and few days so that they collide.
  private func storm(_ stock: StockFixture, writers: Int, each count: Int) async throws -> (
    kept: Int, refused: Int
  ) {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for writer in 0..<writers {
        for index in 0..<count {
          var generator = SeededGenerator(seed: UInt64(writer * 1_000 + index))
          let quantity = Int64.random(in: 1...60, using: &generator)
          let isCredit = Int.random(in: 0..<5, using: &generator) < 2
          let day = StockFixture.monday + Int64.random(in: 0..<10, using: &generator)
          let centre = Bool.random(using: &generator) ? "berard" : "curie"
          let lot = ["", "L1", "L2"].randomElement(using: &generator) ?? ""
          let reason: MovementReason = isCredit ? .receipt : .use
          group.addTask {
            do {
              try await stock.post(centre, "SWAB", day, reason, isCredit ? quantity : -quantity, lot: lot)
              return true
            } catch StockError.insufficient {
              return false
            }
          }
        }
      }
      return try await group.reduce(into: (0, 0)) { counts, kept in
        if kept { counts.0 += 1 } else { counts.1 += 1 }
      }
    }
  }

  @Test(arguments: Backend.available)
  func `whatever writes at once, no day of any lot ends below zero and balances are sums`(
    backend: Backend
  ) async throws {
    let stock = try await StockFixture(backend)
    let (kept, refused) = try await storm(stock, writers: 4, each: 40)
    let result = try await stock.reconcile()
    #expect(result.discrepancies.isEmpty)
    #expect(result.movements == Int64(kept))
    #expect(refused > 0)
    #expect(kept > 0)
  }

  /// A plain model of a lot: its movements, and the rule that no day may end below zero.
  private struct Model {
    var movements: [(day: Day, quantity: Int64)] = []

    func accepts(_ day: Day, _ quantity: Int64) -> Bool {
      let all = movements + [(day, quantity)]
      return Set(all.map(\.day)).allSatisfy { end in
        all.filter { $0.day <= end }.reduce(0) { $0 + $1.quantity } >= 0
      }
    }
  }

  @Test(arguments: Backend.available, [UInt64(1), 2])
  func `a movement is taken exactly when every day can bear it`(backend: Backend, seed: UInt64) async throws {
    let stock = try await StockFixture(backend)
    var generator = SeededGenerator(seed: seed)
    var model = Model()
    for _ in 0..<60 {
      let day = StockFixture.monday + Int64.random(in: 0..<12, using: &generator)
      let quantity = Int64.random(in: -30...30, using: &generator)
      guard quantity != 0 else { continue }
      let expected = model.accepts(day, quantity)
      do {
        try await stock.post("berard", "SWAB", day, .adjustment, quantity)
        #expect(expected)
        model.movements.append((day, quantity))
      } catch StockError.insufficient {
        #expect(!expected)
      }
    }
    let total = model.movements.reduce(0) { $0 + $1.quantity }
    #expect(try await stock.balances() == ["berard/SWAB: \(total)"])
    #expect(try await stock.reconcile().agrees)
  }

  @Test(arguments: Backend.available, [UInt64(3), 4])
  func `after any late movement every count still says what was counted`(
    backend: Backend,
    seed: UInt64
  ) async throws {
    let stock = try await StockFixture(backend)
    var generator = SeededGenerator(seed: seed)
    var counted: [Day: Int64] = [:]
    for step in 0..<40 {
      let day = StockFixture.monday + Int64.random(in: 0..<20, using: &generator)
      if step.isMultiple(of: 4), counted[day] == nil {
        let count = Int64.random(in: 0...80, using: &generator)
        if try await take(count, on: day, in: stock) { counted[day] = count }
      } else {
        let quantity = Int64.random(in: -10...30, using: &generator)
        let after = Set(counted.keys)
        guard quantity != 0, !after.contains(day) else { continue }
        do {
          try await stock.post("berard", "SWAB", day, .adjustment, quantity)
        } catch StockError.insufficient {}
      }
    }
    #expect(counted.count > 3)
    for (day, count) in counted { #expect(try await balance(on: day, in: stock) == count, "\(day)") }
    #expect(try await stock.reconcile().agrees)
  }

  private func take(_ count: Int64, on day: Day, in stock: StockFixture) async throws -> Bool {
    let defaults = ReportDefaults(centre: Centre.Code("berard"), day: day)
    do {
      _ = try await StockReports.take(
        .text("item,counted\nSWAB,\(count)\n"),
        defaults: defaults,
        by: StockFixture.stamp,
        in: stock.database
      )
      return true
    } catch StockError.insufficient {
      return false
    }
  }

  private func balance(on day: Day, in stock: StockFixture) async throws -> Int64? {
    try await stock.database.read { connection in
      try connection.query(
        "SELECT CAST(SUM(quantity) AS BIGINT) FROM stock_movement WHERE day <= \(day)"
      ).map { try $0.decode(as: Int64?.self) }.first ?? nil
    }
  }
}
