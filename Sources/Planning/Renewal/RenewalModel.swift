/// The integer model of a renewal problem: x_mt says that machine m is renewed in year t.
struct RenewalModel {
  let problem: RenewalProblem
  private(set) var linear = LinearModel(.minimize)
  /// Column of x_mt; nil where it is not allowed.
  private(set) var renewal: [[Int?]] = []
  private var discounts: [[LinearModel.Term]]
  private var missed: [LinearModel.Term] = []
  /// Cents in one unit of the model, so that coefficients stay small.
  private let cent: Int64

  init(_ problem: RenewalProblem) {
    self.problem = problem
    discounts = [[LinearModel.Term]](repeating: [], count: problem.years)
    let amounts = problem.machines.flatMap(\.payments) + problem.budgets + problem.tiers.map(\.discount)
    cent = max(1, amounts.reduce(0, greatestCommonDivisor))
    addRenewals()
    for category in Set(problem.tiers.map(\.category)).sorted() { addTiers(category) }
    addBudgets()
    addAvailability()
  }

  /// Adds what measures an aim, once, and answers its terms and constant.
  mutating func measure(_ aim: RenewalProblem.Aim) -> (terms: [LinearModel.Term], constant: Double) {
    switch aim {
    case .benefit:
      let terms = eachRenewal { machine, year in Double(machine.priority * machine.benefits[year]) }
      return (terms.map { .init(-$0.coefficient, $0.column) }, 0)
    case .overLife: return overLife()
    case .cost:
      let paid = (0..<problem.years).flatMap(spending)
      return (paid.map { .init(Double(cent) * $0.coefficient, $0.column) }, 0)
    case .ageRule:
      if missed.isEmpty { for year in 0..<problem.years { addAgeRule(year) } }
      return (missed, 0)
    }
  }

  mutating func setObjective(_ terms: [LinearModel.Term]) {
    for j in linear.columns.indices { linear.addCost(-linear.columns[j].cost, to: j) }
    for term in terms { linear.addCost(term.coefficient, to: term.column) }
  }

  mutating func addCeiling(_ terms: [LinearModel.Term], _ ceiling: Double) {
    linear.addRow(terms, upper: ceiling)
  }

  /// The years that a solution says.
  func years(_ values: [Double]) -> [Int?] {
    renewal.map { columns in
      columns.firstIndex { column in column.map { values[$0] > 0.5 } ?? false }
    }
  }

  private mutating func addRenewals() {
    for machine in problem.machines {
      let columns: [Int?] = (0..<problem.years).map { year in
        machine.allowedYears.contains(year) ? linear.addBinary() : nil
      }
      renewal.append(columns)
      linear.addRow(columns.compactMap { $0.map { .init(1, $0) } }, upper: 1)
    }
  }

  private func eachRenewal(_ value: (RenewalProblem.Machine, Int) -> Double) -> [LinearModel.Term] {
    zip(problem.machines, renewal).flatMap { machine, columns in
      columns.enumerated().compactMap { year, column in column.map { .init(value(machine, year), $0) } }
    }
  }

  /// Per year at most one tier, with as many machines as are renewed and only if they are enough.
  private mutating func addTiers(_ category: String) {
    let members = problem.machines.indices.filter { problem.machines[$0].category == category }
    for year in 0..<problem.years {
      let renewed = members.compactMap { renewal[$0][year].map { LinearModel.Term(1, $0) } }
      var switches: [LinearModel.Term] = []
      for tier in problem.tiers where tier.category == category {
        let reached = linear.addBinary()
        let count = linear.addColumn(upper: Double(members.count), isInteger: true)
        switches.append(.init(1, reached))
        linear.addRow([.init(1, count)] + renewed.map { .init(-1, $0.column) }, upper: 0)
        linear.addRow([.init(1, count), .init(-Double(members.count), reached)], upper: 0)
        linear.addRow(renewed + [.init(-Double(tier.from), reached)], lower: 0)
        discounts[year].append(.init(-Double(tier.discount / cent), count))
      }
      linear.addRow(switches, upper: 1)
    }
  }

  private func spending(_ year: Int) -> [LinearModel.Term] {
    zip(problem.machines, renewal).flatMap { machine, columns in
      machine.payments.enumerated().compactMap { delay, amount -> LinearModel.Term? in
        guard year - delay >= 0, let column = columns[year - delay] else { return nil }
        return .init(Double(amount / cent), column)
      }
    } + discounts[year]
  }

  private mutating func addBudgets() {
    var earlier: [LinearModel.Term] = []
    var available: Int64 = 0
    for year in 0..<problem.years {
      available = problem.budgets[year] + (problem.carriesOver ? available : 0)
      earlier = spending(year) + (problem.carriesOver ? earlier : [])
      linear.addRow(earlier, upper: Double(available / cent))
    }
  }

  private mutating func addAvailability() {
    guard let mostDown = problem.mostDown else { return }
    let centres = Dictionary(grouping: problem.machines.indices) { problem.machines[$0].centre }
    for centre in centres.keys.sorted() {
      for year in 0..<problem.years {
        let terms = (centres[centre] ?? []).compactMap { m in renewal[m][year].map { LinearModel.Term(1, $0) }
        }
        if terms.count > mostDown { linear.addRow(terms, upper: Double(mostDown)) }
      }
    }
  }

  private func overLife() -> (terms: [LinearModel.Term], constant: Double) {
    count { machine, age in (age ?? 0) > machine.expectedLife ? Double(machine.priority) : 0 }
  }

  /// Σ over the years, or one of them, of what each machine counts at its age then.
  private func count(
    in chosen: Int? = nil,
    _ value: (RenewalProblem.Machine, Int?) -> Double
  ) -> (terms: [LinearModel.Term], constant: Double) {
    var terms: [LinearModel.Term] = []
    var constant = 0.0
    for year in 0..<problem.years where chosen == nil || chosen == year {
      for (machine, columns) in zip(problem.machines, renewal) {
        let kept = value(machine, problem.age(of: machine, atEndOf: year, renewed: nil))
        constant += kept
        for start in 0...year {
          guard let column = columns[start] else { continue }
          let fresh = value(machine, problem.age(of: machine, atEndOf: year, renewed: start))
          if fresh != kept { terms.append(.init(fresh - kept, column)) }
        }
      }
    }
    return (terms, constant)
  }

  /// Integer slacks that count the machines by which each band misses its share at the end of a year.
  private mutating func addAgeRule(_ year: Int) {
    let known = count(in: year) { _, age in age == nil ? 0 : 1 }
    let bands: [(share: Double, holds: (Int) -> Bool, isFloor: Bool)] = [
      (60, { $0 <= 60 }, true), (30, { $0 > 60 && $0 <= 120 }, false), (10, { $0 > 120 }, false),
    ]
    for band in bands {
      let inside = count(in: year) { _, age in age.map { band.holds($0) ? 1 : 0 } ?? 0 }
      let slack = linear.addColumn(isInteger: true)
      missed.append(.init(1, slack))
      let sign = band.isFloor ? 1.0 : -1.0
      let terms = inside.terms.map { LinearModel.Term(sign * 100 * $0.coefficient, $0.column) }
      let shares = known.terms.map { LinearModel.Term(-sign * band.share * $0.coefficient, $0.column) }
      let constant = sign * (band.share * known.constant - 100 * inside.constant)
      linear.addRow(terms + shares + [.init(100, slack)], lower: constant)
    }
  }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  var (large, small) = (a.magnitude, b.magnitude)
  while small != 0 { (large, small) = (small, large % small) }
  return Int64(clamping: large)
}
