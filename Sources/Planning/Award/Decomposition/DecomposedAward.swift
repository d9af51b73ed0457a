import Dispatch
import Synchronization

/// The award item by item: each is served exactly at prices that the ties correct, the corrections come from
/// a master problem over the columns found, and the columns together make a plan.
///
/// Dantzig & Wolfe (1960), with the multipliers smoothed after Wentges (1997): every round's multipliers give
/// a Lagrangian bound, and the restricted integer master gives plans. Items without ties between them end in
/// the first round.
struct DecomposedAward {
  private let solver: any Solver
  private let options: AwardOptions
  private let index: AwardIndex
  private let pricers: [any BlockPricer]
  private var deadline: ContinuousClock.Instant
  private var master: AwardMaster
  private var best: AwardPlan?
  private var bestCost = Int.max
  private var bound = -Double.infinity
  private var centre: [Double]
  private var effort = SearchEffort()
  /// Columns so far that were better than what was known at their multipliers.
  private var improvements = 0
  /// How much the items' own searches left of the last bound, and whether that is much of what is open.
  private var slack = 0.0
  private var isLoose = false
  /// Columns that the last search for a plan had.
  private var combined = 0
  private var mixed: [MixedOrder] = []
  private var cancellation = Cancellation()
  /// Whether nothing comes after it: otherwise what is left goes to the solver as one model.
  var isAlone = true

  init(_ solver: any Solver, _ options: AwardOptions, _ index: AwardIndex, start: AwardPlan?) {
    self.solver = solver
    self.options = options
    self.index = index
    deadline = ContinuousClock.now + options.timeLimit
    pricers = index.blocks.indices.map { block -> any BlockPricer in
      if let tiered = TieredBlock(index, block, solver) { return tiered }
      return SolvedBlock(index, block, solver)
    }
    best = start
    bestCost = start.map { index.costs(of: $0).total } ?? .max
    master = AwardMaster(index, penalty: Self.penalty(index))
    centre = Array(repeating: 0, count: master.ties.count)
    effort.tolerance = max(1e-9, options.gap / 8)
    effort.branches = Self.firstBranches
  }

  /// More than any plan costs: every source at its most, every order with its charges.
  private static func penalty(_ index: AwardIndex) -> Double {
    let goods = index.sources.indices.reduce(0.0) { sum, source in
      let this = index.sources[source]
      let most = this.pieces.map { $0.cost($0.packs.upperBound) }.max() ?? 0
      return sum + Double(most) / AwardModel.centsPerUnit + index.holdingPerPack(source)
        * Double(this.mostPacks)
    }
    let charges = index.termedOrders.keys.reduce(0) { sum, key in
      let supplier = index.problem.suppliers[key.supplier]
      return sum + supplier.orderFee + (supplier.freight?.charge ?? 0)
    }
    return goods + Double(charges) / AwardModel.centsPerUnit + 1
  }

  /// The outcome reached when the gap, the rounds or the time end.
  mutating func solve(_ cancellation: Cancellation) throws(SolverError) -> AwardOutcome {
    self.cancellation = cancellation
    guard try priceAll(centre) else { return AwardOutcome(status: .infeasible) }
    tryColumns(Array(master.columns.indices))
    if !master.ties.isEmpty { try join(cancellation) }
    if !isDone { try polish(cancellation) }
    if !isDone, isAlone || index.modelSize > Self.wholeSize { try decideOrders(cancellation) }
    return outcome
  }

  /// Rounds of multipliers and plans until the ties are priced as well as the items' own searches allow.
  private mutating func join(_ cancellation: Cancellation) throws(SolverError) {
    for round in 0..<Self.rounds where !isDone && !cancellation.isCancelled {
      let progress = try refine(cancellation)
      if !progress || round == 2 || round % 6 == 5 { try combine(cancellation) }
      if isLoose { effort.branches = min(2 * effort.branches, Self.mostBranches) }
      if progress { continue }
      if effort.branches >= Self.mostBranches { break }
      effort.branches *= 5
    }
    if !isDone { try combine(cancellation) }
  }

  private static let rounds = 120
  /// Branches of an item's search: few while the ties' prices are still far off, more when nothing else helps.
  private static let firstBranches = 24
  private static let mostBranches = 480
  private static let polishBranches = 1_000

  private var outcome: AwardOutcome {
    if bound > master.penalty { return AwardOutcome(status: .infeasible) }
    return index.outcome(best, bound: JointAward.cents(bound - index.holdingOffset), gap: options.gap)
  }

  private var isDone: Bool {
    guard ContinuousClock.now < deadline, bound <= master.penalty else { return true }
    guard best != nil else { return false }
    return bestValue - bound <= max(0.009, options.gap * abs(bestValue) * 0.98)
  }

  /// The best plan's cost as columns count it, in euros.
  private var bestValue: Double { Double(bestCost) / AwardModel.centsPerUnit + index.holdingOffset }

  /// One round: multipliers from the master, items served at the smoothed ones, the bound raised. False when
  /// nothing new was found at the master's own multipliers.
  private mutating func refine(_ cancellation: Cancellation) throws(SolverError) -> Bool {
    let everything = Array(master.columns.indices)
    var limits = SolverOptions()
    limits.timeLimit = deadline - ContinuousClock.now
    let solution = try solver.solve(master.model(everything, isInteger: false), limits, cancellation)
    guard solution.rowDuals.count >= master.ties.count else { return false }
    mixed = master.mixed(solution.values)
    let multipliers = master.allowed(Array(solution.rowDuals.prefix(master.ties.count)))
    let smoothed = zip(centre, multipliers).map { 0.6 * $0 + 0.4 * $1 }
    let known = improvements
    var isServed = try priceAll(smoothed)
    if isServed, improvements == known { isServed = try priceAll(multipliers) }
    guard isServed else {
      bound = .infinity
      return false
    }
    let left = (solution.objective ?? .infinity) - bound
    isLoose = slack > left / 3
    let isClosed = improvements == known || left <= max(1e-9, options.gap / 10) * max(1, abs(bound))
    guard isClosed, master.escapes(solution.values), bound <= master.penalty else { return !isClosed }
    master.raiseEscape()
    return true
  }

  /// Serves every item at the multipliers and raises the bound where theirs is better; false where an item
  /// cannot be served at all.
  private mutating func priceAll(_ multipliers: [Double]) throws(SolverError) -> Bool {
    let known = master.leastReducedCosts(multipliers)
    let answers = try self.answers(pricers, master.penalties(multipliers), effort, known: known)
    var lagrangian = master.constant(multipliers)
    slack = 0
    for (block, answer) in answers.enumerated() {
      if answer.bound == .infinity { return false }
      lagrangian += answer.bound
      add(answer)
      slack += min(known[block], answer.column.map { master.reducedCost($0, multipliers) } ?? .infinity)
      slack -= answer.bound
    }
    if lagrangian > bound {
      bound = lagrangian
      centre = multipliers
    }
    return true
  }

  /// Adds the answer's columns. Only its best counts as progress.
  private mutating func add(_ answer: BlockAnswer) {
    if let column = answer.column, master.add(column) { improvements += 1 }
    for column in answer.others { _ = master.add(column) }
  }

  private struct Decision {
    var decided: OrderDecisions
    var bound: Double
    var centre: [Double]
    var mixed: [MixedOrder]
  }

  /// Branches on the orders that the master mixes, the lowest bound first; each branch has rounds of its own.
  /// Leaves most of the time to the whole model where that is small enough to be tried.
  private mutating func decideOrders(_ cancellation: Cancellation) throws(SolverError) {
    if !isAlone {
      let now = ContinuousClock.now
      deadline = min(deadline, now + (deadline - now) / 3)
    }
    var open = [Decision(decided: master.decided, bound: bound, centre: centre, mixed: mixed)]
    var closed = Double.infinity
    effort.branches = Self.firstBranches
    effort.plans = 1
    while let next = open.indices.min(by: { open[$0].bound < open[$1].bound }) {
      bound = min(closed, open[next].bound)
      if isDone || cancellation.isCancelled { break }
      let parent = open.remove(at: next)
      guard let decisions = parent.decided.split(parent.mixed) else {
        closed = min(closed, parent.bound)
        continue
      }
      for decided in decisions { open.append(try branch(decided, parent, cancellation)) }
    }
    master.decided = OrderDecisions()
    bound = min(closed, open.map(\.bound).min() ?? .infinity, best == nil ? .infinity : bestValue)
  }

  private mutating func branch(
    _ decided: OrderDecisions,
    _ parent: Decision,
    _ cancellation: Cancellation
  ) throws(SolverError) -> Decision {
    master.decided = decided
    bound = -.infinity
    centre = parent.centre
    mixed = []
    for _ in 0..<Self.roundsOfBranch where !isDone && !cancellation.isCancelled {
      guard try refine(cancellation) else { break }
    }
    combined = 0
    if !isDone { try combine(cancellation) }
    return Decision(decided: decided, bound: max(bound, parent.bound), centre: centre, mixed: mixed)
  }

  private static let roundsOfBranch = 12
  /// Up to here the solver decides the orders of the whole model faster.
  private static let wholeSize = 3_000

  /// Hands the items whose own search left most open to the solver, at the multipliers of the best bound.
  private mutating func polish(_ cancellation: Cancellation) throws(SolverError) {
    let penalties = master.penalties(centre)
    effort.branches = max(effort.branches, Self.polishBranches)
    var answers = try self.answers(pricers, penalties, effort, known: master.leastReducedCosts(centre))
    for answer in answers { add(answer) }
    bound = max(bound, answers.reduce(master.constant(centre)) { $0 + $1.bound })
    try combine(cancellation)
    let known = master.leastReducedCosts(centre)
    let slack = zip(known, answers).map { $0 - $1.bound }
    var waiting = answers.indices.filter { slack[$0] > 1e-6 }.sorted { slack[$0] < slack[$1] }
    while !waiting.isEmpty, !isDone, !cancellation.isCancelled {
      let batch = Array(waiting.suffix(Self.polishedAtOnce))
      waiting.removeLast(batch.count)
      let polished = batch.map { pricers[$0] }
      let least = batch.map { known[$0] }
      for (block, answer) in zip(batch, try self.answers(polished, penalties, effort, known: least, solver)) {
        answers[block].bound = max(answers[block].bound, answer.bound)
        add(answer)
      }
      bound = max(bound, answers.reduce(master.constant(centre)) { $0 + $1.bound })
      if waiting.count % (4 * Self.polishedAtOnce) < Self.polishedAtOnce { try combine(cancellation) }
    }
  }

  private static let polishedAtOnce = 8

  /// All items at once on the machine's processors; the answers come in the items' order. Once the time is over
  /// an item is left out, without a bound.
  private func answers(
    _ pricers: [any BlockPricer],
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    known: [Double],
    _ solver: (any Solver)? = nil
  ) throws(SolverError) -> [BlockAnswer] {
    let found = Mutex<[Int: Result<[BlockAnswer], SolverError>]>([:])
    let size = max(1, (pricers.count + 31) / 32)
    let (deadline, cancellation) = (deadline, cancellation)
    let parts = stride(from: 0, to: pricers.count, by: size).map { $0..<min($0 + size, pricers.count) }
    DispatchQueue.concurrentPerform(iterations: parts.count) { part in
      let answers = Result { () throws(SolverError) in
        var answers: [BlockAnswer] = []
        for block in parts[part] {
          if ContinuousClock.now >= deadline || cancellation.isCancelled {
            answers.append(BlockAnswer(bound: -.infinity))
            continue
          }
          var effort = effort
          effort.known = known[block]
          if let solver {
            answers.append(try pricers[block].polish(penalties, effort, solver))
          } else {
            answers.append(try pricers[block].price(penalties, effort))
          }
        }
        return answers
      }
      found.withLock { $0[part] = answers }
    }
    let all = found.withLock { $0 }
    var answers: [BlockAnswer] = []
    for part in parts.indices { answers += try all[part]?.get() ?? [] }
    return answers
  }

  /// Looks for a plan among the columns whose reduced cost does not rule them out.
  private mutating func combine(_ cancellation: Cancellation) throws(SolverError) {
    guard combined != master.columns.count else { return }
    combined = master.columns.count
    let candidates = promising
    let left = deadline - ContinuousClock.now
    guard left > .zero else { return }
    var limits = SolverOptions(relativeGap: options.gap / 3, timeLimit: min(left, options.timeLimit / 6))
    limits.feasibilityTolerance = 1e-9
    let solution = try solver.solve(master.model(candidates, isInteger: true), limits, cancellation)
    guard !solution.values.isEmpty else { return }
    tryColumns(zip(candidates, solution.values).filter { $1 > 0.5 }.map(\.0))
  }

  /// Columns within reach of the best plan: a column above its item's best by more than the whole gap cannot
  /// be in a better one. At most a few for each item, the nearest first.
  private var promising: [Int] {
    let costs = master.columns.indices.map { master.reducedCost($0, centre) }
    var ofBlock = [[Int]](repeating: [], count: index.blocks.count)
    for column in master.columns.indices { ofBlock[master.columns[column].block].append(column) }
    let reach = best == nil || bound == -.infinity ? .infinity : max(0, bestValue - bound)
    return ofBlock.flatMap { columns -> ArraySlice<Int> in
      let sorted = columns.sorted { costs[$0] < costs[$1] }
      let most = (sorted.first.map { costs[$0] } ?? 0) + reach
      return sorted.prefix { costs[$0] <= most }.prefix(Self.columnsOfItem)
    }
    .sorted()
  }

  private static let columnsOfItem = 12

  private mutating func tryColumns(_ chosen: [Int]) {
    var taken = Set<Int>()
    let plan = AwardPlan(
      chosen.flatMap { taken.insert(master.columns[$0].block).inserted ? master.columns[$0].shipments : [] }
    )
    guard index.violations(of: plan).isEmpty else { return }
    let cost = index.costs(of: plan).total
    if cost < bestCost {
      best = plan
      bestCost = cost
    }
  }
}
