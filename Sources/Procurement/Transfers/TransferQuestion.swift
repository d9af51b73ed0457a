package import Inventory
package import Planning

/// Which transfers of an item pay today, asked of what the database knows.
package struct TransferQuestion: Equatable, Sendable, Codable {
  package var item: Item.SKU
  /// Today: the day of departure and of the figures.
  package var day: Day
  /// Days looked at, today included.
  package var horizon: Int64 = 28
  /// Only whole packs travel.
  package var packUnits = Quantity(1)
  /// Days of its own use that a donor always keeps; nil for what the item's law or alert limit demands.
  package var keepDays: Int64?
  /// A centre whose last report is older gives nothing: the shelf may hold less than the book says.
  package var staleDays: Int64 = 7
  /// Weeks over which use is measured.
  package var weeks: Int64 = 4
  /// A finished plan run: use is what its forecast stays at or below in nine futures of ten. Nil to measure use.
  package var plan: PlanRun.ID?
  package var costs = Costs()

  /// What it costs to carry, and what it is worth to avoid, in cents.
  package struct Costs: Equatable, Sendable, Codable {
    package var trip = Money(cents: 3_000)
    package var kilometre = Money(cents: 0)
    package var parcel = Money(cents: 0)
    package var packsPerParcel: Int64 = 1
    /// A unit of use that is not served on its day, and a unit that expires unused.
    package var shortage = Money(cents: 10_000)
    package var expiry = Money(cents: 1_000)
    /// Road kilometres for 1,000 of great circle, and what a carrier drives in a day.
    package var roadPerMille: Int64 = 1_300
    package var kilometresPerDay: Int64 = 600

    package init() {}
  }

  package init(item: Item.SKU, day: Day) {
    self.item = item
    self.day = day
  }
}

extension TransferQuestion {
  /// Everything that is wrong with the question itself.
  var findings: [Finding] {
    var findings: [Finding] = []
    func require(_ field: String, _ value: Int64, in range: ClosedRange<Int64>) {
      if range ~= value { return }
      let expected = "\(range.lowerBound) to \(range.upperBound)"
      findings.append(Finding(field: field, found: "\(value)", expected: expected))
    }
    require("horizon", horizon, in: 1...366)
    require("pack", packUnits.units, in: 1...1_000_000_000)
    require("keep days", keepDays ?? 0, in: 0...3_650)
    require("stale days", staleDays, in: 0...3_650)
    require("weeks", weeks, in: 1...520)
    require("packs per parcel", costs.packsPerParcel, in: 1...1_000)
    require("road per mille", costs.roadPerMille, in: 1_000...10_000)
    require("kilometres per day", costs.kilometresPerDay, in: 1...10_000)
    for (field, money) in [
      ("trip", costs.trip), ("kilometre", costs.kilometre), ("parcel", costs.parcel),
      ("shortage", costs.shortage), ("expiry", costs.expiry),
    ] {
      require(field, money.cents, in: 0...1_000_000_000)
    }
    return findings
  }
}

/// The transfers that pay, with who was left out and why.
package struct PlannedTransfers: Equatable, Sendable {
  package var item: Item.SKU
  package var plan: TransferPlan
  /// Units under which giving never takes a centre, by centre.
  package var thresholds: [Centre.Code: Quantity]
  /// Centres that take no part, or give nothing, and why.
  package var notes: [Note]

  package struct Note: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var why: String
  }
}
