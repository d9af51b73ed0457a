import Planning

extension MachineAge {
  /// In which band a machine is counted, and why.
  func trace(of equipment: Equipment) -> GapTrace {
    let since =
      equipment.commissionedOn.map { "since \($0)" } ?? commissionedYear.map {
        "since \($0), the day unknown"
      }
      ?? "since when is unknown"
    let end =
      endsIn.map { ", ends in \($0)\(isPast == true ? ", which is past" : "")" }
      ?? (expectedLife == nil ? ", no norm of its life" : "")
    return GapTrace(
      category: category.rawValue,
      area: equipment.centre?.rawValue ?? organisation.rawValue,
      what: "machine \(machine)",
      value: "\(band); \(standing.rawValue); \(since)\(months.map { ", \($0) months" } ?? "")\(end)",
      source: "\(equipment.source); \(equipment.certainty)"
    )
  }

  /// Where it is counted; one that may be gone in no band.
  fileprivate var band: String {
    guard isInService else { return "state unknown" }
    guard let months else { return "age unknown" }
    return months <= 60 ? "≤ 5 years" : months <= 120 ? "5 to 10" : "> 10"
  }
}

extension AgeRow {
  /// The norms of a row, the machines of each of its figures, and the arithmetic of the rule.
  func trace(of machines: [MachineAge], _ book: NormBook) -> [GapTrace] {
    var lines = norms(book)
    func add(_ what: String, _ count: Int64, _ belongs: (MachineAge) -> Bool) {
      let codes = machines.filter(belongs).map(\.machine.rawValue)
      lines.append(line(what, "\(count)", "machines, \(codes.counted)"))
    }
    add("≤ 5 years", upToFive) { $0.band == "≤ 5 years" }
    add("5 to 10", fiveToTen) { $0.band == "5 to 10" }
    add("> 10", overTen) { $0.band == "> 10" }
    add("age unknown", ageUnknown) { $0.band == "age unknown" }
    add("state unknown", stateUnknown) { $0.band == "state unknown" }
    add("to confirm", toConfirm) { $0.isInService && $0.standing == .toConfirm }
    add("past its life", pastExpectedLife) { $0.isInService && $0.isPast == true }
    return lines + rule(book)
  }

  private func line(_ what: String, _ value: String, _ source: String) -> GapTrace {
    GapTrace(category: category, area: "all", what: what, value: value, source: source)
  }

  private func norms(_ book: NormBook) -> [GapTrace] {
    let limits = AgeRule(book)
    let shares: [(NormName, Fraction)] = [
      (.youngShare, limits.young), (.middleShare, limits.middle), (.oldShare, limits.old),
    ]
    let rule = shares.map { name, share in
      book.norm(name).map { GapTrace.norm($0, of: category) }
        ?? line(name.rawValue, share.decimal(places: 2), "no norm: COCIR's golden rule")
    }
    // A network has no life of its own: each category's norm is beside its machines.
    guard category != "network" else { return rule }
    return rule
      + [
        book.norm(.expectedLife).map { GapTrace.norm($0, of: category) }
          ?? line(NormName.expectedLife.rawValue, "unknown", "no norm")
      ]
  }

  /// `1 ÷ 4 = 25 %` against what the rule asks.
  private func rule(_ book: NormBook) -> [GapTrace] {
    guard let youngEnough, let middleSmallEnough, let oldSmallEnough else {
      return [line("60/30/10", "unknown", "no age is known")]
    }
    let limits = AgeRule(book)
    func share(_ what: String, _ count: Int64, _ isKept: Bool, _ word: String, _ limit: Fraction) -> GapTrace
    {
      let percent = (Fraction(Int128(100 * count), Int128(known))).decimal(places: 1)
      let asked = (limit * Fraction(100)).decimal(places: 0)
      return line(
        "share \(what)",
        isKept ? "kept" : "broken",
        "\(count) ÷ \(known) of known age = \(percent) %, \(word) \(asked) %"
      )
    }
    return [
      share("≤ 5 years", upToFive, youngEnough, "at least", limits.young),
      share("5 to 10", fiveToTen, middleSmallEnough, "at most", limits.middle),
      share("> 10", overTen, oldSmallEnough, "at most", limits.old),
    ]
  }
}
