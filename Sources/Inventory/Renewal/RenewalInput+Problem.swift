package import Planning

extension RenewalInput {
  /// The input as mathematics: the register's machines in their order, then those that may be added.
  package var problem: RenewalProblem {
    let tables = PriceTables(prices)
    let all = machines.map { known($0, tables) } + additions.map { added($0, tables) }
    var problem = RenewalProblem(years: question.years, machines: all, budgets: question.budgets.map(\.cents))
    problem.carriesOver = question.carriesOver
    problem.mostDown = question.mostDown.map(Int.init)
    problem.tiers = tables.tiers
    problem.gaps = question.gaps.map {
      .init(centre: $0.centre.rawValue, category: $0.category.rawValue, missing: $0.missing)
    }
    problem.ageRule = ageRule
    return problem
  }

  /// The places where a machine may be added: one for each that is missing.
  package var additions: [StatedGap] {
    question.gaps.flatMap { gap in [StatedGap](repeating: gap, count: Int(max(0, gap.missing))) }
  }

  /// What the plan calls a machine.
  package func name(of index: Int) -> String {
    if index < machines.count { return machines[index].code.rawValue }
    let gap = additions[index - machines.count]
    return "new \(gap.category)"
  }

  package func place(of index: Int) -> String {
    index < machines.count ? machines[index].place : additions[index - machines.count].centre.rawValue
  }

  package func category(of index: Int) -> EquipmentCategory.Code {
    index < machines.count ? machines[index].category : additions[index - machines.count].category
  }

  private func known(_ machine: Machine, _ tables: PriceTables) -> RenewalProblem.Machine {
    let category = machine.category.rawValue
    var actions: [RenewalProblem.Action] = []
    if let price = tables.price(.purchase, category) { actions.append(action(.renew, price)) }
    if !machine.isMakerGone, let price = tables.price(.upgrade, category),
      let months = upgradeMonths[category], months > 0
    {
      actions.append(action(.upgrade(months: Int(months)), price))
    }
    if !machine.isMakerGone, let price = tables.price(.move, category) {
      actions += destinations(of: machine).map { action(.move(to: $0), price) }
    }
    return .init(
      centre: machine.place,
      category: category,
      age: Int(machine.ageMonths),
      expectedLife: Int(machine.lifeMonths),
      downPerMille: machine.downPerMille ?? 0,
      actions: actions
    )
  }

  /// Where a machine would be missed less than here: from a centre that can spare one to those that lack one.
  private func destinations(of machine: Machine) -> [String] {
    let own = question.gaps.filter { $0.category == machine.category }
    guard own.contains(where: { $0.centre.rawValue == machine.place && $0.missing < 0 }) else { return [] }
    return own.filter { $0.missing > 0 }.map(\.centre.rawValue).sorted()
  }

  private func added(_ gap: StatedGap, _ tables: PriceTables) -> RenewalProblem.Machine {
    let price = tables.price(.purchase, gap.category.rawValue)
    return .init(
      centre: gap.centre.rawValue,
      category: gap.category.rawValue,
      age: nil,
      isThere: false,
      expectedLife: nil,
      actions: price.map { [action(.add, $0)] } ?? []
    )
  }

  private func action(_ kind: RenewalProblem.Kind, _ price: Int64) -> RenewalProblem.Action {
    .init(kind, payments: [price], allowedYears: 0...(question.years - 1))
  }
}

/// The prices by what they are for.
private struct PriceTables {
  private let prices: [MachinePrice]

  init(_ prices: [MachinePrice]) { self.prices = prices }

  /// What one alone costs; nil where nobody knows.
  func price(_ purpose: MachinePrice.Purpose, _ category: String) -> Int64? {
    prices.first {
      $0.purpose == purpose && $0.category.rawValue == category && $0.fromMachines == 1
    }?.price.cents
  }

  /// What each of several costs less than one alone.
  var tiers: [RenewalProblem.Tier] {
    prices.compactMap { tier in
      guard tier.purpose == .purchase, tier.fromMachines > 1,
        let alone = price(.purchase, tier.category.rawValue), tier.price.cents < alone
      else { return nil }
      return .init(
        category: tier.category.rawValue,
        from: Int(tier.fromMachines),
        discount: alone - tier.price.cents
      )
    }
  }
}
