extension RenewalModel {
  typealias Measure = (terms: [LinearModel.Term], constant: Double)

  /// Adds what measures an aim and answers its terms and constant. The cost is in units of `cent`.
  mutating func measure(_ aim: RenewalProblem.Aim) -> Measure {
    switch aim {
    case .benefit: (benefit, 0)
    case .overLife: count { machine, condition in condition.isPastLife ? Double(machine.priority) : 0 }
    case .ageRule: measureAgeRule()
    case .gaps: measureGaps()
    case .downtime: count { _, condition in Double(condition.downPerMille) }
    case .cost: (spending, 0)
    }
  }

  private var benefit: [LinearModel.Term] {
    choices.indices.flatMap { index in
      let machine = problem.machines[index]
      return choices[index].map { option in
        let worth = machine.actions[option.decision.action].benefit(in: option.decision.year)
        return LinearModel.Term(-Double(machine.priority * worth), option.column)
      }
    }
  }

  /// Σ over the years, or one of them, of what each machine counts in its condition then.
  private func count(
    in chosen: Int? = nil,
    of members: [Int]? = nil,
    _ value: (RenewalProblem.Machine, RenewalCondition) -> Double
  ) -> Measure {
    var terms: [LinearModel.Term] = []
    var constant = 0.0
    for year in 0..<problem.years where chosen == nil || chosen == year {
      for index in members ?? Array(problem.machines.indices) {
        let machine = problem.machines[index]
        let kept = value(machine, problem.condition(of: machine, nil, atEndOf: year))
        constant += kept
        for option in choices[index] where option.decision.year <= year {
          let changed = value(machine, problem.condition(of: machine, option.decision, atEndOf: year))
          if changed != kept { terms.append(.init(changed - kept, option.column)) }
        }
      }
    }
    return (terms, constant)
  }

  private mutating func measureAgeRule() -> Measure {
    var missed: [LinearModel.Term] = []
    for group in problem.ageGroups {
      for year in 0..<problem.years { missed += addAgeRule(year, group) }
    }
    return (missed, 0)
  }

  /// Integer slacks that count the machines by which each band misses its share at the end of a year.
  private mutating func addAgeRule(_ year: Int, _ group: [Int]) -> [LinearModel.Term] {
    let rule = problem.ageRule
    let known = count(in: year, of: group) { _, now in now.isThere && now.age != nil ? 1 : 0 }
    let bands: [(share: Int64, holds: (Int) -> Bool, isFloor: Bool)] = [
      (rule.young, { $0 <= 60 }, true), (rule.middle, { $0 > 60 && $0 <= 120 }, false),
      (rule.old, { $0 > 120 }, false),
    ]
    return bands.map { band in
      let inside = count(in: year, of: group) { _, now in
        now.isThere ? now.age.map { band.holds($0) ? 1 : 0 } ?? 0 : 0
      }
      let slack = addColumn(upTo: group.count)
      let (sign, share) = (band.isFloor ? 1.0 : -1.0, Double(band.share))
      let terms = inside.terms.map { LinearModel.Term(sign * 100 * $0.coefficient, $0.column) }
      let shares = known.terms.map { LinearModel.Term(-sign * share * $0.coefficient, $0.column) }
      let constant = sign * (share * known.constant - 100 * inside.constant)
      addRow(terms + shares + [.init(100, slack)], atLeast: constant)
      return .init(1, slack)
    }
  }

  /// Integer slacks that count the machines still missing at each centre at the end of each year.
  private mutating func measureGaps() -> Measure {
    var missing: [LinearModel.Term] = []
    for gap in problem.gaps {
      let members = problem.machines.indices.filter { problem.machines[$0].category == gap.category }
      for year in 0..<problem.years {
        let there = count(in: year, of: members) { _, now in
          now.isThere && now.centre == gap.centre ? 1 : 0
        }
        let slack = addColumn(upTo: members.count + Int(max(0, gap.missing)))
        addRow(there.terms + [.init(1, slack)], atLeast: Double(gap.missing))
        missing.append(.init(Double(gap.priority), slack))
      }
    }
    return (missing, 0)
  }
}
