package import Inventory

/// What was declared about a centre and an item before it became scarce: from a day on, and with its source.
///
/// The latest terms that have begun count, as a whole: a later declaration replaces every figure of an earlier one.
package struct SharingTerms: Equatable, Sendable, Codable {
  package var item: Item.SKU
  package var centre: Centre.Code
  package var startsOn: Day
  /// The use of normal times; nil where none was declared, which is not zero.
  package var baseline: Baseline?
  /// 1 is served first.
  package var priority: Int64
  /// Base units that the centre gets of every supply, whatever the rule says.
  package var floor: Quantity
  /// Who says so, and where.
  package var source: String

  /// A use as it was counted: so many base units in so many days.
  package struct Baseline: Equatable, Sendable, Codable {
    package var units: Quantity
    package var days: Int64

    package init(units: Quantity, days: Int64) {
      self.units = units
      self.days = days
    }

    /// Base units used in a number of days, a started unit counted whole.
    package func units(in span: Int64) -> Quantity {
      Quantity(Rounding.up.divide(units.units * span, by: days))
    }
  }

  package init(
    item: Item.SKU,
    centre: Centre.Code,
    startsOn: Day,
    baseline: Baseline? = nil,
    priority: Int64 = 1,
    floor: Quantity = .zero,
    source: String
  ) {
    self.item = item
    self.centre = centre
    self.startsOn = startsOn
    self.baseline = baseline
    self.priority = priority
    self.floor = floor
    self.source = source
  }
}

extension SharingTerms {
  /// What is wrong with the figures themselves.
  func findings(line: Int?) -> [Finding] {
    var findings: [Finding] = []
    func require(_ holds: Bool, _ field: String, _ found: String, _ expected: String) {
      if !holds { findings.append(Finding(line: line, field: field, found: found, expected: expected)) }
    }
    let quantity = 0...Int64(1_000_000_000)
    if let baseline {
      require(quantity ~= baseline.units.units, "baseline_units", "\(baseline.units)", "0 to 1,000,000,000")
      require(1...1_000_000 ~= baseline.days, "baseline_days", "\(baseline.days)", "days from 1")
    }
    require(1...1_000 ~= priority, "priority", "\(priority)", "a class from 1 to 1,000")
    require(quantity ~= floor.units, "floor", "\(floor)", "0 to 1,000,000,000")
    require(!source.allSatisfy(\.isWhitespace), "source", source, "who says so")
    return findings
  }
}
