import Planning
package import Storage

/// The gaps of one or all categories on a day, at one grain.
package struct GapAnalysis: Equatable, Sendable, Codable {
  package var day: Day
  package var level: GapLevel
  package var rows: [GapRow]
  /// What each figure was computed from; empty unless it was asked for.
  package var trace: [GapTrace]

  /// Cost: one reading of the register, and a look at every journey for each category.
  package static func read(
    category: EquipmentCategory.Code? = nil,
    by level: GapLevel = .network,
    on day: Day,
    explained: Bool = false,
    in connection: any Connection
  ) throws -> GapAnalysis {
    let geography = try Geography.read(in: connection)
    let categories =
      if let category {
        [try EquipmentCategory.find(category, in: connection)]
      } else {
        try EquipmentCategory.all(in: connection)
      }
    var analysis = GapAnalysis(day: day, level: level, rows: [], trace: [])
    var register = try EquipmentRegister(of: category, geography, on: day, in: connection)
    for category in categories {
      let view = try register.view(of: category)
      let rows = GapArea.areas(level, of: view).map { GapRow($0, view) }
      analysis.rows += rows
      if explained { analysis.trace += GapTrace.lines(rows, view) }
    }
    return analysis
  }
}

/// One input of a figure, with where it comes from.
package struct GapTrace: Equatable, Sendable, Codable {
  package var category: EquipmentCategory.Code
  package var area: String
  package var what: String
  package var value: String
  package var source: String

  static func lines(_ rows: [GapRow], _ view: CategoryView) -> [GapTrace] {
    norms(view) + machines(view) + silence(view) + rows.flatMap { arithmetic($0, view) }
  }

  private static func norms(_ view: CategoryView) -> [GapTrace] {
    let factors = view.need.terms.map { term in
      GapTrace(
        category: view.category.code,
        area: "all",
        what: "need: \(term.factor.rawValue)",
        value: term.value?.text(places: 4) ?? "unknown",
        source: term.norm.map { "norm \($0.name) \($0.citation), from \($0.validFrom)" }
          ?? (term.value == nil ? "no norm" : "no norm: taken as it stands")
      )
    }
    let names: [NormName] = [.travelLimit, .circuity, .speed, .minimumActivity, .availability]
    let others = names.compactMap { view.book.norm($0) }.map { norm in
      GapTrace(
        category: view.category.code,
        area: "all",
        what: norm.name,
        value: "\(norm.value)",
        source: "norm \(norm.citation), from \(norm.validFrom)"
      )
    }
    return factors + others
  }

  private static func machines(_ view: CategoryView) -> [GapTrace] {
    let risky = Set(view.atRisk(among: view.fleet).map(\.equipment.code))
    return view.fleet.map { machine in
      let equipment = machine.equipment
      let place = machine.site?.code.rawValue ?? "no site"
      let assumed = machine.isSiteAssumed ? " (assumed: only \(equipment.organisation) is named)" : ""
      let works = "availability \(machine.availability.decimal(places: 3)), \(machine.availabilityFrom)"
      return GapTrace(
        category: view.category.code,
        area: place,
        what: "machine \(equipment.code)",
        value: "\(machine.standing.rawValue)\(assumed); \(works)"
          + (risky.contains(equipment.code) ? "; its maker is no longer in business" : ""),
        source: "\(equipment.source); \(equipment.certainty)"
      )
    }
  }

  private static func silence(_ view: CategoryView) -> [GapTrace] {
    view.silent.sorted().map { organisation in
      GapTrace(
        category: view.category.code,
        area: organisation.rawValue,
        what: "presence",
        value: "unknown",
        source: "nobody said; see procure equipment survey"
      )
    }
  }

  private static func arithmetic(_ row: GapRow, _ view: CategoryView) -> [GapTrace] {
    var lines: [(String, String, String)] = []
    if let people = row.people { lines.append(("people", "\(people)", "the populations of its departments")) }
    if let throughput = view.need.throughput {
      let capacity = (row.effective.value * throughput).decimal(places: 1)
      let product = "\(row.effective.text(places: 2)) machines at work × \(throughput.decimal(places: 1))"
      lines.append(("effective capacity a year", capacity, product))
    }
    if let need = row.need {
      let product = NeedModel.Factor.allCases.map { view.need[$0]?.decimal(places: 4) ?? "?" }
      let formula =
        "\(row.people ?? 0) × \(product[0]) ÷ 100000 × \(product[1]) × (1 + \(product[2])) × \(product[3])"
        + " × \(product[4]) ÷ \(product[5])"
      lines.append(("need in machines", need.text(places: 2), formula))
    }
    if let least = row.gapAtLeast, let most = row.gapAtMost, let need = row.need {
      let known = "\(need.text(places: 2)) − \(row.effective.text(places: 2))"
      lines.append(("gap at most", most.text(places: 2), known))
      lines.append(
        ("gap at least", least.text(places: 2), "\(known) − \(row.effectiveToConfirm.text(places: 2))")
      )
    }
    return lines.map {
      GapTrace(category: row.category, area: row.area, what: $0.0, value: $0.1, source: $0.2)
    }
  }
}
