/// A lot as the use of stock sees it.
package struct ExpiringStock: Equatable, Sendable {
  package var quantity: Int64
  /// The last day of use; nil for none.
  package var expiry: Day?
  package var isHeld: Bool

  package init(quantity: Int64, expiry: Day?, isHeld: Bool = false) {
    self.quantity = quantity
    self.expiry = expiry
    self.isHeld = isHeld
  }
}

/// What of a stock can be used, and why the rest cannot. The parts add up to what is on hand.
package struct UsableStock: Hashable, Sendable {
  package var usable: Int64 = 0
  package var held: Int64 = 0
  package var expired: Int64 = 0
  /// Will expire before its turn to be used comes.
  package var unusedAtExpiry: Int64 = 0

  package var onHand: Int64 { usable + held + expired + unusedAtExpiry }
}

extension UsableStock {
  /// Uses the lots up in the order in which they expire, at a steady rate from `today` on.
  ///
  /// By the end of the day of expiry of a lot, `today` included, no more than rate × days can have been used, rounded
  /// down; what the lots up to it hold beyond that expires unused. Where the use is unknown or nothing, nothing is
  /// taken off, for nobody can tell. Cost: linear in the lots.
  ///
  /// - Parameters:
  ///   - lots: in the order of expiry, those without one last.
  ///   - today: the first day of use.
  ///   - use: the mean daily use.
  ///
  /// Cost: linear in the lots.
  package init(of lots: [ExpiringStock], on today: Day, use: DailyUse) {
    for lot in lots {
      if lot.isHeld {
        held += lot.quantity
      } else if let expiry = lot.expiry, expiry < today {
        expired += lot.quantity
      } else {
        let room = Self.room(until: lot.expiry, from: today, use: use).map { max(0, $0 - usable) }
        let part = min(lot.quantity, room ?? lot.quantity)
        usable += part
        unusedAtExpiry += lot.quantity - part
      }
    }
  }

  /// The most that can be used up to a day; nil where nothing limits it.
  private static func room(until expiry: Day?, from today: Day, use: DailyUse) -> Int64? {
    guard let expiry, case .known(let units, _) = use, units > 0 else { return nil }
    return use.units(in: expiry.rawValue - today.rawValue + 1, rounding: .down)
  }
}
