import Planning

/// Tells a plan in codes and calendar years, and what each decision is for.
struct RenewalStory {
  let input: RenewalInput
  let problem: RenewalProblem
  let plan: RenewalPlan

  private func calendar(_ year: Int) -> Int64 { input.question.firstYear + Int64(year) }

  /// By year, action, category and machine.
  var lines: [RenewalReport.Line] {
    problem.machines.indices.compactMap { index in plan.decisions[index].map { line(index, $0) } }
      .sorted { left, right in
        (left.year, left.action.rawValue, left.category.rawValue, left.place, left.machine)
          < (right.year, right.action.rawValue, right.category.rawValue, right.place, right.machine)
      }
  }

  private func line(_ index: Int, _ decision: RenewalProblem.Decision) -> RenewalReport.Line {
    let action = problem.machines[index].actions[decision.action]
    let group = plan.groups.first { $0.year == decision.year && $0.machines.contains(index) }
    let known = index < input.machines.count ? input.machines[index] : nil
    var destination: String?
    if case .move(let centre) = action.kind { destination = centre }
    return RenewalReport.Line(
      year: calendar(decision.year),
      action: action.kind.word,
      machine: input.name(of: index),
      category: input.category(of: index),
      place: input.place(of: index),
      destination: destination,
      ageMonths: problem.machines[index].age.map { Int64($0 + 12 * decision.year) },
      price: Money(cents: action.payments.reduce(0, +)),
      saving: Money(cents: group?.discount ?? 0),
      effects: effects(without: index),
      isConfirmed: known?.isConfirmed ?? true,
      isMakerGone: known?.isMakerGone ?? false
    )
  }

  /// What each aim but the cost would be worse by, were the machine left alone.
  private func effects(without index: Int) -> [RenewalReport.Effect] {
    var decisions = plan.decisions
    decisions[index] = nil
    return changes(to: decisions).filter { $0.aim != .cost && $0.change > 0 }
  }

  private func changes(to decisions: [RenewalProblem.Decision?]) -> [RenewalReport.Effect] {
    let other = RenewalPlan(problem, decisions: decisions)
    return input.question.priority.map { aim in
      .init(aim: aim, change: (other.scores[aim] ?? 0) - (plan.scores[aim] ?? 0))
    }
  }

  /// Machines past their life at the end, the first to end first.
  var left: [RenewalReport.Left] {
    problem.pastLife(plan.decisions, year: problem.years - 1).map { index in
      RenewalReport.Left(
        machine: input.name(of: index),
        category: input.category(of: index),
        place: input.place(of: index),
        endsIn: endYear(of: index),
        reason: reason(for: index)
      )
    }.sorted { ($0.endsIn, $0.machine) < ($1.endsIn, $1.machine) }
  }

  /// The calendar year in which the expected life ends.
  private func endYear(of index: Int) -> Int64 {
    let machine = problem.machines[index]
    let months = (machine.expectedLife ?? 0) - (machine.age ?? 0)
    return calendar(months >= 0 ? months / 12 : (months - 11) / 12)
  }

  private func reason(for index: Int) -> String {
    if plan.decisions[index] != nil { return "upgraded or moved, and still at its end" }
    let choices = problem.choices(of: index)
    if choices.isEmpty { return "nobody knows its price" }
    let tried = choices.map { choice in
      var decisions = plan.decisions
      decisions[index] = choice
      return RenewalPlan(problem, decisions: decisions)
    }
    let possible = tried.filter(\.faults.isEmpty)
    if possible.isEmpty { return "no budget is left for it beside what serves the aims better" }
    let worse = possible.compactMap { other in
      input.question.priority.first { other.scores[$0] != plan.scores[$0] }
    }.first
    return
      "it could be paid for, but \(worse.map { "“\($0.rawValue)” would suffer" } ?? "nothing would be gained")"
  }

  var years: [RenewalReport.Year] {
    var carried = Money.zero
    return (0..<problem.years).map { year in
      let budget = input.question.budgets[year]
      let spent = Money(cents: plan.spending[year])
      carried = input.question.carriesOver ? carried + budget - spent : .zero
      let bands = problem.bands(plan.decisions, year: year)
      return RenewalReport.Year(
        year: calendar(year),
        budget: budget,
        spent: spent,
        saved: Money(cents: plan.saving[year]),
        carried: carried,
        upToFive: Int64(bands.upToFive),
        fiveToTen: Int64(bands.fiveToTen),
        overTen: Int64(bands.overTen),
        isRuleKept: bands.known == 0 ? nil : keeps(bands),
        pastLife: Int64(problem.pastLife(plan.decisions, year: year).count),
        missing: problem.gaps.reduce(0) { $0 + problem.missing($1, plan.decisions, year: year) }
      )
    }
  }

  private func keeps(_ bands: AgeBands) -> Bool {
    let (rule, known) = (problem.ageRule, Int64(bands.known))
    return 100 * Int64(bands.upToFive) >= rule.young * known
      && 100 * Int64(bands.fiveToTen) <= rule.middle * known
      && 100 * Int64(bands.overTen) <= rule.old * known
  }

  /// Where more than one is bought, or one more would reach a tier.
  var groups: [RenewalReport.Group] {
    plan.groups.filter { $0.machines.count > 1 || $0.next != nil }.map { group in
      let all = Int64(group.machines.count) + Int64(group.next?.more ?? 0)
      return RenewalReport.Group(
        year: calendar(group.year),
        category: input.category(of: group.machines[0]),
        machines: group.machines.map(input.name(of:)),
        centres: Set(group.machines.map(input.place(of:))).sorted(),
        saving: Money(cents: group.saving),
        missingToNext: group.next.map { Int64($0.more) },
        savingAtNext: group.next.map { Money(cents: all * $0.discount) }
      )
    }
  }
}

extension RenewalProblem.Kind {
  fileprivate var word: RenewalReport.Action {
    switch self {
    case .renew: .renew
    case .upgrade: .upgrade
    case .move: .move
    case .add: .add
    }
  }
}
