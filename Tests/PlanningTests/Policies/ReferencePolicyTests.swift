import Foundation
import Testing

@testable import Planning

/// The results that the stockpyl package (MIT licence) asserts in its own tests. All 141 calls are in scope.
struct ReferencePolicyTests {
  private static let calls = "instances/stockpyl/cases.json"
  private static let table = "instances/stockpyl/zheng_federgruen_1991_sS.json"

  @Test(.enabled(if: ReferenceFile.exists(calls), "the reference instances are not beside the repository"))
  func `every published call gives the published result`() throws {
    let cases = try #require(try ReferenceFile.object(Self.calls)["cases"] as? [[String: Any]])
    #expect(cases.count == 141)
    for published in cases {
      let call = try PublishedCall(published)
      let found = try #require(call.result(), "nothing computes \(call.function)")
      let expected = call.expected
      #expect(found.count == expected.count, "\(call.function) \(call.arguments)")
      for (a, b) in zip(found, expected) {
        #expect(
          abs(a - b) <= 2e-6 * max(1, abs(b)),
          "\(call.function) \(call.arguments): \(found) not \(expected)"
        )
      }
    }
  }

  @Test(.enabled(if: ReferenceFile.exists(table), "the reference instances are not beside the repository"))
  func `the 24 policies of Zheng and Federgruen come out to the printed digits`() throws {
    let file = try ReferenceFile.object(Self.table)
    let rows = try #require(file["rows"] as? [[String: Any]])
    #expect(rows.count == 24)
    for row in rows {
      let mean = try #require(row["mu"] as? NSNumber).doubleValue
      let policy = ReorderUpTo(
        costs: Newsvendor(holding: 1, shortage: 9),
        fixedCost: 64,
        demand: .poisson(mean: mean)
      ).exact()
      #expect(policy.reorderPoint == row["s"] as? Int && policy.orderUpTo == row["S"] as? Int)
      #expect(abs(policy.cost - (try #require(row["cost"] as? NSNumber).doubleValue)) < 6e-4)
    }
  }
}

/// One call with named arguments and its result, flattened to numbers.
private struct PublishedCall {
  let function: String
  let arguments: [String: Any]
  let expected: [Double]

  init(_ published: [String: Any]) throws {
    let name = try #require(published["function"] as? String)
    function = String(name.split(separator: ".").last ?? "")
    arguments = try #require(published["args"] as? [String: Any])
    expected = Self.flat(published["result"] as Any)
  }

  static func flat(_ value: Any) -> [Double] {
    if let list = value as? [Any] { return list.flatMap(flat) }
    return (value as? NSNumber).map { [$0.doubleValue] } ?? []
  }

  func number(_ name: String) -> Double? { (arguments[name] as? NSNumber)?.doubleValue }
  func value(_ name: String) -> Double { number(name) ?? .nan }
  func values(_ name: String) -> [Double] { Self.flat(arguments[name] ?? []) }

  func result() -> [Double]? {
    economicOrder ?? discounts ?? newsvendor ?? explicit ?? myopic ?? reorderQuantity ?? approximations
      ?? reorderUpTo ?? lotSizing
  }
}

extension PublishedCall {
  private var order: EconomicOrder {
    .init(
      fixedCost: value("fixed_cost"),
      holdingCost: value("holding_cost"),
      demandRate: value("demand_rate")
    )
  }

  private var economicOrder: [Double]? {
    switch function {
    case "economic_order_quantity":
      let quantity = number("order_quantity") ?? order.quantity
      return [quantity, order.cost(of: quantity)]
    case "economic_production_quantity":
      let produced = order.produced(atRate: value("production_rate"))
      let quantity = number("order_quantity") ?? produced.quantity
      return [quantity, produced.cost(of: quantity)]
    case "economic_order_quantity_with_backorders":
      let best = order.withBackorders(stockoutCost: value("stockout_cost"))
      let quantity = number("order_quantity") ?? best.quantity
      let share = number("stockout_fraction") ?? best.stockoutShare
      return [
        quantity, share,
        order.cost(of: quantity, stockoutShare: share, stockoutCost: value("stockout_cost")),
      ]
    default: return nil
    }
  }

  private var discounts: [Double]? {
    if function == "joint_replenishment_problem_silver_heuristic" { return joint }
    guard function.hasSuffix("discounts") else { return nil }
    let discounts = QuantityDiscounts(
      fixedCost: value("fixed_cost"),
      holdingRate: value("holding_cost_rate"),
      demandRate: value("demand_rate"),
      breakpoints: values("breakpoints"),
      unitCosts: values("unit_costs")
    )
    let choice = function.contains("all_units") ? discounts.allUnits : discounts.incremental
    return choice.map { [$0.quantity, Double($0.tier), $0.cost] }
  }

  private var joint: [Double] {
    let joint = JointReplenishment(
      sharedCost: value("shared_fixed_cost"),
      fixedCosts: values("individual_fixed_costs"),
      holdingCosts: values("holding_costs"),
      demandRates: values("demand_rates")
    )
    return joint.quantities + [joint.cycle] + joint.multiples.map(Double.init) + [joint.cost]
  }

  private var costs: Newsvendor { .init(holding: value("holding_cost"), shortage: value("stockout_cost")) }

  private var normal: NormalDemand {
    let span = (number("lead_time") ?? 0) + 1
    return .init(mean: value("demand_mean") * span, deviation: value("demand_sd") * span.squareRoot())
  }

  private var newsvendor: [Double]? {
    switch function {
    case "newsvendor_normal":
      let stock = number("base_stock_level") ?? costs.stock(for: normal)
      return [stock, costs.cost(of: stock, for: normal)]
    case "newsvendor_normal_cost": return [costs.cost(of: value("base_stock_level"), for: normal)]
    case "newsvendor_poisson", "newsvendor_discrete":
      let demand = discrete
      let stock = number("base_stock_level").map { Int($0) } ?? costs.stock(for: demand)
      return [Double(stock), costs.cost(of: stock, for: demand)]
    case "newsvendor_poisson_cost": return [costs.cost(of: Int(value("base_stock_level")), for: discrete)]
    case "newsvendor_continuous": return continuous
    default: return nil
    }
  }

  private var discrete: DiscreteDemand {
    if let table = arguments["demand_pmf"] as? [String: NSNumber] {
      let last = table.keys.compactMap { Int($0) }.max() ?? 0
      return DiscreteDemand((0...last).map { table["\($0)"]?.doubleValue ?? 0 })
    }
    if arguments["demand_pmf"] is [NSNumber] { return DiscreteDemand(values("demand_pmf")) }
    let named = arguments["demand_distrib"] as? [String: Any]
    let mean = number("demand_mean") ?? Self.flat(named?["args"] as Any)[0]
    return .poisson(mean: mean * ((number("lead_time") ?? 0) + 1))
  }

  private var continuous: [Double]? {
    guard let named = arguments["demand_distrib"] as? [String: Any] else { return nil }
    let shape = Self.flat(named["args"] as Any)
    let given = number("base_stock_level")
    if named["dist"] as? String == "norm" {
      let demand = NormalDemand(mean: shape[0], deviation: shape[1])
      let stock = given ?? costs.stock(for: demand)
      return [stock, costs.cost(of: stock, for: demand)]
    }
    let demand = LogNormalDemand(median: shape[2], logDeviation: shape[0])
    let stock = given ?? demand.quantile(costs.level)
    let loss = demand.loss(stock)
    return [stock, costs.holding * (stock - demand.mean + loss) + costs.shortage * loss]
  }

  private var explicit: [Double]? {
    guard function.hasSuffix("explicit") else { return nil }
    let seller = Newsvendor(
      revenue: value("revenue"),
      cost: value("purchase_cost"),
      salvage: value("salvage_value"),
      holding: value("holding_cost"),
      shortage: value("stockout_cost")
    )
    let margin = value("revenue") - value("purchase_cost")
    if function.contains("poisson") {
      let stock = number("base_stock_level").map { Int($0) } ?? seller.stock(for: discrete)
      return [Double(stock), margin * value("demand_mean") - seller.cost(of: stock, for: discrete)]
    }
    let stock = number("base_stock_level") ?? seller.stock(for: normal)
    return [stock, margin * normal.mean - seller.cost(of: stock, for: normal)]
  }

  private var myopic: [Double]? {
    guard function.hasPrefix("myopic") else { return nil }
    let period = MyopicPeriod(
      costs: costs,
      price: value("purchase_cost"),
      nextPrice: value("purchase_cost_next_per"),
      discount: value("discount_factor")
    )
    let stock = number("base_stock_level") ?? period.stock(for: normal)
    let cost = period.cost(of: stock, for: normal)
    return function == "myopic" ? [stock, cost] : [cost]
  }
}

extension PublishedCall {
  private var watched: ReorderQuantity {
    .init(costs: costs, fixedCost: number("fixed_cost") ?? 0, demandRate: value("demand_mean"))
  }

  private var leadTimeDemand: NormalDemand {
    let span = value("lead_time")
    return .init(mean: value("demand_mean") * span, deviation: value("demand_sd") * span.squareRoot())
  }

  private var reorderQuantity: [Double]? {
    let poisson = { DiscreteDemand.poisson(mean: value("demand_mean") * value("lead_time")) }
    switch function {
    case "r_q_cost":
      return [
        watched.cost(
          reorderPoint: value("reorder_point"),
          quantity: value("order_quantity"),
          leadTimeDemand: leadTimeDemand
        )
      ]
    case "r_q_cost_poisson":
      return [
        watched.cost(
          reorderPoint: Int(value("reorder_point")),
          quantity: Int(value("order_quantity")),
          leadTimeDemand: poisson()
        )
      ]
    case "r_q_poisson_exact":
      let best = watched.exact(leadTimeDemand: poisson())
      return [Double(best.reorderPoint), Double(best.quantity), best.cost]
    case "r_q_optimal_r_for_q":
      return [watched.reorderPoint(forQuantity: value("order_quantity"), leadTimeDemand: leadTimeDemand)]
    default: return nil
    }
  }

  private var approximations: [Double]? {
    switch function {
    case "r_q_eoqb_approximation":
      let found = watched.byBackorders(leadTimeDemand: leadTimeDemand)
      return [found.reorderPoint, found.quantity]
    case "r_q_eoqss_approximation":
      let found = watched.bySafetyStock(leadTimeDemand: leadTimeDemand)
      return [found.reorderPoint, found.quantity]
    case "r_q_loss_function_approximation":
      let found = watched.byLoss(leadTimeDemand: leadTimeDemand)
      return [found.reorderPoint, found.quantity]
    case "r_q_eil_approximation":
      let found = watched.byInventoryLevel(leadTimeDemand: leadTimeDemand)
      return [found.reorderPoint, found.quantity, found.cost]
    default: return nil
    }
  }

  private var reorderUpTo: [Double]? {
    if function == "s_s_power_approximation" {
      let found = ReorderUpTo.power(costs: costs, fixedCost: value("fixed_cost"), demand: normal)
      return [found.reorderPoint, found.orderUpTo]
    }
    guard function.hasPrefix("s_s_") else { return nil }
    let policy = ReorderUpTo(costs: costs, fixedCost: value("fixed_cost"), demand: discrete)
    if function == "s_s_cost_discrete" {
      return [
        policy.cost(reorderPoint: Int(value("reorder_point")), orderUpTo: Int(value("order_up_to_level")))
      ]
    }
    let best = policy.exact()
    return [Double(best.reorderPoint), Double(best.orderUpTo), best.cost]
  }

  /// Published plans count periods from one and carry an empty period before and after.
  private var lotSizing: [Double]? {
    guard function == "wagner_whitin" else { return nil }
    let count = Int(value("num_periods"))
    func series(_ name: String) -> [Double] {
      let given = values(name)
      return given.count > 1 ? Array(given.suffix(count)) : Array(repeating: given.first ?? 0, count: count)
    }
    let (demand, fixed, unit) = (series("demand"), series("fixed_cost"), series("purchase_cost"))
    let holding = series("holding_cost")
    let plan = LotSizing(
      (0..<count).map {
        .init(demand: Int(demand[$0]), fixedCost: fixed[$0], unitCost: unit[$0], holdingCost: holding[$0])
      }
    ).plan()
    return [0] + plan.orders.map(Double.init) + [plan.cost, 0] + plan.costsToGo + [0, 0]
      + plan.next.map { Double($0 + 1) }
  }
}
