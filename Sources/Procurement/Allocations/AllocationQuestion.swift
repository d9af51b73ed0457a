package import Inventory
package import Planning
package import Tabular

/// How a scarce supply is to be shared, asked of what the database knows: where it comes from, by which rule, and
/// what is said about the centres beyond what they reported and declared.
package struct AllocationQuestion: Equatable, Sendable, Codable {
  /// The same key sent twice is one decision.
  package var key: String
  package var item: Item.SKU
  package var rule: AllocationRule
  package var supply: Supply
  /// Base units kept at the network before anything is shared.
  package var reserve = Quantity.zero
  /// Who keeps the reserve of what orders bring.
  package var reserveAt: Centre.Code?
  /// Base units for every centre, where its own terms do not say more.
  package var floor = Quantity.zero
  package var minimumPacks: Int64 = 1
  /// Days that a request is meant to last: what the baseline amounts to over them is the most that counts.
  package var period: Int64 = 28
  package var coverTarget: Int64?
  /// What centres asked for; empty to take the needs of a campaign, or what the orders owe them.
  package var requests: [Request] = []
  package var campaign: Campaign.Code?
  /// Terms that begin later do not count: nobody declares a baseline after the shortage began.
  package var termsAsOf: Day?
  /// Weeks over which use is measured.
  package var weeks: Int64 = 4
  /// The day to which the figures refer.
  package var day: Day
  package var reason: String

  package enum Supply: Equatable, Sendable, Codable {
    /// So many base units are there, says the one who asks. Nothing becomes of the decision by itself.
    case stated(Quantity, packUnits: Quantity, expiry: Day?)
    /// What orders still bring, all confirmed ones where none is named, or only so much of it where the suppliers said
    /// so. Receipts follow the decision.
    case orders([PurchaseOrder.Number], expiry: Day?, atMost: Quantity? = nil)
    /// What a centre has and can spare. Transfers are proposed to the others.
    case stock(Centre.Code, packUnits: Quantity)
  }

  /// What a centre asked for.
  package struct Request: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var asked: Quantity

    package init(centre: Centre.Code, asked: Quantity) {
      self.centre = centre
      self.asked = asked
    }
  }

  package init(
    key: String,
    item: Item.SKU,
    rule: AllocationRule,
    supply: Supply,
    day: Day,
    reason: String
  ) {
    self.key = key
    self.item = item
    self.rule = rule
    self.supply = supply
    self.day = day
    self.reason = reason
  }
}

extension AllocationQuestion {
  var findings: [Finding] {
    var findings: [Finding] = []
    func require(_ holds: Bool, _ field: String, _ found: String, _ expected: String) {
      if !holds { findings.append(Finding(field: field, found: found, expected: expected)) }
    }
    let quantity = 0...Int64(SharingLimits.quantity)
    require(!key.isEmpty, "key", "", "a key by which the decision is known")
    require(!reason.allSatisfy(\.isWhitespace), "reason", "", "why it must be shared")
    for (field, value) in [("reserve", reserve), ("floor", floor)] {
      require(quantity ~= value.units, field, "\(value)", "0 to \(Quantity(quantity.upperBound))")
    }
    require(
      1...Int64(SharingLimits.quantity) ~= minimumPacks,
      "minimum packs",
      "\(minimumPacks)",
      "1 or more"
    )
    require(1...3_650 ~= period, "period", "\(period)", "1 to 3,650 days")
    require(
      coverTarget.map { 1...3_650 ~= $0 } ?? true,
      "cover target",
      "\(coverTarget ?? 0)",
      "1 to 3,650 days"
    )
    require(1...520 ~= weeks, "weeks", "\(weeks)", "1 to 520")
    require(requests.isEmpty || campaign == nil, "campaign", "a campaign and requests", "one of the two")
    for (index, request) in requests.enumerated() {
      let isFirst = requests.firstIndex { $0.centre == request.centre } == index
      require(isFirst, "requests", "\(request.centre) again", "each centre once")
      require(quantity ~= request.asked.units, "asked", "\(request.asked)", "0 or more")
    }
    if case .orders = supply, reserve > .zero {
      require(
        reserveAt != nil,
        "reserve at",
        "",
        "the centre that keeps the reserve of what the orders bring"
      )
    }
    return findings + supply.findings
  }
}

extension AllocationQuestion.Supply {
  fileprivate var findings: [Finding] {
    switch self {
    case .orders(_, _, let atMost):
      atMost.map { $0 >= .zero } ?? true
        ? [] : [Finding(field: "at most", found: "\(atMost ?? .zero)", expected: "0 or more")]
    case .stated(let quantity, let packUnits, _):
      Self.wrong(packUnits)
        + (0...Int64(SharingLimits.quantity) ~= quantity.units
          ? [] : [Finding(field: "supply", found: "\(quantity)", expected: "0 to 1,000,000,000")])
    case .stock(_, let packUnits): Self.wrong(packUnits)
    }
  }

  private static func wrong(_ packUnits: Quantity) -> [Finding] {
    1...Int64(SharingLimits.quantity) ~= packUnits.units
      ? [] : [Finding(field: "pack", found: "\(packUnits)", expected: "1 base unit or more")]
  }
}

extension AllocationQuestion {
  /// Reads a table of what centres asked for; everything wrong in it is told at once.
  package static func requests(from input: consuming ByteInput) throws -> [Request] {
    let columns: [Sheet.Column] = [
      .init("centre", aliases: ["centre_code", "etablissement"]), .init("asked", aliases: ["demande"]),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let centre = row.code("centre", of: Centre.self)
      let asked = row.integer("asked", in: 0...Int64(SharingLimits.quantity))
      return centre.flatMap { centre in asked.map { Request(centre: centre, asked: Quantity($0)) } }
    }
  }
}
