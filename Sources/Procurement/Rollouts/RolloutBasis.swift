import Inventory
import Planning

/// What a rollout is planned from, with every figure given: the same basis is the same plan.
struct RolloutBasis: Equatable {
  var packUnits: Quantity
  var targets: [RolloutRequest.Target]
  var arrivals: [RolloutPlan.Arrival]
  var deliveries: [RolloutPlan.Delivery]
  /// Nil for an item.
  var kit: Kit?
  var day: Day
}

extension RolloutBasis {
  var problem: RolloutProblem {
    RolloutProblem(
      packSize: Int(packUnits.units),
      arrivals: kit.map(kits) ?? arrivals.map(\.planned),
      centres: targets.map(centre),
      day: Int(day.rawValue)
    )
  }

  /// The days on which more tests can be made up: on every day as many as the scarcest component allows of all that
  /// has arrived.
  private func kits(of kit: Kit) -> [RolloutProblem.Arrival] {
    var made: Int64 = 0
    return Set(arrivals.map(\.day)).sorted().compactMap { day in
      let possible: Int64 =
        kit.components.map { component -> Int64 in
          let arrived = arrivals.filter { $0.item == component.item && $0.day <= day }
          return component.testsPossible(with: arrived.reduce(.zero) { $0 + $1.quantity })
        }.min() ?? 0
      defer { made = max(made, possible) }
      return possible > made
        ? RolloutProblem.Arrival(day: Int(day.rawValue), quantity: Int(possible - made)) : nil
    }
  }

  private func centre(_ target: RolloutRequest.Target) -> RolloutProblem.Centre {
    let mine = deliveries.filter { $0.centre == target.centre }
    let begun = mine.map(\.day).min().map { first in
      RolloutProblem.Begun(
        day: Int(first.rawValue),
        delivered: Int(mine.reduce(0) { $0 + $1.quantity.units }),
        stock: left(of: mine, at: target)
      )
    }
    return RolloutProblem.Centre(
      target.centre.rawValue,
      ready: Int(target.ready.rawValue),
      firstTranche: Int((target.firstTranche ?? min(packUnits, target.target)).units),
      target: Int(target.target.units),
      use: target.use,
      begun: begun
    )
  }

  /// What the declared use leaves of the deliveries on the day of planning, never below nothing, rounded down.
  private func left(of deliveries: [RolloutPlan.Delivery], at target: RolloutRequest.Target) -> Int {
    guard let units = target.usedUnits, let days = target.usedDays else { return 0 }
    var stock: Int128 = 0
    var clock: Day?
    for delivery in deliveries.sorted(by: { $0.day < $1.day }) {
      let passed = clock.map { delivery.day - $0 } ?? 0
      stock = max(0, stock - Int128(passed) * Int128(units.units))
      stock += Int128(delivery.quantity.units) * Int128(days)
      clock = delivery.day
    }
    let passed = clock.map { max(0, day - $0) } ?? 0
    return Int(max(0, stock - Int128(passed) * Int128(units.units)) / Int128(days))
  }

  /// Waves are numbered after those that went out.
  var lastWave: Int64 { deliveries.map(\.wave).max() ?? 0 }

  var findings: [Finding] {
    targets.enumerated().flatMap { index, target in
      var findings: [Finding] = []
      func report(_ field: String, _ found: String, _ expected: String) {
        findings.append(Finding(line: target.line, field: field, found: found, expected: expected))
      }
      let isFirst = targets.firstIndex { $0.centre == target.centre } == index
      if !isFirst { report("centre", "\(target.centre) again", "each centre once") }
      if let tranche = target.firstTranche, tranche > target.target {
        report("first_tranche", "\(tranche)", "at most the target of \(target.target)")
      }
      return findings
    }
  }
}

extension RolloutRequest.Target {
  fileprivate var use: Planning.DailyUse? {
    usedUnits.flatMap { units in usedDays.map { Planning.DailyUse(Int(units.units), perDays: Int($0)) } }
  }
}

extension RolloutPlan.Arrival {
  fileprivate var planned: RolloutProblem.Arrival {
    RolloutProblem.Arrival(day: Int(day.rawValue), quantity: Int(quantity.units))
  }
}

extension Rollout {
  /// The lines of the waves, numbered after `last`.
  func lines(after last: Int64) -> [RolloutPlan.Line] {
    waves.flatMap { wave in
      wave.lines.compactMap { line in
        Centre.Code(rawValue: line.centre).map { centre in
          RolloutPlan.Line(
            wave: last + Int64(wave.number),
            day: Day(rawValue: Int64(wave.day)),
            centre: centre,
            quantity: Quantity(Int64(line.quantity)),
            total: Quantity(Int64(line.total)),
            progress: progress(line.coverAfter),
            reason: line.reason.code,
            sentence: line.reason.sentence
          )
        }
      }
    }
  }

  private func progress(_ cover: Fraction?) -> String {
    guard let cover else { return "unknown" }
    return measuresCover
      ? "\(cover.decimal(places: 1)) d" : "\((cover * Fraction(100)).decimal(places: 1)) %"
  }

  /// Why no plan is earlier, with calendar days.
  var why: String {
    func day(_ number: Int) -> Day { Day(rawValue: Int64(number)) }
    return switch bound {
    case .readiness(let centre, let ready): "No plan is earlier: \(centre) is ready on \(day(ready))."
    case .supply(let arrived, let needed):
      "No plan is earlier: only on \(day(arrived)) have the \(needed) units of the first tranches arrived."
    case .atOnce(let first): "No plan is earlier: all of it goes out on \(day(first)), the first day planned."
    case .tooLittle(let missing): "The arrivals are \(missing) units short of all first tranches."
    case .nothingToDo: "Every centre has its first tranche."
    }
  }
}
