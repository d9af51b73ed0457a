package import Inventory
package import Planning

/// Everything about one item that a run works with besides the ledger, frozen when the run is made.
package struct PlanItem: Equatable, Sendable, Codable {
  package var item: Item.SKU
  /// What it is like: items of a category teach each other.
  package var category: String
  package var legalCoverDays: Int64
  package var policy: PlanningPolicy
  package var sources: [PlanSource] = []
  /// How each supplier's deliveries went.
  package var records: [String: [DeliveryRecord]] = [:]
  package var awaited: [PlanDelivery] = []
  /// Units that a centre has promised to another and not yet sent.
  package var promised: [String: Int64] = [:]
  package var campaigns: [PlanCampaign] = []
  package var scenarios: [PlanScenario] = []
  package var substitutes: [Item.Substitute] = []
  package var ceilings: [PlanCeiling] = []
  package var declarations: [SupplyDeclaration] = []
  package var recalls: [PlanRecall] = []
}

/// An offer that is valid on the day of the run.
package struct PlanSource: Equatable, Sendable, Codable {
  package var offer: Offer.Code
  package var supplier: Supplier.Code
  package var leadDays: Int64
  package var packUnits: Quantity
  package var state: SupplyDeclaration.State
}

/// What an order or a transfer still brings a centre.
package struct PlanDelivery: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var document: String
  /// Nil for a transfer.
  package var supplier: Supplier.Code?
  package var quantity: Quantity
  package var promised: Day
  /// What the supplier declares of the item where that is trouble; nil where it is not, and for a transfer.
  package var declared: SupplyDeclaration?
}

/// A call for needs that holds the item and has not been ordered yet.
package struct PlanCampaign: Equatable, Sendable, Codable {
  package var code: Campaign.Code
  package var neededBy: Day
}

/// A planner's scenario, with the component's use where it was stated for a kit.
package struct PlanScenario: Equatable, Sendable, Codable {
  package var scenario: DemandScenario
  package var component: Kit.Component?
}

/// How far the lots of an item's offers are spent.
package struct PlanCeiling: Equatable, Sendable, Codable {
  package var agreement: Agreement.Reference
  package var lot: Int64
  package var ceiling: Ceiling
  /// The offers under the lot.
  package var offers: [Offer.Code]
  /// What the lot's committed value bought by unit, in thousandths of a cent; nil before the first order.
  package var unitCostMillicents: Int64?
}

/// A recalled lot of which a centre still has some.
package struct PlanRecall: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var lot: String
  package var quantity: Quantity
  package var since: Day
}

/// What is asked of a run.
package struct PlanParameters: Equatable, Sendable, Codable {
  package var asOf: Day
  /// Weeks of forecast.
  package var horizon: Int
  package var seed: UInt64
  /// Simulated futures.
  package var paths: Int
  /// Weeks of the ledger that forecasts learn from.
  package var history: Int
  /// Weeks over which calibration looks at demand.
  package var leadWeeks: Int

  package init(
    asOf: Day,
    horizon: Int = 12,
    seed: UInt64 = 1,
    paths: Int = 400,
    history: Int = 104,
    leadWeeks: Int = 3
  ) {
    self.asOf = asOf
    self.horizon = horizon
    self.seed = seed
    self.paths = paths
    self.history = history
    self.leadWeeks = leadWeeks
  }

  package var window: UseWindow { UseWindow(endingOn: asOf, bucketDays: 7, buckets: Int64(history)) }

  var forecast: ForecastParameters {
    ForecastParameters(quantiles: [0.1, 0.5, 0.9, 0.95], leadTime: leadWeeks, paths: paths)
  }

  package func validated() throws -> PlanParameters {
    let checks: [(String, Int, ClosedRange<Int>)] = [
      ("horizon", horizon, 1...104), ("paths", paths, 50...10_000), ("history", history, 4...520),
      ("lead weeks", leadWeeks, 1...52),
    ]
    let findings = checks.filter { !$0.2.contains($0.1) }.map { field, found, range in
      Finding(field: field, found: "\(found)", expected: "\(range.lowerBound) to \(range.upperBound)")
    }
    guard findings.isEmpty else { throw PlanError.invalid(findings) }
    return self
  }
}
