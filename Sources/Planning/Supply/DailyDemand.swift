/// Simulated futures of a demand, day after day, in one block of memory: `days` numbers a path.
package struct DailyDemand: Equatable, Sendable {
  package let paths: Int
  package let days: Int
  let values: [Int]

  init(paths: Int, days: Int, values: [Int]) { (self.paths, self.days, self.values) = (paths, days, values) }

  /// Weeks spread over their days as evenly as whole units allow, later days taking the remainder.
  package init(weeks: SamplePaths) {
    paths = weeks.paths
    days = weeks.steps * 7
    var values = [Int](repeating: 0, count: weeks.paths * weeks.steps * 7)
    for path in 0..<weeks.paths {
      for step in 0..<weeks.steps {
        let base = path * weeks.steps * 7 + step * 7
        for day in 0..<7 { values[base + day] = Self.share(of: weeks[path, step], on: day) }
      }
    }
    self.values = values
  }

  /// Weeks that are known, as so many futures alike.
  package init(known weeks: [Int], paths: Int) {
    let one = weeks.flatMap { week in (0..<7).map { Self.share(of: week, on: $0) } }
    self.init(paths: paths, days: one.count, values: [[Int]](repeating: one, count: paths).flatMap(\.self))
  }

  /// A week's units on one of its seven days, the first of which is 0.
  package static func share(of week: Int, on day: Int) -> Int { week * (day + 1) / 7 - week * day / 7 }

  /// The demand of which only `percent` is served on purpose, rounded up on the running total: a unit a day rationed to
  /// half is one every other day.
  package func rationed(to percent: Int) -> DailyDemand { used(quantity: percent, tests: 100) }

  /// What a component is used for these tests: `quantity` units make `tests` of them, rounded up on the running total so
  /// that no day pays twice for a part of a pack.
  package func used(quantity: Int, tests: Int) -> DailyDemand {
    var used = values
    for path in 0..<paths {
      var (total, before) = (0, 0)
      for index in path * days..<(path + 1) * days {
        total += values[index]
        let needed = (total * quantity + tests - 1) / tests
        used[index] = needed - before
        before = needed
      }
    }
    return DailyDemand(paths: paths, days: days, values: used)
  }

  /// As the policies read it.
  package var demandPaths: DemandPaths {
    DemandPaths((0..<paths).map { Array(values[$0 * days..<($0 + 1) * days]) })
  }

  /// The mean over the paths of the first `count` days, rounded up.
  package func meanTotal(days count: Int) -> Int {
    let span = min(count, days)
    let total = (0..<paths).reduce(0) { sum, path in
      values[path * days..<path * days + span].reduce(sum, +)
    }
    return (total + paths - 1) / paths
  }
}

extension SamplePaths {
  /// The number of simulated futures, and of their periods.
  package var size: (paths: Int, steps: Int) { (paths, steps) }

  /// Each step scaled so that its mean is the target, in thousandths of a unit; the spread goes in proportion.
  package func scaled(toThousandths targets: [Int64]) -> SamplePaths {
    var result = self
    for (step, target) in targets.enumerated() where step < steps {
      result.rescale(step, from: mean(of: step), to: target)
    }
    return result
  }

  package func mean(of step: Int) -> MeanQuantity {
    MeanQuantity(total: column(step).reduce(0, +), count: paths)
  }

  /// This forecast as a planner's scenario changes it.
  package func adopting(_ scenario: Scenario) -> SamplePaths { following(scenario) }

  /// Means and quantiles of the first `count` steps.
  package func predictions(_ count: Int, quantiles: [Double]) -> [PredictedDemand] {
    (0..<min(count, steps)).map { predicted(from: $0, count: 1, quantiles: quantiles) }
  }
}
