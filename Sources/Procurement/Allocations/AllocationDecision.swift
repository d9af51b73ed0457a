package import Inventory

/// A scarce supply shared among centres under one rule, as it was decided: every figure it rests on is kept.
package struct AllocationDecision: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<AllocationDecision>

  package let id: ID
  /// By which the same decision sent twice is known.
  package var key: String
  package var item: Item.SKU
  package var rule: String
  package var packUnits: Quantity
  package var supply: Quantity
  /// What is kept of it for the reserve: less than was asked for where the supply is smaller.
  package var reserve: Quantity
  /// What nobody could take.
  package var leftOver: Quantity
  package var decidedOn: Day
  package var reason: String
  package var state: State
  /// Why it was given up; nil while it stands.
  package var cancelledBecause: String?
  /// By centre.
  package var lines: [Line]
  /// By day; empty where the decision was not asked with a question.
  package var deliveries: [Delivery]

  package enum State: String, CaseIterable, Codable, Sendable { case decided, cancelled }

  package struct Line: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var asked: Quantity?
    package var baseline: Quantity?
    package var need: Quantity?
    package var floor: Quantity
    package var priority: Int64
    package var stock: Quantity
    /// So many base units in so many days; nil where the use is unknown.
    package var usedUnits: Quantity?
    package var usedDays: Int64?
    package var quantity: Quantity
    /// Whole days of cover when the stock was counted and after the last delivery, rounded down; nil where no use is
    /// known.
    package var coverBefore: Int64?
    package var coverAfter: Int64?
    package var reason: String
    package var sentence: String

    /// Base units of the need that are not met; nil where the need is not known.
    package var short: Quantity? { need.map { max(.zero, $0 - quantity) } }
  }

  /// What one delivery brings, and to whom it goes.
  package struct Delivery: Equatable, Sendable, Codable {
    package var number: Int64
    package var day: Day
    package var quantity: Quantity
    package var expiry: Day?
    /// The order that brings it, and its line; nil where it is there already or was only stated.
    package var order: PurchaseOrder.Number?
    package var line: Int64?
    /// Those who get something of it, by centre.
    package var shares: [Share]
  }

  package struct Share: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var quantity: Quantity
    /// Base units that came in under this decision.
    package var received: Quantity
    /// Kept for the network, not for the centre's own use.
    package var isReserve: Bool
    /// The share in packs before it was rounded, a reduced fraction; nil for rules that give pack by pack.
    package var exactPacks: String?
    package var coverBefore: Int64?
    package var coverAfter: Int64?
    package var reason: String
    package var sentence: String

    package var outstanding: Quantity { quantity - received }
  }
}
