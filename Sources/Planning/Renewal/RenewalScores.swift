extension RenewalProblem {
  /// An aim's value, counted from the decisions alone.
  func score(_ aim: Aim, _ decisions: [Decision?], paid: [Int64]) -> Int64 {
    switch aim {
    case .cost: paid.reduce(0, +)
    case .benefit:
      zip(machines, decisions).reduce(0) { total, pair in
        guard let decision = pair.1 else { return total }
        return total + pair.0.priority * pair.0.actions[decision.action].benefit(in: decision.year)
      }
    case .overLife: eachCondition(decisions) { $1.isPastLife ? $0.priority : 0 }
    case .downtime: eachCondition(decisions) { $1.downPerMille }
    case .ageRule:
      (0..<years).reduce(0) { total, year in
        ageGroups.reduce(total) { $0 + missedByAgeRule(decisions, $1, year: year) }
      }
    case .gaps:
      (0..<years).reduce(0) { total, year in
        gaps.reduce(total) { $0 + $1.priority * missing($1, decisions, year: year) }
      }
    }
  }

  /// The bands of the machines that are there at the end of a year.
  package func bands(_ decisions: [Decision?], year: Int, of members: [Int]? = nil) -> AgeBands {
    let conditions = (members ?? Array(machines.indices)).map { index in
      condition(of: machines[index], decisions[index], atEndOf: year)
    }
    return AgeBands(months: conditions.filter(\.isThere).map(\.age))
  }

  /// Machines past their expected life at the end of a year.
  package func pastLife(_ decisions: [Decision?], year: Int) -> [Int] {
    machines.indices.filter { condition(of: machines[$0], decisions[$0], atEndOf: year).isPastLife }
  }

  /// Machines that a centre still lacks at the end of a year.
  package func missing(_ gap: Gap, _ decisions: [Decision?], year: Int) -> Int64 {
    let change = machines.indices.reduce(Int64(0)) { total, index in
      let machine = machines[index]
      guard machine.category == gap.category else { return total }
      return total + presence(condition(of: machine, decisions[index], atEndOf: year), at: gap.centre)
        - presence(condition(of: machine, nil, atEndOf: year), at: gap.centre)
    }
    return max(0, gap.missing - change)
  }

  private func presence(_ condition: RenewalCondition, at centre: String) -> Int64 {
    condition.isThere && condition.centre == centre ? 1 : 0
  }

  private func eachCondition(
    _ decisions: [Decision?],
    _ value: (Machine, RenewalCondition) -> Int64
  ) -> Int64 {
    (0..<years).reduce(0) { total, year in
      zip(machines, decisions).reduce(total) { sum, pair in
        sum + value(pair.0, condition(of: pair.0, pair.1, atEndOf: year))
      }
    }
  }

  /// Machines that would have to be in another band: too few young, too many in the middle, too many old.
  private func missedByAgeRule(_ decisions: [Decision?], _ group: [Int], year: Int) -> Int64 {
    let bands = bands(decisions, year: year, of: group)
    let known = Int64(bands.known)
    let young = max(0, ageRule.young * known - 100 * Int64(bands.upToFive) + 99) / 100
    let middle = max(0, 100 * Int64(bands.fiveToTen) - ageRule.middle * known + 99) / 100
    let old = max(0, 100 * Int64(bands.overTen) - ageRule.old * known + 99) / 100
    return young + middle + old
  }
}
