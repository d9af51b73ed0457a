package import Inventory
package import Planning

/// What a run says of one item at one centre, or over the network.
package struct PlanLine: Equatable, Sendable, Codable {
  package var item: Item.SKU
  /// Nil for the network.
  package var centre: Centre.Code?
  package var usable: Quantity
  package var coming: Quantity
  /// Of what is coming, what nothing is built on: not expected before a delivery ordered at the next review, because its
  /// supplier is in rupture; nil where all is.
  package var uncounted: Quantity?
  /// The day of the centre's last report, the oldest of them for the network; nil where one never reported.
  package var reportedOn: Day?
  /// Nil where nobody knows anything of the use: unknown is not zero.
  package var forecast: Forecast?
  package var policy: Policy?
  package var risk: Risk?
  package var proposal: Proposal?
  /// What would help, the first to be considered first.
  package var actions: [Action] = []
  package var signals: [SupplySignal] = []

  package struct Forecast: Equatable, Sendable, Codable {
    package var pattern: DemandPattern
    package var isSurging: Bool
    /// Where the demand was borrowed from; nil where the history is the item's own.
    package var borrowed: BorrowedDemand.Source?
    /// The sources of the planners' scenarios that it follows.
    package var scenarios: [String]
    package var weeks: [Week]
  }

  /// The seven days from a day on.
  package struct Week: Equatable, Sendable, Codable {
    package var from: Day
    /// Thousandths of a unit.
    package var mean: Int64
    /// Units that the week stays at or below with probabilities 0.1, 0.5, 0.9 and 0.95.
    package var quantiles: [Int64]
  }

  package struct Policy: Equatable, Sendable, Codable {
    package var safetyStock: Quantity
    package var reorderPoint: Quantity
    package var orderUpTo: Quantity
    package var reviewDays: Int64
    /// One line for each of the three quantities.
    package var why: [String]
  }

  /// Probabilities are in thousandths of the simulated futures.
  package struct Risk: Equatable, Sendable, Codable {
    /// That a day is not served before a delivery that is ordered today.
    package var permille: Int64
    /// That a day is not served before a delivery that is ordered only at the next review.
    package var waitingPermille: Int64
    /// The first day not served, which one future in ten, in two, and nine in ten have reached; nil where the stock
    /// outlasts the simulated weeks.
    package var early: Day?
    package var median: Day?
    package var late: Day?
    /// Units not served before that later delivery: the mean, and what one future in ten exceeds.
    package var meanShort: Quantity
    package var highShort: Quantity
    /// That the stock and what is coming do not last the simulated weeks if nothing more is ordered; for the network only.
    package var horizonPermille: Int64?
    /// Days from an order to its delivery: the shortest, and the longest.
    package var leadDays: [Int64]
  }

  /// What to order now, because stock and what is coming are at or below the reorder point.
  package struct Proposal: Equatable, Sendable, Codable {
    package var quantity: Quantity
    package var packs: Int64
    package var packUnits: Quantity
    package var why: String
  }

  /// Something that can be done, and what the probabilities become.
  package struct Action: Equatable, Sendable, Codable {
    package var kind: Kind
    package var quantity: Quantity?
    /// The donor, the offer, the campaign, the substitute: whatever the action is done with.
    package var with: String?
    package var arrives: Day?
    package var permille: Int64
    package var waitingPermille: Int64
    /// Units still not served on average, where the place runs out whatever is done; nil elsewhere.
    package var meanShort: Quantity?
    /// Of not lasting the simulated weeks if nothing more is ordered; where the risk has it too.
    package var horizonPermille: Int64?
    /// The donor's own, after it gave.
    package var donorPermille: Int64?
    /// Of the demand that is still served, in percent, when rationed.
    package var percent: Int64?

    /// The gentlest first.
    package enum Kind: String, CaseIterable, Codable, Sendable {
      case transfer, order
      case bringForward = "bring_forward"
      case raiseCeiling = "raise_ceiling"
      case newSupplier = "new_supplier"
      case substitute, ration
    }
  }
}

extension PlanLine {
  /// Whole days that the usable stock lasts at the mean of the next four weeks, rounded down; nil where nothing is expected
  /// to be used or nobody knows.
  package var coverDays: Int64? {
    guard let weeks = forecast?.weeks.prefix(4), !weeks.isEmpty else { return nil }
    let perWeeks = weeks.reduce(Int64(0)) { $0 + $1.mean }
    guard perWeeks > 0 else { return nil }
    return Int64(clamping: Int128(usable.units) * 7000 * Int128(weeks.count) / Int128(perWeeks))
  }

  package var place: String { centre?.rawValue ?? "(network)" }
}

/// Which component of a kit stops a centre's tests, when, and by how much.
package struct PlanKit: Equatable, Sendable, Codable {
  package var kit: Kit.Code
  package var centre: Centre.Code
  /// The component that is the first to run out in most futures; nil where none does.
  package var stops: Item.SKU?
  /// The probability, in thousandths, that the tests stop before a delivery that is ordered today.
  package var permille: Int64
  package var early: Day?
  package var median: Day?
  package var late: Day?
  /// Tests not done before a delivery of that component ordered at its next review: mean, and one future in ten.
  package var meanMissed: Int64
  package var highMissed: Int64
  package var components: [Component]

  package struct Component: Equatable, Sendable, Codable {
    package var item: Item.SKU
    package var testsPossible: Int64
    /// In thousandths: it runs out before a delivery, and it is the first of all to do so.
    package var permille: Int64
    package var firstPermille: Int64
    package var median: Day?
  }
}
