extension AllocationProblem {
  /// Shares every delivery under `rule`.
  ///
  /// Each delivery is shared on its day: stocks have fallen by the use since they were counted, never below
  /// nothing, and have risen by what came. What is shared adds up with the reserve and what nobody could
  /// take to what was delivered, to the unit.
  ///
  /// - Throws: `SharingFaults` with everything that is wrong or missing.
  package func allocation(by rule: AllocationRule) throws(SharingFaults) -> Allocation {
    let faults = faults
    try SharingFaults.check(faults.isEmpty ? rule.faults(in: self) : faults)
    var sharing = Sharing(problem: self, rule: rule)
    for delivery in deliveries.sorted(by: { $0.day < $1.day }) { sharing.share(delivery) }
    return Allocation(rule: rule, packSize: packSize, shares: sharing.shares, totals: sharing.totals)
  }

  /// The same supply under every rule that the problem declares enough for.
  ///
  /// - Throws: `SharingFaults` when the numbers themselves are wrong.
  package func comparison() throws(SharingFaults) -> [Allocation] {
    try SharingFaults.check(faults)
    var allocations: [Allocation] = []
    for rule in AllocationRule.allCases where rule.faults(in: self).isEmpty {
      allocations.append(try allocation(by: rule))
    }
    return allocations
  }
}

/// The deliveries shared so far, and where that leaves the centres.
private struct Sharing {
  let problem: AllocationProblem
  let rule: AllocationRule
  /// In order of code, which settles ties.
  let centres: [AllocationProblem.Centre]
  /// Units times days of use, on `day`.
  var stocks: [Int128]
  var day: Int
  var got: [Int]
  var delivered = 0
  var earliestExpiry: Int?
  var shares: [Allocation.Share] = []

  init(problem: AllocationProblem, rule: AllocationRule) {
    (self.problem, self.rule, day) = (problem, rule, problem.day)
    centres = problem.centres.sorted { $0.code < $1.code }
    stocks = centres.map { Int128($0.stock) * Int128($0.use?.days ?? 1) }
    got = centres.map { _ in 0 }
  }

  mutating func share(_ delivery: AllocationProblem.Delivery) {
    advance(to: delivery.day)
    delivered += delivery.quantity
    let left = delivered - problem.reserve - got.reduce(0, +) * problem.packSize
    earliestExpiry = left > delivery.quantity ? least(earliestExpiry, delivery.expiry) : delivery.expiry
    let caps = centres.indices.map(cap)
    let round = round(caps)
    let (outcome, dropped) = round.withoutUselessShares(rule, minimum: problem.minimumPacks)
    let lines = centres.indices.map { index in
      line(index, round, caps[index], outcome, dropped: dropped.contains(index))
    }
    for (index, line) in lines.enumerated() {
      got[index] += line.packs
      stocks[index] += Int128(line.quantity) * Int128(centres[index].use?.days ?? 1)
    }
    record(delivery, lines)
  }

  private mutating func advance(to next: Int) {
    for (index, centre) in centres.enumerated() {
      stocks[index] = max(0, stocks[index] - Int128(centre.use?.quantity ?? 0) * Int128(next - day))
    }
    day = next
  }

  private mutating func record(_ delivery: AllocationProblem.Delivery, _ lines: [Allocation.Line]) {
    let kept = delivered - got.reduce(0, +) * problem.packSize
    let reserve = min(kept, problem.reserve)
    shares.append(.init(delivery: delivery, lines: lines, reserve: reserve, unallocated: kept - reserve))
  }

  /// Whole packs that may be shared: the reserve is kept first.
  private func round(_ caps: [Cap]) -> SharingRound {
    SharingRound(
      packSize: problem.packSize,
      supply: max(got.reduce(0, +), max(0, delivered - problem.reserve) / problem.packSize),
      parts: centres.indices.map { index in
        let centre = centres[index]
        return .init(
          stock: stocks[index],
          use: centre.use ?? DailyUse(0),
          priority: centre.priority,
          need: problem.need(of: centre) ?? 0,
          baseline: centre.baseline ?? 0,
          got: got[index],
          floor: min(caps[index].packs, floor(of: centre)),
          cap: caps[index].packs
        )
      }
    )
  }

  /// The floor in packs, a started pack counted whole; a floor is at least a useful delivery.
  private func floor(of centre: AllocationProblem.Centre) -> Int {
    centre.floor == 0 ? 0 : max(problem.minimumPacks, ceiling(centre.floor, problem.packSize))
  }

  private func line(
    _ index: Int,
    _ round: SharingRound,
    _ cap: Cap,
    _ outcome: SharingRound.Outcome,
    dropped: Bool
  ) -> Allocation.Line {
    let packs = outcome.packs[index] - got[index]
    let use = Int128(centres[index].use?.quantity ?? 0)
    let after = stocks[index] + Int128(packs * problem.packSize) * Int128(centres[index].use?.days ?? 1)
    let account = ReasonAccount(
      rule: rule,
      round: round,
      outcome: outcome,
      index: index,
      packs: packs,
      binding: cap.reason,
      dropped: dropped ? problem.minimumPacks : nil,
      floor: centres[index].floor,
      cover: use > 0 ? Fraction(after, use) : nil
    )
    return Allocation.Line(
      centre: centres[index].code,
      packs: packs,
      quantity: packs * problem.packSize,
      exactShare: outcome.shares.map { $0[index] - Fraction(got[index]) },
      coverBefore: use > 0 ? Fraction(stocks[index], use) : nil,
      coverAfter: account.cover,
      reason: account.reason
    )
  }

  var totals: [Allocation.Total] {
    centres.indices.map { index in
      let centre = centres[index]
      return .init(
        centre: centre.code,
        asked: centre.asked,
        baseline: centre.baseline,
        need: problem.need(of: centre),
        quantity: got[index] * problem.packSize,
        coverBefore: centre.use?.cover(of: centre.stock),
        coverAfter: shares.last?.lines[index].coverAfter,
        reason: shares.last?.lines[index].reason ?? .nothingToShare
      )
    }
  }
}

extension Sharing {
  /// The most packs that a centre may have got after this delivery, and what limits it.
  struct Cap {
    var packs: Int
    var reason: AllocationReason?
  }

  private func cap(_ index: Int) -> Cap {
    let centre = centres[index]
    // Not cut to the supply where the need is known: equal losses are losses of whole needs.
    let most = max(delivered, problem.need(of: centre) ?? 0)
    let everything = Cap(packs: max(got[index], ceiling(most, problem.packSize)), reason: nil)
    return [needCap(centre), limitCap(centre), expiryCap(centre, index)].compactMap(\.self)
      .reduce(everything) { least, next in
        next.packs <= least.packs ? Cap(packs: max(next.packs, got[index]), reason: next.reason) : least
      }
  }

  /// A need is met in whole packs: a started pack counts whole.
  private func needCap(_ centre: AllocationProblem.Centre) -> Cap? {
    guard let need = problem.need(of: centre) else { return nil }
    let packs = ceiling(need, problem.packSize)
    if let asked = centre.asked, let baseline = centre.baseline, need < asked {
      return Cap(packs: packs, reason: .baselineCap(asked: asked, baseline: baseline))
    }
    return Cap(packs: packs, reason: .needMet(units: need))
  }

  private func limitCap(_ centre: AllocationProblem.Centre) -> Cap? {
    centre.limit.map { Cap(packs: $0 / problem.packSize, reason: .limitReached(units: $0)) }
  }

  /// Units that the centre uses up to the last day, its own stock first.
  private func expiryCap(_ centre: AllocationProblem.Centre, _ index: Int) -> Cap? {
    guard let expiry = earliestExpiry, let use = centre.use else { return nil }
    let days = max(0, expiry - day + 1)
    let room = max(0, Int128(use.quantity) * Int128(days) - stocks[index])
    let packs = Int(room / (Int128(use.days) * Int128(problem.packSize)))
    return Cap(packs: got[index] + packs, reason: .expiryCap(lastDay: expiry, days: days))
  }

  private func ceiling(_ value: Int, _ unit: Int) -> Int { (value + unit - 1) / unit }

  private func least(_ a: Int?, _ b: Int?) -> Int? { [a, b].compactMap(\.self).min() }
}
