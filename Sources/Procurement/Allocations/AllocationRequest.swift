package import Inventory
package import Planning

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
  /// The day on which the stocks were counted.
  package var day: Day
  /// When the supply comes; empty where all of it is there on `day`.
  package var deliveries: [AllocationProblem.Delivery] = []
  /// The fewest packs worth sending.
  package var minimumPacks: Int64 = 1
  /// Days of cover that a centre needs where neither a request nor a baseline says how much.
  package var coverTarget: Int64?
  /// No request counts above the declared baseline.
  package var capAtBaseline = true

  package struct Claim: Equatable, Sendable {
    package var centre: Centre.Code
    package var stock: Quantity
    package var use: Inventory.DailyUse
    package var need: Quantity?
    /// The use of normal times, by which inflated requests are cut; nil where none was declared.
    package var baseline: Quantity?
    package var floor: Quantity
    package var priority: Int64

    package init(
      centre: Centre.Code,
      stock: Quantity,
      use: Inventory.DailyUse,
      need: Quantity?,
      baseline: Quantity? = nil,
      floor: Quantity = .zero,
      priority: Int64 = 1
    ) {
      self.centre = centre
      self.stock = stock
      self.use = use
      self.need = need
      self.baseline = baseline
      self.floor = floor
      self.priority = priority
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
    centres: [Claim],
    day: Day = Day(rawValue: 0)
  ) {
    self.key = key
    self.item = item
    self.rule = rule
    self.packUnits = packUnits
    self.supply = supply
    self.reserve = reserve
    self.reason = reason
    self.centres = centres
    self.day = day
  }
}

extension AllocationRequest {
  /// The request as the mathematics takes it.
  package var problem: AllocationProblem {
    let today = Int(day.rawValue)
    return AllocationProblem(
      day: today,
      packSize: Int(packUnits.units),
      minimumPacks: Int(minimumPacks),
      reserve: Int(reserve.units),
      deliveries: deliveries.isEmpty
        ? [AllocationProblem.Delivery(day: today, quantity: Int(supply.units))] : deliveries,
      centres: centres.map(\.planned),
      capAtBaseline: capAtBaseline,
      coverTarget: coverTarget.map { Int($0) }
    )
  }

  /// Shares the supply, or says everything that is wrong with it.
  func share() throws(AllocationError) -> Allocation {
    try check()
    do { return try problem.allocation(by: rule) } catch { throw AllocationError(error) }
  }

  /// A use needs the days in which it was seen.
  func check() throws(AllocationError) {
    let findings = centres.enumerated().compactMap { index, claim -> Finding? in
      guard case .known(_, let days) = claim.use, days < 1 else { return nil }
      return Finding(field: "centres[\(index)].use.days", found: "\(days)", expected: "1 day or more")
    }
    guard findings.isEmpty else { throw .invalid(findings) }
  }
}

extension AllocationRequest.Claim {
  fileprivate var planned: AllocationProblem.Centre {
    AllocationProblem.Centre(
      centre.rawValue,
      stock: Int(stock.units),
      use: use.planned,
      asked: need.map { Int($0.units) },
      baseline: baseline.map { Int($0.units) },
      floor: Int(floor.units),
      priority: Int(priority)
    )
  }
}

extension Inventory.DailyUse {
  /// The same mean use as the mathematics takes it; nil where it is unknown.
  var planned: Planning.DailyUse? {
    guard case .known(let units, let days) = self else { return nil }
    return Planning.DailyUse(Int(units), perDays: Int(days))
  }
}

extension AllocationRule: Codable {}
