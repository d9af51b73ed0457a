/// A scarce supply shared under one rule.
package struct Allocation: Hashable, Sendable {
  /// What one centre gets of one delivery, or of all of them.
  package struct Line: Hashable, Sendable {
    package var centre: String
    package var packs: Int
    package var quantity: Int
    /// The share in packs before it was rounded; nil for the rules that give pack by pack.
    package var exactShare: Fraction?
    /// Days of cover just before and just after, counted on the day of the delivery; nil without use.
    package var coverBefore: Fraction?
    package var coverAfter: Fraction?
    package var reason: AllocationReason
  }

  package struct Share: Hashable, Sendable {
    package var delivery: AllocationProblem.Delivery
    package var lines: [Line]
    /// Units kept at the network for the reserve, and units that nobody could take, after this delivery.
    package var reserve: Int
    package var unallocated: Int
  }

  /// A centre over all deliveries.
  package struct Total: Hashable, Sendable {
    package var centre: String
    package var asked: Int?
    package var baseline: Int?
    package var need: Int?
    package var quantity: Int
    package var coverBefore: Fraction?
    package var coverAfter: Fraction?
    package var reason: AllocationReason

    /// Units of the need that are not met; nil when the need is not known.
    package var short: Int? { need.map { max(0, $0 - quantity) } }
  }

  package var rule: AllocationRule
  package var packSize: Int
  package var shares: [Share]
  package var totals: [Total]

  package var reserve: Int { shares.last?.reserve ?? 0 }
  package var unallocated: Int { shares.last?.unallocated ?? 0 }
  package var allocated: Int { totals.reduce(0) { $0 + $1.quantity } }
  /// The fewest days of cover that any centre with a use has at the end.
  package var lowestCover: Fraction? { totals.compactMap(\.coverAfter).min() }
}
