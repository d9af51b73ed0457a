package import Inventory
package import Tabular

/// What is to be rolled out, as it is asked for. What is nil is taken from the rollout's last planning.
package struct RolloutRequest: Equatable, Sendable {
  package var code: RolloutPlan.Code
  package var title: String?
  package var subject: RolloutPlan.Subject?
  package var packUnits: Quantity?
  package var targets: [Target]?
  package var supply: Supply?
  /// Nothing is planned before it.
  package var day: Day
  package var because: String

  package enum Supply: Equatable, Sendable {
    /// As a table says.
    case stated([RolloutPlan.Arrival])
    /// What confirmed orders bring.
    case orders
  }

  package struct Target: Equatable, Sendable {
    package var line: Int?
    package var centre: Centre.Code
    package var ready: Day
    /// One pack where it is not said.
    package var firstTranche: Quantity?
    package var target: Quantity
    package var usedUnits: Quantity?
    package var usedDays: Int64?

    package init(
      line: Int? = nil,
      centre: Centre.Code,
      ready: Day,
      firstTranche: Quantity? = nil,
      target: Quantity,
      usedUnits: Quantity? = nil,
      usedDays: Int64? = nil
    ) {
      self.line = line
      self.centre = centre
      self.ready = ready
      self.firstTranche = firstTranche
      self.target = target
      self.usedUnits = usedUnits
      self.usedDays = usedDays
    }
  }

  package init(
    code: RolloutPlan.Code,
    title: String? = nil,
    subject: RolloutPlan.Subject? = nil,
    packUnits: Quantity? = nil,
    targets: [Target]? = nil,
    supply: Supply? = nil,
    day: Day,
    because: String
  ) {
    self.code = code
    self.title = title
    self.subject = subject
    self.packUnits = packUnits
    self.targets = targets
    self.supply = supply
    self.day = day
    self.because = because
  }
}

extension RolloutRequest {
  package static let targetColumns: [Sheet.Column] = [
    .init("centre", aliases: ["centre_code", "etablissement"]), .init("ready_on", aliases: ["pret_le"]),
    .init("target", aliases: ["cible"]), .init("first_tranche", required: false),
    .init("used_units", required: false), .init("used_days", required: false),
  ]
  package static let arrivalColumns: [Sheet.Column] = [
    .init("sku", aliases: ["item", "article"]), .init("day", aliases: ["jour"]),
    .init("quantity", aliases: ["quantite"]), .init("origin", aliases: ["origine"]),
  ]

  /// Reads a table of targets; everything wrong in it is told at once.
  package static func targets(from input: consuming ByteInput) throws -> [Target] {
    try Sheet.values(of: input, columns: targetColumns) { row in Target(row: &row) }
  }

  /// Reads a table of arrivals; everything wrong in it is told at once.
  package static func arrivals(from input: consuming ByteInput) throws -> [RolloutPlan.Arrival] {
    try Sheet.values(of: input, columns: arrivalColumns) { row in
      let item = row.code("sku", of: Item.self)
      let day = row.day("day")
      let quantity = row.integer("quantity", in: 0...1_000_000_000)
      let origin = row.nonEmpty("origin")
      guard let item, let day, let quantity, let origin else { return nil }
      return RolloutPlan.Arrival(item: item, day: day, quantity: Quantity(quantity), origin: origin)
    }
  }
}

extension RolloutRequest.Target {
  fileprivate init?(row: inout SheetRow) {
    let quantity = 0...Int64(1_000_000_000)
    let centre = row.code("centre", of: Centre.self)
    let ready = row.day("ready_on")
    let target = row.integer("target", in: quantity)
    let tranche = row.optionalInteger("first_tranche", in: quantity)
    let units = row.optionalInteger("used_units", in: quantity)
    let days = row.optionalInteger("used_days", in: 1...1_000_000)
    if (units == nil) != (days == nil) {
      row.report("used_days", expected: "both used_units and used_days, or neither")
    }
    guard let centre, let ready, let target else { return nil }
    self.init(
      line: row.line,
      centre: centre,
      ready: ready,
      firstTranche: tranche.map { Quantity($0) },
      target: Quantity(target),
      usedUnits: units.map { Quantity($0) },
      usedDays: days
    )
  }
}
