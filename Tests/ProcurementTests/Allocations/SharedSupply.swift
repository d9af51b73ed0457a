import Inventory
import Planning
import Storage
import TestSupport

@testable import Procurement

extension Network {
  /// Four weeks of use, seven days apart, and what is left at the end: `used` in all, `left` on the shelf.
  func reported(_ centre: Int64, used: Int64, left: Int64, expiry: Day? = nil) async throws {
    try await database.write { connection in
      let lot = try Lot.resolve(
        item: .init(rawValue: 1),
        number: expiry == nil ? "" : "L\(centre)",
        expiry: expiry,
        in: connection
      )
      func post(_ day: Day, _ quantity: Int64, _ reason: MovementReason) throws {
        guard quantity != 0 else { return }
        let posting = Posting(
          centre: .init(rawValue: centre),
          item: .init(rawValue: 1),
          lot: lot.id,
          day: day,
          quantity: Quantity(quantity),
          reason: reason
        )
        try StockLedger.post([posting], by: Network.stamp, in: connection)
      }
      try post(Network.day - 28, used + left, .receipt)
      for week in 0..<Int64(4) { try post(Network.day - 7 * week, -used / 4, .use) }
    }
  }

  func declare(_ terms: SharingTerms...) async throws {
    let entries = terms.map { SharingTermsEntry(terms: $0) }
    try await database.write { try SharingTerms.declare(entries, by: Network.stamp, in: $0) }
  }

  func decide(_ question: AllocationQuestion) async throws -> AllocationDecision {
    try await database.write { try question.decide(by: Network.stamp, in: $0) }
  }

  func acknowledge(_ number: PurchaseOrder.Number, on day: Day) async throws {
    try await database.write {
      try PurchaseOrder.acknowledge(number, expectedOn: day, by: Network.stamp, in: $0)
    }
  }
}

extension SharingTerms {
  static func swab(
    _ centre: Centre.Code,
    baseline: Int64?,
    from: Day = Network.day - 200,
    priority: Int64 = 1,
    floor: Int64 = 0
  ) -> SharingTerms {
    SharingTerms(
      item: "SWAB",
      centre: centre,
      startsOn: from,
      baseline: baseline.map { .init(units: Quantity($0), days: 28) },
      priority: priority,
      floor: Quantity(floor),
      source: "use of 2019"
    )
  }
}

extension AllocationQuestion {
  static func swabs(
    _ supply: Supply,
    key: String = "q1",
    rule: AllocationRule = .equalCover,
    asked: [(Centre.Code, Int64)] = []
  ) -> AllocationQuestion {
    var question = AllocationQuestion(
      key: key,
      item: "SWAB",
      rule: rule,
      supply: supply,
      day: Network.day,
      reason: "short"
    )
    question.requests = asked.map { Request(centre: $0, asked: Quantity($1)) }
    return question
  }

  static func stated(_ units: Int64, pack: Int64 = 10) -> Supply {
    .stated(Quantity(units), packUnits: Quantity(pack), expiry: nil)
  }
}
