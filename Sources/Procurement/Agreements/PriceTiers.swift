package import Inventory

/// The price of a pack by the number of packs bought, in one order line.
///
/// Prices are for a pack, so that every cost is exact. The first tier's price holds below it too: how few packs may be
/// ordered is not the price's to say.
package struct PriceTiers: Equatable, Sendable, Codable {
  package let mode: Mode
  /// By `from`, ascending.
  package let tiers: [Tier]

  package enum Mode: String, CaseIterable, Codable, Sendable {
    /// The tier that is reached sets the price of every pack.
    case allUnits = "all_units"
    /// Each pack costs what its own tier says.
    case incremental
  }

  package struct Tier: Equatable, Sendable, Codable {
    /// Packs from which the price holds.
    package var from: Int64
    package var price: Money

    package init(from: Int64, price: Money) {
      self.from = from
      self.price = price
    }
  }

  /// Nil without a tier, with two tiers from the same number, or with a number or a price that is negative.
  package init?(_ mode: Mode, _ tiers: [Tier]) {
    let ordered = tiers.sorted { $0.from < $1.from }
    guard !ordered.isEmpty, ordered.allSatisfy({ $0.from > 0 && $0.price >= .zero }),
      zip(ordered, ordered.dropFirst()).allSatisfy({ $0.from < $1.from })
    else { return nil }
    self.mode = mode
    self.tiers = ordered
  }

  /// What `packs` cost together; nil for a negative number and beyond what 64 bits hold.
  package func cost(of packs: Int64) -> Money? {
    guard packs >= 0 else { return nil }
    switch mode {
    case .allUnits: return Self.product(packs, tier(at: packs).price)
    case .incremental:
      var total = Money.zero
      for (index, tier) in tiers.enumerated() {
        let first = index == 0 ? 1 : tier.from
        let next = index + 1 < tiers.count ? tiers[index + 1].from : Int64.max
        guard packs >= first else { break }
        guard let part = Self.product(min(packs, next - 1) - first + 1, tier.price),
          let sum = Self.sum(total, part)
        else { return nil }
        total = sum
      }
      return total
    }
  }

  /// The numbers of packs above `packs` at which the price changes.
  package func breaks(after packs: Int64) -> [Int64] { tiers.map(\.from).filter { $0 > packs } }

  /// The tier that `packs` reach.
  package func tier(at packs: Int64) -> Tier { tiers.last { $0.from <= packs } ?? tiers[0] }

  private static func product(_ packs: Int64, _ price: Money) -> Money? {
    let (cents, overflow) = packs.multipliedReportingOverflow(by: price.cents)
    return overflow ? nil : Money(cents: cents)
  }

  private static func sum(_ left: Money, _ right: Money) -> Money? {
    let (cents, overflow) = left.cents.addingReportingOverflow(right.cents)
    return overflow ? nil : Money(cents: cents)
  }
}
