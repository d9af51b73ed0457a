import Planning

/// Small group orders drawn with every feature at once, some of them impossible.
struct RandomAward {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  /// xorshift64*, Vigna 2016.
  mutating func draw(_ range: ClosedRange<Int>) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    let mixed = (state &* 0x2545_F491_4F6C_DD1D) >> 33
    return range.lowerBound + Int(mixed) % range.count
  }

  mutating func chance(_ percent: Int) -> Bool { draw(1...100) <= percent }

  mutating func problem() -> AwardProblem {
    let periods = chance(25) ? 2 : 1
    let isDated = chance(40)
    var problem = AwardProblem()
    problem.centres = (0..<draw(1...2)).map { "c\($0)" }
    problem.deliveryPoints = problem.centres
    problem.periods = (0..<periods).map { period in
      let last = isDated ? (period == periods - 1 ? Int.max : 10 * period + 9) : period
      return .init(
        name: "\(period)",
        orderDay: isDated ? 10 * period : period,
        lastDay: periods == 1 ? .max : last
      )
    }
    problem.items = (0..<draw(1...2)).map { item in
      .init(
        code: "i\(item)",
        holdingCost: chance(25) ? draw(1...40) : 0,
        maximumShare: chance(25) ? draw(40...80) : nil
      )
    }
    problem.suppliers = (0..<draw(1...3)).map { supplier($0, periods) }
    for item in problem.items.indices {
      for supplier in problem.suppliers.indices where chance(80) {
        problem.offers.append(offer(item, supplier, periods, isDated))
      }
      for centre in problem.centres.indices where chance(85) {
        problem.needs.append(need(centre, item, problem, isDated))
      }
    }
    if chance(50) { problem.agreements.append(agreement(problem)) }
    if chance(20) { problem.budget = draw(500...6_000) }
    return problem
  }

  private mutating func supplier(_ index: Int, _ periods: Int) -> AwardProblem.Supplier {
    .init(
      code: "s\(index)",
      minimumOrderValue: chance(25) ? draw(100...1_500) : 0,
      orderFee: chance(25) ? draw(1...300) : 0,
      freight: chance(35)
        ? .init(charge: draw(20...400), freeFrom: chance(75) ? draw(200...3_000) : nil) : nil,
      capacity: chance(20) ? (0..<periods).map { _ in chance(80) ? draw(4...25) : nil } : []
    )
  }

  private mutating func offer(
    _ item: Int,
    _ supplier: Int,
    _ periods: Int,
    _ isDated: Bool
  ) -> AwardProblem.Offer {
    let pack = [1, 2, 3, 4, 5, 6][draw(0...5)]
    let perPack = chance(40)
    var tiers = [AwardProblem.Offer.Tier(from: draw(0...1), price: draw(40...160) * (perPack ? pack : 1))]
    for _ in 0..<draw(0...2) {
      let from = max(1, tiers[tiers.count - 1].from) + draw(1...7)
      let aligned = perPack ? (from - 1) / pack * pack + pack + 1 : from
      let price = max(1, tiers[tiers.count - 1].price * draw(60...110) / 100)
      tiers.append(.init(from: aligned, price: price))
    }
    return .init(
      item: item,
      supplier: supplier,
      pack: pack,
      pricing: chance(50) ? .allUnits : .incremental,
      tiers: tiers,
      priceFor: perPack ? pack : 1,
      minimumQuantity: chance(30) ? draw(1...9) : 0,
      minimumValue: chance(15) ? draw(50...900) : 0,
      capacity: chance(35) ? (0..<periods).map { _ in chance(85) ? draw(0...14) : nil } : [],
      leadTime: isDated ? draw(0...12) : 0,
      multiple: chance(25) ? draw(2...3) : 1
    )
  }

  private mutating func need(
    _ centre: Int,
    _ item: Int,
    _ problem: AwardProblem,
    _ isDated: Bool
  ) -> AwardProblem.Need {
    let period = problem.periods[draw(0...(problem.periods.count - 1))]
    return .init(
      centre: centre,
      item: item,
      quantity: draw(0...9),
      tolerance: chance(50) ? draw(1...7) : 0,
      deliveryPoint: chance(20) ? 0 : centre,
      dueDay: isDated && chance(50) ? draw(5...20) : period.lastDay
    )
  }

  private mutating func agreement(_ problem: AwardProblem) -> AwardProblem.Agreement {
    let rules = AwardProblem.Agreement.Rule.allCases
    let rule = rules[draw(0...(rules.count - 1))]
    let count = rule == .sole ? 1 : problem.suppliers.count
    let first = draw(0...(problem.suppliers.count - 1))
    var holders = (0..<count).map { index in
      AwardProblem.Agreement.Holder(
        supplier: (first + index) % problem.suppliers.count,
        limits: chance(15) ? .init(maximumValue: draw(200...2_000)) : .init()
      )
    }
    if rule == .share {
      let share = count == 1 ? 1000 : draw(300...700)
      holders[0].share = share
      if count > 1 { holders[1].share = 1000 - share }
    }
    return .init(
      reference: "A",
      items: chance(50) ? Array(problem.items.indices) : [0],
      holders: holders,
      rule: rule,
      limits: .init(
        minimumValue: chance(15) ? draw(100...900) : nil,
        maximumValue: chance(35) ? draw(400...4_000) : nil,
        minimumQuantity: chance(15) ? draw(1...9) : nil,
        maximumQuantity: chance(25) ? draw(5...30) : nil
      ),
      countsCharges: chance(40)
    )
  }
}
