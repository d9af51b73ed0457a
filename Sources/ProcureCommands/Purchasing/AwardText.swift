import Inventory
import Procurement
import Tabular

extension Award {
  /// What is bought from whom for which centre: one line an offer and round.
  var table: TextTable {
    // Who orders once needs no day.
    let isOneRound = lines.allSatisfy { $0.orderOn == nil }
    let day = isOneRound ? [] : [TextTable.Column("order on")]
    var table = TextTable(
      [.init("offer"), .init("supplier"), .init("item")] + day
        + [.init("packs", .right), .init("of", .right), .init("cost", .right), .init("centres")]
    )
    table.rows = lines.map { line in
      [line.offer.rawValue, line.supplier.rawValue, line.item.rawValue]
        + (isOneRound ? [] : [line.orderOn.map { "\($0)" } ?? "at once"])
        + [
          "\(line.packs)", "\(line.packUnits)", "\(line.cost)",
          line.shares.map { "\($0.centre) \($0.packs)" }.joined(separator: ", "),
        ]
    }
    return table
  }

  /// How good the award is, in one line.
  var headline: String {
    let total = "\(method.name): \(cost), freight \(freight) of it"
    guard let status = method.status else { return "\(total); nothing is proven" }
    let left = report.uncovered.count
    return "\(total); \(proof(status))\(left > 0 ? ", for what it covers: \(left) needs are left" : "")"
  }

  private func proof(_ status: Method.Status) -> String {
    switch status {
    case .optimal: "proven: no award costs less"
    case .withinGap, .feasible:
      if let bound = method.bound, let slack, let gap = method.gapPermillion {
        "no award costs less than \(bound), so at most \(slack) (\(Self.percent(gap))) could be saved"
      } else {
        "nothing is proven yet"
      }
    }
  }

  private var seconds: String {
    let milliseconds = method.milliseconds ?? 0
    return "\(milliseconds / 1000).\((milliseconds % 1000) / 100) s"
  }

  /// Millionths as a percentage with four decimals.
  static func percent(_ permillion: Int64) -> String {
    let rest = String(permillion % 10_000)
    return "\(permillion / 10_000).\(String(repeating: "0", count: 4 - rest.count))\(rest) %"
  }

  /// All that the award says of itself, one fact a row.
  var explanation: TextTable {
    var table = TextTable([.init("about"), .init("what")])
    table.add("award \(number)", headline)
    addQuestion(to: &table)
    addComparisons(to: &table)
    for saving in report.savings { table.add("centre \(saving.centre)", saving.words) }
    for left in report.uncovered {
      table.add("not covered", "\(left.quantity) of \(left.item) for \(left.centre): \(left.reason)")
    }
    for advice in report.advice { table.add("next tier", advice.words) }
    if let remarks = report.remarks { add(remarks, to: &table) }
    return table
  }

  private func addQuestion(to table: inout TextTable) {
    guard let request = method.request else { return }
    let asked = [
      request.maximumShare.map { "at most \($0) % of an item from one supplier" },
      request.budget.map { "a budget of \($0)" },
      request.gapPermillion > 0 ? "a gap of \(Self.percent(request.gapPermillion))" : "the proven optimum",
      "\(request.timeLimit) s",
    ]
    table.add("asked for", asked.compactMap { $0 }.joined(separator: ", "))
    let digest = inputsDigest.prefix(12)
    table.add(
      "found by",
      "\(method.version ?? unknown) with \(method.solver) in \(seconds), inputs \(digest)"
    )
  }

  private func addComparisons(to table: inout TextTable) {
    let alone = standaloneCost.map { "\($0)" } ?? unknown
    table.add("all alone", "\(alone); together saves \(saving.map { "\($0)" } ?? unknown)")
    guard let greedy = report.remarks?.greedy else { return }
    let isFree = method.request?.maximumShare == nil && method.request?.budget == nil
    let comparison = isFree ? "; this award saves \(greedy.cost - cost)" : ", not held to what was asked for"
    let left = greedy.uncovered > 0 ? ", leaving \(greedy.uncovered) needs without cover" : comparison
    table.add("greedy rule", "\(greedy.cost)\(left)")
  }

  private func add(_ remarks: AwardRemarks, to table: inout TextTable) {
    for binding in remarks.binding { table.add("limit reached", binding.words) }
    if let saving = remarks.dualSourcing {
      table.add(
        "several suppliers",
        "keeping the maximum share costs \(saving.isProven ? "" : "about ")\(saving.amount)"
      )
    }
    for item in remarks.soleItems {
      table.add("several suppliers", "only one supplier can deliver \(item): the maximum share leaves it out")
    }
    for tolerance in remarks.tolerances { table.add("more than needed", tolerance.words) }
    for dearer in remarks.dearer {
      table.add("dearer than alone", "\(dearer.centre) by \(dearer.excess): \(dearer.reason)")
    }
  }
}

extension CentreSaving {
  var words: String {
    guard let alone, let saving else { return "pays \(cost); alone it could not buy" }
    return
      "pays \(cost), alone \(alone): \(saving >= .zero ? "saves \(saving)" : "\(Money.zero - saving) more")"
  }
}

extension AwardPlan.Advice {
  var words: String {
    let total = extraCost < .zero ? "\(Money.zero - extraCost) less in all" : "\(extraCost) more in all"
    return "\(packs) more packs of \(offer) reach \(price) a pack, \(total)"
  }
}

extension AwardRemarks.Tolerance {
  var words: String {
    let more = "\(centre) gets \(received) of \(item) and needs \(needed)"
    guard beyond > .zero else { return "\(more); it tolerates \(tolerated) more" }
    return
      "\(more); \(beyond) are beyond its tolerance of \(tolerated): packs, minimums or multiples force them"
  }
}
