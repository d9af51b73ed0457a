import ArgumentParser
import Planning

/// What makes a generated order hard, beside the ties that the generator draws itself.
enum Hardship: String, CaseIterable, ExpressibleByArgument {
  /// The generator's own limits.
  case drawn
  /// Ceilings at 80 % of what every other supplier has in a plan without any; lots and budget 2 % above it.
  case ceilings
  /// The same with suppliers' capacities for ceilings, and the others owed 15 % more than they have.
  case capacities
  /// A fee of 0.2 % of the order for each supplier, a minimum of 2.4 % and freight of 0.1 % below 3.9 %.
  case fees
  /// Lead times of up to 20 days, a third of every need due on day 8 and the rest on day 25, under ceilings.
  case dues
  /// Two rounds of orders in which a third of every need is due before the second, under ceilings.
  case periods
  /// Lots of three or four holders in a cascade of limited capacities, under ceilings of 101 and 102 %.
  case cascade
  /// Lots of three holders with parts of 50, 30 and 20 %, under ceilings of 101 and 102 %.
  case parts
  /// Lines in multiples of two to twelve packs, under ceilings.
  case multiples
}

extension GeneratedOrder {
  mutating func problem(_ hardship: Hardship, _ solver: any Solver) throws -> AwardProblem {
    var problem = problem()
    guard hardship != .drawn else { return problem }
    problem.agreements = []
    problem.budget = nil
    problem.suppliers = problem.suppliers.map { .init(code: $0.code) }
    switch hardship {
    case .dues: spread(&problem, days: [8, 25])
    case .periods:
      problem.periods = [
        .init(name: "first", orderDay: 0, lastDay: 20), .init(name: "second", orderDay: 20, lastDay: 60),
      ]
      spread(&problem, days: [20, 45])
    case .cascade, .parts: addRules(&problem, hardship)
    case .multiples:
      for offer in problem.offers.indices { problem.offers[offer].multiple = [1, 2, 4, 12][offer * 7 % 4] }
    default: break
    }
    let options = AwardOptions(gap: 0.005, timeLimit: .seconds(60))
    let index = AwardIndex(problem)
    guard let plan = try AwardSearch(solver, options).solve(index).plan else {
      print("no plan without ties: none are added")
      return problem
    }
    tie(&problem, hardship, index, plan)
    return problem
  }

  /// Lead times, and every need due in two parts, the first of which the slow sources miss.
  private func spread(_ problem: inout AwardProblem, days: [Int]) {
    for offer in problem.offers.indices {
      problem.offers[offer].leadTime = [2, 5, 12, 20][(offer * 5 + problem.offers[offer].item) % 4]
    }
    problem.needs = problem.needs.flatMap { need -> [AwardProblem.Need] in
      var early = need
      var late = need
      early.quantity = need.quantity / 3
      late.quantity -= early.quantity
      early.tolerance = 0
      early.dueDay = days[0]
      late.dueDay = days[1]
      return [early, late]
    }
  }

  private func addRules(_ problem: inout AwardProblem, _ hardship: Hardship) {
    let suppliers = problem.suppliers.count
    for lot in 0..<4 {
      let holders = hardship == .parts || lot % 2 == 0 ? 3 : 4
      let parts = hardship == .parts ? [500, 300, 200] : [0, 0, 0, 0]
      problem.agreements.append(
        .init(
          reference: "rule-\(lot)",
          items: problem.items.indices.filter { $0 % 4 == lot },
          holders: (0..<holders).map { .init(supplier: (2 * lot + $0 * 3) % suppliers, share: parts[$0]) },
          rule: hardship == .parts ? .share : .cascade
        )
      )
    }
    for item in problem.items.indices { problem.items[item].maximumShare = nil }
    let needs = Dictionary(grouping: problem.needs, by: \.item).mapValues {
      $0.reduce(0) { $0 + $1.quantity }
    }
    for offer in problem.offers.indices {
      let item = problem.offers[offer].item
      let lot = problem.agreements[item % 4]
      let rank = lot.holders.firstIndex { $0.supplier == problem.offers[offer].supplier }
      let isLimited = hardship == .cascade && rank ?? 9 < lot.holders.count - 1
      problem.offers[offer].minimumQuantity = 0
      problem.offers[offer].capacity = isLimited ? [(needs[item] ?? 0) * (25 + (offer * 7) % 20) / 100] : []
    }
  }

  private func tie(
    _ problem: inout AwardProblem,
    _ hardship: Hardship,
    _ index: AwardIndex,
    _ plan: AwardPlan
  ) {
    let costs = index.costs(of: plan)
    // Rules leave little to choose: what holders have under them is not to be cut by a fifth.
    let isRuled = hardship == .cascade || hardship == .parts
    let everything = Array(problem.items.indices)
    if hardship == .fees {
      for supplier in problem.suppliers.indices {
        problem.suppliers[supplier].orderFee = costs.total * 2 / 1_000
        problem.suppliers[supplier].minimumOrderValue = costs.total * 24 / 1_000
        problem.suppliers[supplier].freight = .init(
          charge: costs.total / 1_000,
          freeFrom: costs.total * 39 / 1_000
        )
      }
      return
    }
    for supplier in problem.suppliers.indices {
      let orders = costs.orders.filter { $0.supplier == supplier }
      let goods = orders.reduce(0) { $0 + $1.goods }
      if hardship == .capacities, supplier % 2 == 0 {
        problem.suppliers[supplier].capacity = [orders.reduce(0) { $0 + $1.quantity } * 8 / 10]
      } else if hardship == .capacities || supplier % 2 == 0 {
        let limits: AwardProblem.Limits =
          hardship == .capacities
          ? .init(minimumValue: goods * 115 / 100) : .init(maximumValue: goods * (isRuled ? 101 : 80) / 100)
        problem.agreements.append(
          .init(
            reference: "frame-\(supplier)",
            items: everything,
            holders: [.init(supplier: supplier, limits: limits)],
            isClosed: false
          )
        )
      }
    }
    for lot in 0..<4 {
      let goods = index.lines(of: plan).reduce(0) { sum, line in
        sum + (problem.offers[line.offer].item % 4 == lot ? line.amount : 0)
      }
      problem.agreements.append(
        .init(
          reference: "lot-\(lot)",
          items: everything.filter { $0 % 4 == lot },
          limits: .init(maximumValue: goods * 102 / 100)
        )
      )
    }
    problem.budget = costs.spent * 102 / 100
  }
}
