package import Inventory
package import Planning

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
  /// By centre.
  package var lines: [Line]

  package struct Line: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var need: Quantity?
    package var stock: Quantity
    package var quantity: Quantity
    /// Whole days of cover after the delivery, rounded down; nil where no use is known.
    package var coverAfter: Int64?
    package var reason: String
    package var sentence: String
  }
}

/// A supply that is too small, and what is known of each centre.
package struct AllocationRequest: Equatable, Sendable {
  package var key: String
  package var item: Item.SKU
  package var rule: AllocationRule
  package var packUnits: Quantity
  package var supply: Quantity
  package var reserve: Quantity
  package var reason: String
  package var centres: [Claim]

  package struct Claim: Equatable, Sendable {
    package var centre: Centre.Code
    package var stock: Quantity
    package var use: Inventory.DailyUse
    package var need: Quantity?
    /// The use of normal times, by which inflated requests are cut; nil where none was declared.
    package var baseline: Quantity?

    package init(
      centre: Centre.Code,
      stock: Quantity,
      use: Inventory.DailyUse,
      need: Quantity?,
      baseline: Quantity? = nil
    ) {
      self.centre = centre
      self.stock = stock
      self.use = use
      self.need = need
      self.baseline = baseline
    }
  }

  package init(
    key: String,
    item: Item.SKU,
    rule: AllocationRule,
    packUnits: Quantity,
    supply: Quantity,
    reserve: Quantity = .zero,
    reason: String,
    centres: [Claim]
  ) {
    self.key = key
    self.item = item
    self.rule = rule
    self.packUnits = packUnits
    self.supply = supply
    self.reserve = reserve
    self.reason = reason
    self.centres = centres
  }
}

extension AllocationRequest {
  /// The request as the mathematics takes it: one delivery, today.
  var problem: AllocationProblem {
    AllocationProblem(
      packSize: Int(packUnits.units),
      reserve: Int(reserve.units),
      deliveries: [AllocationProblem.Delivery(day: 0, quantity: Int(supply.units))],
      centres: centres.map { claim in
        AllocationProblem.Centre(
          claim.centre.rawValue,
          stock: Int(claim.stock.units),
          use: claim.use.planned,
          asked: claim.need.map { Int($0.units) },
          baseline: claim.baseline.map { Int($0.units) }
        )
      }
    )
  }
}

extension Inventory.DailyUse {
  /// The same mean use as the mathematics takes it; nil where it is unknown.
  fileprivate var planned: Planning.DailyUse? {
    guard case .known(let units, let days) = self else { return nil }
    return Planning.DailyUse(Int(units), perDays: Int(days))
  }
}

package enum AllocationError: DomainError, Equatable {
  case noSuchAllocation(String)
  case invalid([Finding])
  case keyDiffers(String)

  package var kind: ErrorKind {
    switch self {
    case .noSuchAllocation: .notFound
    case .invalid: .invalid
    case .keyDiffers: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchAllocation: "allocation.not-found"
    case .invalid: "allocation.invalid"
    case .keyDiffers: "allocation.key-differs"
    }
  }
  package var findings: [Finding] {
    if case .invalid(let findings) = self { findings } else { [] }
  }
  package var description: String {
    switch self {
    case .noSuchAllocation(let key): "no allocation “\(key)”"
    case .invalid: "the supply cannot be shared as it is stated"
    case .keyDiffers(let key): "the key “\(key)” was used for an allocation that says something else"
    }
  }
}
