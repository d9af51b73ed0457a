package import Inventory

/// How far a lot may go, and how far it has gone.
///
/// A maximum in value or in quantity is compulsory (CJEU 17 June 2021, C-23/20, Simonsen & Weel): once it is reached
/// the agreement has spent its effects, and no order follows.
package struct Ceiling: Equatable, Sendable, Codable {
  package var maximumValue: Money?
  package var maximumQuantity: Quantity?
  package var committedValue: Money
  package var committedQuantity: Quantity

  package init(
    maximumValue: Money? = nil,
    maximumQuantity: Quantity? = nil,
    committedValue: Money = .zero,
    committedQuantity: Quantity = .zero
  ) {
    self.maximumValue = maximumValue
    self.maximumQuantity = maximumQuantity
    self.committedValue = committedValue
    self.committedQuantity = committedQuantity
  }

  /// Value and base units that an order takes of a ceiling, or gives back.
  package struct Draw: Equatable, Sendable, Codable {
    package var value: Money
    package var quantity: Quantity

    package init(value: Money, quantity: Quantity) {
      self.value = value
      self.quantity = quantity
    }

    package static let nothing = Draw(value: .zero, quantity: .zero)
    package static func + (left: Draw, right: Draw) -> Draw {
      Draw(value: left.value + right.value, quantity: left.quantity + right.quantity)
    }
    package static func - (left: Draw, right: Draw) -> Draw {
      Draw(value: left.value - right.value, quantity: left.quantity - right.quantity)
    }
  }

  /// What is left; nil where that measure has no maximum.
  package var roomInValue: Money? { maximumValue.map { $0 - committedValue } }
  package var roomInQuantity: Quantity? { maximumQuantity.map { $0 - committedQuantity } }

  package func allows(_ draw: Draw) -> Bool {
    (roomInValue.map { draw.value <= $0 } ?? true) && (roomInQuantity.map { draw.quantity <= $0 } ?? true)
  }

  package func drawing(_ draw: Draw) -> Ceiling {
    var ceiling = self
    ceiling.committedValue = committedValue + draw.value
    ceiling.committedQuantity = committedQuantity + draw.quantity
    return ceiling
  }

  /// A part of the ceiling that someone should know is used.
  package enum Level: Int64, CaseIterable, Codable, Sendable {
    case seventy = 70, ninety = 90, full = 100
  }

  /// The levels reached, by whichever measure is further on.
  package var levels: [Level] { Level.allCases.filter { isReached($0) } }

  /// Hundredths of the maximum that are used, rounded down, by whichever measure is further on.
  package var percentUsed: Int64 {
    let byValue = maximumValue.map { Int128(committedValue.cents) * 100 / Int128(max(1, $0.cents)) } ?? 0
    let byQuantity =
      maximumQuantity.map { Int128(committedQuantity.units) * 100 / Int128(max(1, $0.units)) } ?? 0
    return Int64(clamping: max(byValue, byQuantity))
  }

  private func isReached(_ level: Level) -> Bool { percentUsed >= level.rawValue }
}
