/// Turns packs into a plan that says what each line avoids.
struct TransferAccount {
  let balance: TransferBalance
  let packs: [Int]
  let bound: Int
  let least: (shortage: Int, expired: Int)

  var plan: TransferPlan {
    let after = balance.centres.indices.map { balance.projection(of: $0, with: packs) }
    return TransferPlan(
      lines: packs.indices.filter { packs[$0] > 0 }.map { line($0, after) },
      centres: balance.centres.indices.map { centre($0, after[$0]) },
      doingNothing: outlook(balance.undisturbed, transport: 0),
      outlook: outlook(after, transport: balance.transport(packs, on: balance.routes.indices)),
      bound: bound,
      leastShortage: least.shortage,
      leastExpired: least.expired
    )
  }

  private func line(_ number: Int, _ after: [StockProjection]) -> TransferPlan.Line {
    let option = balance.options[number]
    let lot = balance.centres[option.from].lots[option.lot]
    var without = packs
    without[number] = 0
    let ends = [option.from, option.to].map { (after[$0], balance.projection(of: $0, with: without)) }
    return .init(
      from: balance.centres[option.from].code,
      to: balance.centres[option.to].code,
      lot: lot.code,
      expiry: lot.expiry,
      packs: packs[number],
      quantity: packs[number] * balance.problem.packSize,
      departs: balance.problem.day,
      arrives: balance.problem.day + balance.routes[option.route].days,
      avoidedShortage: ends.reduce(0) { $0 + $1.1.shortfall - $1.0.shortfall },
      avoidedExpiry: ends.reduce(0) { $0 + $1.1.waste - $1.0.waste }
    )
  }

  private func centre(_ index: Int, _ after: StockProjection) -> TransferPlan.CentreOutlook {
    func moved(_ isHere: (TransferBalance.Option) -> Bool) -> Int {
      balance.options.indices.reduce(0) {
        isHere(balance.options[$1]) ? $0 + packs[$1] * balance.problem.packSize : $0
      }
    }
    return .init(
      centre: balance.centres[index].code,
      given: moved { $0.from == index },
      received: moved { $0.to == index },
      before: consequence(balance.undisturbed[index]),
      after: consequence(after)
    )
  }

  private func consequence(_ projection: StockProjection) -> TransferPlan.Consequence {
    .init(
      shortage: projection.shortfall,
      expired: projection.waste,
      firstShortDay: projection.firstShortDay.map { balance.problem.day + $0 },
      lowest: projection.mornings.min() ?? 0
    )
  }

  private func outlook(_ projections: [StockProjection], transport: Int) -> TransferPlan.Outlook {
    .init(
      shortage: projections.reduce(0) { $0 + $1.shortfall },
      expired: projections.reduce(0) { $0 + $1.waste },
      stockOutDays: projections.reduce(0) { $0 + $1.stockOutDays },
      centresShort: projections.reduce(0) { $0 + ($1.shortfall > 0 ? 1 : 0) },
      transport: transport,
      cost: projections.reduce(transport) { $0 + balance.penalty($1) }
    )
  }
}
