/// A renewal plan, judged in integers whatever the solver said of it.
package struct RenewalPlan: Sendable, Equatable {
  /// The year of each machine's renewal, counted from 0; nil when it is kept.
  package let renewed: [Int?]
  /// Cents paid each year, discounts taken off.
  package let spending: [Int64]
  /// Cents saved each year by renewing several of a category together.
  package let saving: [Int64]
  package let scores: [RenewalProblem.Aim: Int64]
  /// What the plan breaks; empty for every plan that is handed out.
  package let faults: [String]

  init(_ problem: RenewalProblem, renewed: [Int?]) {
    self.renewed = renewed
    saving = (0..<problem.years).map { problem.saving(renewed, year: $0) }
    let gross = (0..<problem.years).map { problem.payments(renewed, year: $0) }
    spending = zip(gross, saving).map { $0 - $1 }
    let paid = spending
    scores = Dictionary(
      uniqueKeysWithValues: RenewalProblem.Aim.allCases.map { ($0, problem.score($0, renewed, paid: paid)) }
    )
    faults = problem.budgetFaults(spending) + problem.availabilityFaults(renewed)
  }
}

extension RenewalProblem {
  fileprivate func payments(_ renewed: [Int?], year: Int) -> Int64 {
    zip(machines, renewed).reduce(0) { total, pair in
      guard let start = pair.1, pair.0.payments.indices.contains(year - start) else { return total }
      return total + pair.0.payments[year - start]
    }
  }

  /// The best tier each category reaches in a year, for every machine renewed in it.
  fileprivate func saving(_ renewed: [Int?], year: Int) -> Int64 {
    var counts: [String: Int] = [:]
    for (machine, start) in zip(machines, renewed) where start == year {
      counts[machine.category, default: 0] += 1
    }
    return counts.reduce(0) { total, entry in
      let reached = tiers.filter { $0.category == entry.key && $0.from <= entry.value }
      return total + Int64(entry.value) * (reached.map(\.discount).max() ?? 0)
    }
  }

  fileprivate func score(_ aim: Aim, _ renewed: [Int?], paid: [Int64]) -> Int64 {
    switch aim {
    case .cost: paid.reduce(0, +)
    case .benefit:
      zip(machines, renewed).reduce(0) { total, pair in
        pair.1.map { total + pair.0.priority * pair.0.benefits[$0] } ?? total
      }
    case .overLife:
      (0..<years).reduce(0) { total, year in
        zip(machines, renewed).reduce(total) { sum, pair in
          let start = pair.1.flatMap { $0 <= year ? $0 : nil }
          let age = age(of: pair.0, atEndOf: year, renewed: start)
          return (age ?? 0) > pair.0.expectedLife ? sum + pair.0.priority : sum
        }
      }
    case .ageRule: (0..<years).reduce(0) { $0 + missedByAgeRule(renewed, year: $1) }
    }
  }

  /// Machines that would have to be in another band: too few young, too many in the middle, too many old.
  private func missedByAgeRule(_ renewed: [Int?], year: Int) -> Int64 {
    let bands = AgeBands(
      months: zip(machines, renewed).map { machine, start in
        age(of: machine, atEndOf: year, renewed: start.flatMap { $0 <= year ? $0 : nil })
      }
    )
    let young = max(0, 60 * bands.known - 100 * bands.upToFive + 99) / 100
    let middle = max(0, 100 * bands.fiveToTen - 30 * bands.known + 99) / 100
    let old = max(0, 100 * bands.overTen - 10 * bands.known + 99) / 100
    return Int64(young + middle + old)
  }

  fileprivate func budgetFaults(_ spending: [Int64]) -> [String] {
    var left: Int64 = 0
    return spending.indices.compactMap { year in
      let available = budgets[year] + (carriesOver ? left : 0)
      left = available - spending[year]
      return left < 0 ? "year \(year + 1) spends \(-left) cents more than its budget" : nil
    }
  }

  fileprivate func availabilityFaults(_ renewed: [Int?]) -> [String] {
    guard let mostDown else { return [] }
    var down: [String: Int] = [:]
    for (machine, start) in zip(machines, renewed) {
      if let start { down["\(machine.centre), year \(start + 1)", default: 0] += 1 }
    }
    return down.filter { $0.value > mostDown }.map { "\($0.key): \($0.value) machines under renewal" }
      .sorted()
  }
}
