/// A renewal plan, judged in integers whatever the solver said of it.
package struct RenewalPlan: Sendable, Equatable {
  /// What is done with each machine; nil when it is kept, or not added.
  package let decisions: [RenewalProblem.Decision?]
  /// Cents paid each year, discounts taken off.
  package let spending: [Int64]
  /// The machines bought together each year at a tier.
  package let groups: [RenewalGroup]
  package let scores: [RenewalProblem.Aim: Int64]
  /// What the plan breaks; empty for every plan that is handed out.
  package let faults: [String]

  package init(_ problem: RenewalProblem, decisions: [RenewalProblem.Decision?]) {
    self.decisions = decisions
    let groups = problem.groups(decisions)
    self.groups = groups
    let paid = (0..<problem.years).map { year in
      problem.payments(decisions, year: year)
        - groups.reduce(0) { $1.year == year ? $0 + $1.saving : $0 }
    }
    spending = paid
    scores = Dictionary(
      uniqueKeysWithValues: RenewalProblem.Aim.allCases.map {
        ($0, problem.score($0, decisions, paid: paid))
      }
    )
    faults =
      problem.choiceFaults(decisions) + problem.budgetFaults(paid) + problem.availabilityFaults(decisions)
  }

  /// Cents saved each year by buying several of a category together.
  package var saving: [Int64] {
    spending.indices.map { year in groups.reduce(0) { $1.year == year ? $0 + $1.saving : $0 } }
  }
}

extension RenewalProblem {
  fileprivate func payments(_ decisions: [Decision?], year: Int) -> Int64 {
    zip(machines, decisions).reduce(0) { total, pair in
      guard let decision = pair.1 else { return total }
      let payments = pair.0.actions[decision.action].payments
      return payments.indices.contains(year - decision.year) ? total + payments[year - decision.year] : total
    }
  }

  fileprivate func choiceFaults(_ decisions: [Decision?]) -> [String] {
    machines.indices.compactMap { index in
      guard let decision = decisions[index], !choices(of: index).contains(decision) else { return nil }
      return "machine \(index + 1) cannot be acted on in year \(decision.year + 1)"
    }
  }

  fileprivate func budgetFaults(_ spending: [Int64]) -> [String] {
    var left: Int64 = 0
    return spending.indices.compactMap { year in
      let available = budgets[year] + (carriesOver ? left : 0)
      left = available - spending[year]
      return left < 0 ? "year \(year + 1) spends \(-left) cents more than its budget" : nil
    }
  }

  fileprivate func availabilityFaults(_ decisions: [Decision?]) -> [String] {
    guard let mostDown else { return [] }
    var down: [String: Int] = [:]
    for (machine, decision) in zip(machines, decisions) where machine.isThere {
      if let decision { down["\(machine.centre), year \(decision.year + 1)", default: 0] += 1 }
    }
    return down.filter { $0.value > mostDown }.map { "\($0.key): \($0.value) machines under work" }.sorted()
  }
}
