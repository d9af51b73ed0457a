/// Finds a smallest set of needs and limits that contradict each other: leaving out any one of them would
/// leave a plan for the rest.
///
/// QuickXplain (Junker 2004) over the problem's limits, in the order in which we would rather keep them;
/// each question is one feasibility solve. Cost: k log(n / k) solves for a conflict of k among n.
struct AwardConflict {
  private let solver: any Solver
  private let options: AwardOptions

  init(_ solver: any Solver, _ options: AwardOptions) {
    self.solver = solver
    self.options = options
  }

  /// The conflict, or nothing where the time did not suffice to find one.
  func smallest(_ problem: AwardProblem, _ cancellation: Cancellation) throws(SolverError) -> [AwardLimit] {
    // Most conflicts concern one item: the first that has one is enough.
    for item in problem.items.indices {
      let own = problem.restricted(toItem: item)
      guard !own.needs.isEmpty, !(try isPossible(own.kept(own.limits), cancellation)) else { continue }
      return try explain(own, cancellation).map { problem.limit($0, ofItem: item) }
    }
    return try explain(problem, cancellation)
  }

  /// The earliest moment by which the needs of a conflict could be due, so that the order is possible, or else so that the
  /// conflict is none; nil where even the last possible delivery does not help. A later date only ever allows more, so this
  /// is found by bisection over the days on which something can arrive.
  func earliest(
    _ problem: AwardProblem,
    for conflict: [AwardLimit],
    _ cancellation: Cancellation
  ) throws(SolverError) -> Award.Earliest? {
    let days = problem.arrivals(after: conflict)
    guard let last = days.last else { return nil }
    let alone = problem.kept(conflict)
    for (question, isWhole) in [(problem, true), (alone, false)] {
      func holds(_ day: Int) throws(SolverError) -> Bool {
        try hasPlan(question.postponed(conflict, to: day), cancellation)
      }
      guard try holds(last) else { continue }
      var (tooEarly, enough) = (-1, days.count - 1)
      while enough - tooEarly > 1 {
        let middle = (tooEarly + enough) / 2
        if try holds(days[middle]) { enough = middle } else { tooEarly = middle }
      }
      return Award.Earliest(day: days[enough], isWhole: isWhole)
    }
    return nil
  }

  private func explain(_ problem: AwardProblem, _ cancellation: Cancellation) throws(SolverError)
    -> [AwardLimit]
  {
    let limits = problem.limits
    guard !(try isPossible(problem.kept(limits), cancellation)) else { return [] }
    return try conflict([], limits, isBackgroundNew: false, problem, cancellation)
  }

  private func conflict(
    _ background: [AwardLimit],
    _ limits: [AwardLimit],
    isBackgroundNew: Bool,
    _ problem: AwardProblem,
    _ cancellation: Cancellation
  ) throws(SolverError) -> [AwardLimit] {
    if isBackgroundNew, !(try isPossible(problem.kept(background), cancellation)) { return [] }
    guard limits.count > 1 else { return limits }
    let first = Array(limits[..<(limits.count / 2)])
    let second = Array(limits[(limits.count / 2)...])
    let fromSecond = try conflict(
      background + first,
      second,
      isBackgroundNew: true,
      problem,
      cancellation
    )
    let fromFirst = try conflict(
      background + fromSecond,
      first,
      isBackgroundNew: !fromSecond.isEmpty,
      problem,
      cancellation
    )
    return fromFirst + fromSecond
  }

  /// Whether some plan keeps every limit of `problem`. A question that runs out of time counts as possible,
  /// so that nothing is called a conflict without proof.
  private func isPossible(_ problem: AwardProblem, _ cancellation: Cancellation) throws(SolverError) -> Bool {
    try anyPlan(problem, cancellation) != .infeasible
  }

  /// Whether a plan was found. A question that runs out of time counts as having none.
  private func hasPlan(_ problem: AwardProblem, _ cancellation: Cancellation) throws(SolverError) -> Bool {
    switch try anyPlan(problem, cancellation) {
    case .optimal, .withinGap, .feasible: true
    case .infeasible, .unknown: false
    }
  }

  private func anyPlan(
    _ problem: AwardProblem,
    _ cancellation: Cancellation
  ) throws(SolverError) -> AwardOutcome.Status {
    let index = AwardIndex(problem)
    if GreedyAward.plan(index) != nil { return .feasible }
    var anyPlan = options
    anyPlan.gap = 1
    anyPlan.timeLimit = min(options.timeLimit, .seconds(10))
    return try JointAward(solver, anyPlan).solve(index, cancellation).status
  }
}

extension AwardProblem.Offer {
  fileprivate var hasMinimum: Bool { minimumQuantity > 0 || minimumValue > 0 || multiple > 1 }
}

extension AwardProblem {
  /// Everything that may be left out to make a plan possible, least wanted last.
  var limits: [AwardLimit] {
    var limits: [AwardLimit] = needs.indices.sorted { (needs[$0].priority, $0) < (needs[$1].priority, $1) }
      .filter { needs[$0].quantity > 0 }.map { .need($0) }
    for point in Set(needs.map { [$0.item, $0.deliveryPoint] }).sorted(by: {
      $0.lexicographicallyPrecedes($1)
    }) {
      limits.append(.most(item: point[0], deliveryPoint: point[1]))
    }
    if budget != nil { limits.append(.budget) }
    limits += offers.indices.filter { offers[$0].capacity.contains { $0 != nil } }.map { .offerCapacity($0) }
    limits += suppliers.indices.filter { suppliers[$0].capacity.contains { $0 != nil } }
      .map { .supplierCapacity($0) }
    limits += agreements.indices.filter { has($0, \.maximumValue, \.maximumQuantity) }
      .map { .maximum(agreement: $0) }
    limits += agreements.indices.filter { has($0, \.minimumValue, \.minimumQuantity) }
      .map { .minimum(agreement: $0) }
    limits += agreements.indices.filter { !agreements[$0].holders.isEmpty }.map { .rule(agreement: $0) }
    limits += items.indices.filter { items[$0].maximumShare != nil }.map { .maximumShare(item: $0) }
    limits += offers.indices.filter { offers[$0].hasMinimum }.map { .offerMinimum($0) }
    limits += suppliers.indices.filter { suppliers[$0].minimumOrderValue > 0 }.map { .supplierMinimum($0) }
    return limits
  }

  private func has(
    _ agreement: Int,
    _ first: KeyPath<Limits, Int?>,
    _ second: KeyPath<Limits, Int?>
  ) -> Bool {
    let all = [agreements[agreement].limits] + agreements[agreement].holders.map(\.limits)
    return all.contains { $0[keyPath: first] != nil || $0[keyPath: second] != nil }
  }

  /// The problem with only these limits; whatever else it limits no longer does.
  func kept(_ kept: [AwardLimit]) -> AwardProblem {
    let kept = Set(kept)
    let plenty = items.indices.map { self.plenty(of: $0) }
    var problem = self
    for item in items.indices {
      problem.items[item].shareBase = problem.items[item].shareBase ?? need(for: item)
    }
    for need in needs.indices where !kept.contains(.need(need)) { problem.needs[need].quantity = 0 }
    for need in needs.indices
    where !kept.contains(.most(item: needs[need].item, deliveryPoint: needs[need].deliveryPoint)) {
      problem.needs[need].tolerance += plenty[needs[need].item]
    }
    if !kept.contains(.budget) { problem.budget = nil }
    for offer in offers.indices {
      if !kept.contains(.offerCapacity(offer)) { problem.offers[offer].capacity = [] }
      if !kept.contains(.offerMinimum(offer)) {
        problem.offers[offer].minimumQuantity = 0
        problem.offers[offer].minimumValue = 0
        problem.offers[offer].multiple = 1
      }
    }
    for supplier in suppliers.indices {
      if !kept.contains(.supplierCapacity(supplier)) { problem.suppliers[supplier].capacity = [] }
      if !kept.contains(.supplierMinimum(supplier)) { problem.suppliers[supplier].minimumOrderValue = 0 }
    }
    for item in items.indices where !kept.contains(.maximumShare(item: item)) {
      problem.items[item].maximumShare = nil
    }
    for agreement in agreements.indices { problem.keep(agreement, kept) }
    return problem
  }

  private func need(for item: Int) -> Int { needs.reduce(0) { $0 + ($1.item == item ? $1.quantity : 0) } }

  /// More of the item than any need, minimum or agreement could make anybody order.
  private func plenty(of item: Int) -> Int {
    let offers = offers.filter { $0.item == item }
    let minimums = agreements.flatMap { [$0.limits] + $0.holders.map(\.limits) }
    let quantity = minimums.compactMap(\.minimumQuantity).max() ?? 0
    let value = minimums.compactMap(\.minimumValue).max() ?? 0
    let minimum = offers.map { $0.minimumQuantity + $0.pack }.max() ?? 0
    return 2 * need(for: item) + minimum + quantity + value
  }

  private mutating func keep(_ agreement: Int, _ kept: Set<AwardLimit>) {
    var lot = agreements[agreement]
    func cut(_ limits: Limits) -> Limits {
      var limits = limits
      if !kept.contains(.maximum(agreement: agreement)) { limits = limits.withoutMaximums }
      if !kept.contains(.minimum(agreement: agreement)) { limits = limits.withoutMinimums }
      return limits
    }
    lot.limits = cut(lot.limits)
    for holder in lot.holders.indices { lot.holders[holder].limits = cut(lot.holders[holder].limits) }
    if !kept.contains(.rule(agreement: agreement)) {
      lot.rule = .bestOffer
      lot.isClosed = false
    }
    agreements[agreement] = lot
  }

  /// What a limit of `restricted(toItem:)` is in the whole problem, whose needs and agreements are counted otherwise.
  func limit(_ limit: AwardLimit, ofItem item: Int) -> AwardLimit {
    let own = needs.indices.filter { needs[$0].item == item }
    let lots = agreements.indices.filter { agreements[$0].items.contains(item) }
    return switch limit {
    case .need(let index): .need(own[index])
    case .maximum(let agreement): .maximum(agreement: lots[agreement])
    case .minimum(let agreement): .minimum(agreement: lots[agreement])
    case .rule(let agreement): .rule(agreement: lots[agreement])
    case .most, .budget, .offerCapacity, .offerMinimum, .supplierCapacity, .supplierMinimum, .maximumShare:
      limit
    }
  }

  /// The days on which something that conflicting needs ask for can arrive later than the first of them is due.
  func arrivals(after conflict: [AwardLimit]) -> [Int] {
    let late = conflict.needs.map { needs[$0] }
    guard let first = late.map(\.dueDay).min() else { return [] }
    let items = Set(late.map(\.item))
    let days = offers.filter { items.contains($0.item) }.flatMap { offer in
      periods.map { $0.orderDay + offer.leadTime }
    }
    return Set(days.filter { $0 > first }).sorted()
  }

  /// The problem with the conflicting needs due no earlier than a day.
  func postponed(_ conflict: [AwardLimit], to day: Int) -> AwardProblem {
    var problem = self
    for need in conflict.needs { problem.needs[need].dueDay = max(needs[need].dueDay, day) }
    return problem
  }

  /// The needs of one item alone, under its own limits: those that it shares with other items are left out.
  func restricted(toItem item: Int) -> AwardProblem {
    var problem = self
    problem.needs = needs.filter { $0.item == item }
    problem.budget = nil
    problem.agreements = agreements.compactMap { lot in
      guard lot.items.contains(item) else { return nil }
      var lot = lot
      lot.limits = lot.limits.withoutMinimums
      for holder in lot.holders.indices {
        lot.holders[holder].limits = lot.holders[holder].limits.withoutMinimums
      }
      return lot
    }
    for supplier in suppliers.indices { problem.suppliers[supplier].minimumOrderValue = 0 }
    return problem
  }
}

extension [AwardLimit] {
  fileprivate var needs: [Int] { compactMap { if case .need(let need) = $0 { need } else { nil } } }
}
