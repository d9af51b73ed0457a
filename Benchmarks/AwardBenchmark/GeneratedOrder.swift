import Planning

/// A group order of any size, drawn by a seeded generator: needs of every centre for every item, offers with
/// tiers of both kinds and packs that differ between suppliers, minimums, capacities, freight, maximum
/// shares, agreements with ceilings, and a budget.
///
/// Drawn so that the limits bind: the greedy purchase without them sets the budget, nine tenths of what a
/// supplier gets in it is the ceiling of its agreement, and four lots may each cost little more than a quarter.
struct GeneratedOrder: Drawing {
  var centres = 20
  var items: Int
  var suppliers: Int
  var tiers = 4
  var state: UInt64

  init(items: Int, suppliers: Int, seed: UInt64) {
    self.items = items
    self.suppliers = suppliers
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  mutating func problem() -> AwardProblem {
    var problem = AwardProblem()
    problem.centres = (1...centres).map { "centre-\($0)" }
    problem.deliveryPoints = problem.centres
    problem.suppliers = (1...suppliers).map { supplier in
      .init(
        code: "supplier-\(supplier)",
        minimumOrderValue: 50_000,
        orderFee: 5_000,
        freight: .init(charge: 25_000, freeFrom: 300_000)
      )
    }
    problem.items = (1...items).map { .init(code: "item-\($0)", maximumShare: chance(20) ? 60 : nil) }
    for item in problem.items.indices { add(item, to: &problem) }
    addAgreements(to: &problem)
    return problem
  }

  private mutating func add(_ item: Int, to problem: inout AwardProblem) {
    let size = [20, 60, 200, 600][draw(0...3)]
    var need = 0
    for centre in problem.centres.indices {
      let quantity = chance(90) ? draw(size / 4...size) : 0
      let tolerance = chance(30) ? quantity / 10 : 0
      problem.needs.append(
        .init(centre: centre, item: item, quantity: quantity, tolerance: tolerance, deliveryPoint: centre)
      )
      need += quantity
    }
    let price = draw(80...9_000)
    for supplier in problem.suppliers.indices {
      problem.offers.append(offer(item, supplier, price, need))
    }
  }

  private mutating func offer(_ item: Int, _ supplier: Int, _ price: Int, _ need: Int) -> AwardProblem.Offer {
    let pack = [1, 5, 10, 20][draw(0...3)]
    var tier = AwardProblem.Offer.Tier(from: 1, price: price * draw(90...125) / 100)
    var list = [tier]
    for step in 1..<tiers {
      tier.from = max(tier.from + 1, need * step * draw(15...40) / 100)
      tier.price = tier.price * draw(90...98) / 100
      list.append(tier)
    }
    return .init(
      item: item,
      supplier: supplier,
      pack: pack,
      pricing: chance(50) ? .allUnits : .incremental,
      tiers: list,
      minimumQuantity: chance(30) ? need / 10 : 0,
      capacity: chance(30) ? [need * draw(40...90) / 100] : []
    )
  }

  /// Four lots of items, each with a ceiling on its value and one on what its dearest-used supplier may get,
  /// and a budget over all.
  private mutating func addAgreements(to problem: inout AwardProblem) {
    let index = AwardIndex(problem)
    guard let plan = GreedyAward.plan(index) else { return }
    let costs = index.costs(of: plan)
    let total = costs.goods
    problem.budget = costs.spent
    for supplier in problem.suppliers.indices {
      let goods = costs.orders.reduce(0) { $0 + ($1.supplier == supplier ? $1.goods : 0) }
      problem.agreements.append(
        .init(
          reference: "frame-\(supplier + 1)",
          items: Array(problem.items.indices),
          holders: [
            .init(supplier: supplier, limits: .init(maximumValue: max(goods * 90 / 100, total * 22 / 100)))
          ],
          isClosed: false
        )
      )
    }
    for lot in 0..<4 {
      let members = problem.items.indices.filter { $0 % 4 == lot }
      let goods = index.lines(of: plan).reduce(0) { sum, line in
        sum + (problem.offers[line.offer].item % 4 == lot ? line.amount : 0)
      }
      problem.agreements.append(
        .init(reference: "lot-\(lot + 1)", items: members, limits: .init(maximumValue: goods * 101 / 100))
      )
    }
  }
}
