/// The integer model of a renewal problem: x_mat says that action a is taken on machine m in year t.
struct RenewalModel {
  let problem: RenewalProblem
  private(set) var linear = LinearModel(.minimize)
  /// The decisions that may be taken on each machine, with their columns.
  private(set) var choices: [[(decision: RenewalProblem.Decision, column: Int)]] = []
  private var discounts: [[LinearModel.Term]]
  /// Cents in one unit of the model, so that coefficients stay small. Payments are whole units; what is left of a
  /// budget below one cannot be spent.
  let cent: Int64

  init(_ problem: RenewalProblem) {
    self.problem = problem
    discounts = [[LinearModel.Term]](repeating: [], count: problem.years)
    let payments = problem.machines.flatMap { $0.actions.flatMap(\.payments) }
    let amounts = payments + problem.tiers.map(\.discount)
    cent = max(1, amounts.reduce(0, greatestCommonDivisor))
    addChoices()
    for category in Set(problem.tiers.map(\.category)).sorted() { addTiers(category) }
    addBudgets()
    addAvailability()
  }

  mutating func addColumn(upTo upper: Int) -> Int { linear.addColumn(upper: Double(upper), isInteger: true) }

  mutating func addRow(_ terms: [LinearModel.Term], atLeast lower: Double) {
    linear.addRow(terms, lower: lower)
  }

  mutating func setObjective(_ terms: [LinearModel.Term]) {
    for j in linear.columns.indices { linear.addCost(-linear.columns[j].cost, to: j) }
    for term in terms { linear.addCost(term.coefficient, to: term.column) }
  }

  mutating func addCeiling(_ terms: [LinearModel.Term], _ ceiling: Double) {
    linear.addRow(terms, upper: ceiling)
  }

  /// The decisions that a solution says.
  func decisions(_ values: [Double]) -> [RenewalProblem.Decision?] {
    choices.map { options in options.first { values[$0.column] > 0.5 }?.decision }
  }

  /// Cents paid over all years, in units of `cent`.
  var spending: [LinearModel.Term] { (0..<problem.years).flatMap(spending(in:)) }

  private mutating func addChoices() {
    for machine in problem.machines.indices {
      let options = problem.choices(of: machine).map { (decision: $0, column: linear.addBinary()) }
      choices.append(options)
      linear.addRow(options.map { .init(1, $0.column) }, upper: 1)
    }
  }

  private func action(_ machine: Int, _ decision: RenewalProblem.Decision) -> RenewalProblem.Action {
    problem.machines[machine].actions[decision.action]
  }

  /// Per year at most one tier, with as many machines as are bought and only if they are enough.
  private mutating func addTiers(_ category: String) {
    let members = problem.machines.indices.filter { problem.machines[$0].category == category }
    for year in 0..<problem.years {
      let bought = members.flatMap { machine in
        choices[machine].filter { $0.decision.year == year && action(machine, $0.decision).kind.isPurchase }
          .map { LinearModel.Term(1, $0.column) }
      }
      var switches: [LinearModel.Term] = []
      for tier in problem.tiers where tier.category == category {
        let reached = linear.addBinary()
        let count = addColumn(upTo: members.count)
        switches.append(.init(1, reached))
        linear.addRow([.init(1, count)] + bought.map { .init(-1, $0.column) }, upper: 0)
        linear.addRow([.init(1, count), .init(-Double(members.count), reached)], upper: 0)
        linear.addRow(bought + [.init(-Double(tier.from), reached)], lower: 0)
        discounts[year].append(.init(-Double(tier.discount / cent), count))
      }
      linear.addRow(switches, upper: 1)
    }
  }

  private func spending(in year: Int) -> [LinearModel.Term] {
    choices.indices.flatMap { machine in
      choices[machine].compactMap { option -> LinearModel.Term? in
        let payments = action(machine, option.decision).payments
        guard payments.indices.contains(year - option.decision.year) else { return nil }
        return .init(Double(payments[year - option.decision.year] / cent), option.column)
      }
    } + discounts[year]
  }

  private mutating func addBudgets() {
    var earlier: [LinearModel.Term] = []
    var available: Int64 = 0
    for year in 0..<problem.years {
      available = problem.budgets[year] + (problem.carriesOver ? available : 0)
      earlier = spending(in: year) + (problem.carriesOver ? earlier : [])
      linear.addRow(earlier, upper: Double(available / cent))
    }
  }

  private mutating func addAvailability() {
    guard let mostDown = problem.mostDown else { return }
    let there = problem.machines.indices.filter { problem.machines[$0].isThere }
    let centres = Dictionary(grouping: there) { problem.machines[$0].centre }
    for centre in centres.keys.sorted() {
      for year in 0..<problem.years {
        let terms = (centres[centre] ?? []).flatMap { machine in
          choices[machine].filter { $0.decision.year == year }.map { LinearModel.Term(1, $0.column) }
        }
        if !terms.isEmpty { linear.addRow(terms, upper: Double(mostDown)) }
      }
    }
  }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  var (large, small) = (a.magnitude, b.magnitude)
  while small != 0 { (large, small) = (small, large % small) }
  return Int64(clamping: large)
}
