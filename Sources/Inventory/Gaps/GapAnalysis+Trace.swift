import Planning

extension CategoryView {
  /// Every input of some areas' figures, then the arithmetic of each area.
  func trace(of areas: some Sequence<(GapArea, GapRow)>) -> [GapTrace] {
    tracedFactors
      + tracedNorms([.travelLimit, .circuity, .speed, .minimumActivity, .availability])
      + tracedMachines + tracedSilence + tracedActivity + tracedMakers
      + tracedJourneys(to: sites(where: \.isReported), as: "nearest reported machine")
      + areas.flatMap { area, row in
        (counts(area, row) + need(row) + access(area, row) + activity(row)).map {
          trace(row.area, $0.what, $0.value, $0.sum)
        }
      }
  }

  private typealias Line = (what: String, value: String, sum: String)

  // MARK: - Inputs

  private var tracedFactors: [GapTrace] {
    need.terms.map { term in
      if let norm = term.norm {
        var line = GapTrace.norm(norm, of: category.code.rawValue, as: "need: \(term.factor.rawValue)")
        line.value = term.value?.text(places: 4) ?? "unknown"
        return line
      }
      return trace(
        "all",
        "need: \(term.factor.rawValue)",
        term.value?.text(places: 4) ?? "unknown",
        term.value == nil ? "no norm" : "no norm: taken as it stands"
      )
    }
  }

  private var tracedActivity: [GapTrace] {
    let reports = activity.map { report in
      trace(
        report.centre.rawValue,
        "activity of \(report.year)",
        "\(report.treated) \(report.unit)",
        "\(report.source); \(report.certainty)"
      )
    }
    var norms: [String: EquipmentCategory.Norm] = [:]
    for report in activity { if let norm = capacity(for: report) { norms[norm.name] = norm } }
    return reports
      + norms.sorted { $0.key < $1.key }.map { GapTrace.norm($0.value, of: category.code.rawValue) }
  }

  /// The makers that are gone and have machines here.
  private var tracedMakers: [GapTrace] {
    let names = Set(atRisk(among: fleet).compactMap { $0.equipment.manufacturer?.foldedName })
    return ceased.filter { names.contains($0.name.foldedName) }.map { maker in
      trace(
        "all",
        "maker \(maker.name)",
        "no longer in business" + (maker.since.map { " since \($0)" } ?? ""),
        "\(maker.source); \(maker.certainty)"
      )
    }
  }

  // MARK: - Arithmetic

  private func counts(_ area: GapArea, _ row: GapRow) -> [Line] {
    func lines(_ what: String, _ count: Int64, _ standing: Standing) -> Line {
      let codes = machines(in: area).filter { $0.standing == standing }.map(\.equipment.code.rawValue)
      return (what, "\(count)", "machines, \(codes.counted)")
    }
    let capacity: [Line] =
      need.throughput.map { throughput in
        let product = "\(row.effective.text(places: 2)) machines at work × \(throughput.decimal(places: 1))"
        let value = (row.effective.value * throughput).decimal(places: 1)
        return [("effective capacity a year", value, product)]
      } ?? []
    return [
      lines("in service", row.confirmed, .confirmed), lines("to confirm", row.toConfirm, .toConfirm),
      lines("coming", row.coming, .coming),
      ("not asked", "\(row.silent.count)", "organisations, \(row.silent.map(\.rawValue).counted)"),
      (
        "machines at work", row.effective.text(places: 2), "Σ availability of the machines in service"
      ),
      (
        "single machine", "\(row.singleMachineSites.count)",
        "sites with exactly one machine in service or to confirm, \(row.singleMachineSites.counted)"
      ),
      (
        "maker gone", "\(row.supplierRisk.count)", "machines, \(row.supplierRisk.map(\.rawValue).counted)"
      ),
    ] + capacity
  }

  private func machines(in area: GapArea) -> [FleetMachine] {
    fleet.filter { machine in machine.site.map { area.centres.contains($0.code.rawValue) } ?? false }
  }

  private func need(_ row: GapRow) -> [Line] {
    guard let need = row.need else {
      let missing = self.need.missing.map(\.rawValue).counted
      return [("need in machines", "unknown", row.people == nil ? "no people" : "no norm for \(missing)")]
    }
    let factors = NeedModel.Factor.allCases.map { self.need[$0]?.decimal(places: 4) ?? "?" }
    var lines: [Line] = [
      (
        "need in machines", need.text(places: 2),
        "\(row.people ?? 0) × \(factors[0]) ÷ 100000 × \(factors[1]) × (1 + \(factors[2])) × \(factors[3])"
          + " × \(factors[4]) ÷ \(factors[5])"
      )
    ]
    guard let least = row.gapAtLeast, let most = row.gapAtMost else { return lines }
    let known = "\(need.text(places: 2)) − \(row.effective.text(places: 2))"
    lines.append(("gap at most", most.text(places: 2), known))
    lines.append(
      ("gap at least", least.text(places: 2), "\(known) − \(row.effectiveToConfirm.text(places: 2))")
    )
    if let share = row.gapPerMillion, let people = row.people {
      let sum = "\(most.text(places: 2)) × 1000000 ÷ \(people): the gap at most"
      lines.append(("per million", share.text(places: 2), sum))
    }
    lines.append(("verdict", row.verdict.rawValue, Self.why(row)))
    return lines
  }

  private static func why(_ row: GapRow) -> String {
    switch row.verdict {
    case .short: "even the gap at least is above 0, and everybody here was asked"
    case .enough: "even the gap at most is not above 0"
    case .askFirst where row.silent.isEmpty: "the gap is above 0 or not as the machines to confirm are"
    case .askFirst: "the gap at most is above 0, and not everybody here was asked"
    case .unknown: "without a need"
    }
  }

  private func access(_ area: GapArea, _ row: GapRow) -> [Line] {
    guard let people = row.people, let points = area.points else { return [] }
    let sites = sites(where: \.isReported)
    let limit = row.travelLimitMinutes
    let times = points.map {
      (code: geography.points[$0].code, time: nearest(from: $0, among: sites)?.seconds)
    }
    let lost = times.filter { $0.time == nil }.map(\.code)
    let far = times.filter { ($0.time ?? 0) > 60 * limit }.map(\.code)
    var lines: [Line] = [
      ("people", "\(people)", "departments, \(times.map(\.code).counted)"),
      ("people beyond \(limit) min", "\(row.peopleBeyond ?? 0)", "departments, \(far.counted)"),
      ("people whose journey is unknown", "\(row.peopleUnknown ?? 0)", "departments, \(lost.counted)"),
    ]
    if let percent = row.percentBeyond {
      let sum = "\(row.peopleBeyond ?? 0) ÷ (\(people) − \(row.peopleUnknown ?? 0))"
      lines.append(("beyond limit", "\(percent.text()) %", sum))
    } else {
      lines.append(("beyond limit", "unknown", "no journey to a reported machine is known"))
    }
    return lines
  }

  private func activity(_ row: GapRow) -> [Line] {
    var lines: [Line] = row.use.map { use in
      let sum = "\(use.treated) \(use.unit) ÷ (\(use.machines) machines that stood then × "
      guard let capacity = use.capacity, let share = use.share else {
        return (
          "use in \(use.year)", "unknown", "\(use.treated) \(use.unit): no norm of a capacity in that unit"
        )
      }
      let sites = ", at \(use.sites.counted)"
      let percent = (share.value * Fraction(100)).decimal(places: 0)
      return ("use in \(use.year)", "\(percent) %", sum + "\(capacity.value) \(capacity.unit))\(sites)")
    }
    if lines.isEmpty { lines.append(("use", "unknown", "no site with a machine reported activity")) }
    if !row.activityMissing.isEmpty {
      let count = "\(row.activityMissing.count)"
      lines.append(("no activity reported", count, "sites, \(row.activityMissing.counted)"))
    }
    guard let least = book.norm(.minimumActivity) else {
      return lines + [("below minimum", "unknown", "no norm \(NormName.minimumActivity.rawValue)")]
    }
    let below = row.belowMinimum.map { "\($0.site) with \($0.treated) \($0.unit) in \($0.year)" }
    lines.append(
      ("below minimum", "\(below.count)", "less than \(least.value) \(least.unit), \(below.counted)")
    )
    let unknown = row.minimumUnknown.counted
    return lines
      + [("minimum unknown", "\(row.minimumUnknown.count)", "nothing reported in \(least.unit), \(unknown)")]
  }
}
