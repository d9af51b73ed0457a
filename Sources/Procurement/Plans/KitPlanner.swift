import Inventory
import Planning

/// Plays a kit's components together: every test uses all of them, and the first to run out stops the tests.
///
/// A component's days are those of its own plan, so that a kit says nothing else of it than the item's alert does. The
/// futures of every component come in the order of their totals: the future in which many tests are asked of one is the
/// future in which they are asked of all.
struct KitPlanner {
  let planner: ItemPlanner
  let kit: Kit

  /// One plan a centre, by code. A component that a centre never had counts as nothing on hand.
  func plans(_ items: [PlanItem], _ readings: [Item.SKU: [DemandReading]]) -> [PlanKit] {
    let centres = Set(readings.values.joined().map(\.centre)).sorted()
    guard !kit.components.isEmpty else { return [] }
    let known = items.reduce(into: [:]) { stocks, item in
      stocks[item.item] = ComponentStocks(item, readings[item.item] ?? [], planner)
    }
    return centres.compactMap { plan(at: $0, known) }
  }

  private func plan(at centre: Centre.Code, _ known: [Item.SKU: ComponentStocks]) -> PlanKit? {
    guard let driver = driver(at: centre, known), let stocks = known[driver.item],
      let tests = stocks[centre]?.stock.daily?.used(
        // Units of the component make tests in the inverse ratio.
        quantity: Int(driver.tests),
        tests: Int(driver.quantity.units)
      )
    else { return nil }
    let parts = kit.components.map { component in
      ComponentPlay(
        component,
        own: known[component.item]?[centre]?.stock,
        supply: known[component.item]?.supply ?? stocks.supply,
        tests: tests,
        centre: centre
      )
    }
    return PlanKit(kit: kit.code, centre: centre, parts: parts, asOf: planner.parameters.asOf)
  }

  /// The component whose use tells best how many tests were done: the one reported most often.
  private func driver(at centre: Centre.Code, _ known: [Item.SKU: ComponentStocks]) -> Kit.Component? {
    func told(_ component: Kit.Component) -> Int? {
      known[component.item]?[centre]?.reading.series(category: "").observedPeriods
    }
    return kit.components.filter { told($0) != nil }.max { first, second in
      let counts = [first, second].map { told($0) ?? 0 }
      return counts[0] < counts[1] || (counts[0] == counts[1] && first.item > second.item)
    }
  }
}

/// One component at every centre, exactly as its own plan has it.
private struct ComponentStocks {
  let supply: ItemSupply
  private let centres: [Centre.Code: (reading: DemandReading, stock: CentreStock)]

  init(_ item: PlanItem, _ readings: [DemandReading], _ planner: ItemPlanner) {
    let supply = ItemSupply(item, planner.parameters)
    let forecast = planner.forecast(item, readings, weeks: supply.weeks)
    self.supply = supply
    centres = readings.indices.reduce(into: [:]) { found, index in
      let stock = CentreStock(readings[index], part: forecast.centres[index], supply: supply)
      found[readings[index].centre] = (readings[index], stock)
    }
  }

  subscript(centre: Centre.Code) -> (reading: DemandReading, stock: CentreStock)? { centres[centre] }
}

/// One component played against its own futures, as its own plan plays it; one of which nobody knows the use against
/// the futures of the tests.
private struct ComponentPlay {
  let component: Kit.Component
  let supply: ItemSupply
  let outlook: StockoutOutlook
  let testsPossible: Int64

  init(
    _ component: Kit.Component,
    own: CentreStock?,
    supply: ItemSupply,
    tests: DailyDemand,
    centre: Centre.Code
  ) {
    self.component = component
    self.supply = supply
    let lots = own?.lots ?? []
    testsPossible = component.testsPossible(with: Quantity(Int64(lots.units)))
    outlook =
      own?.outlook
      ?? StockoutOutlook(
        demand: tests.used(quantity: Int(component.quantity.units), tests: Int(component.tests)),
        lots: lots,
        awaited: supply.awaited(at: centre),
        today: supply.today,
        span: supply.span
      )
  }
}

extension PlanKit {
  fileprivate init(kit: Kit.Code, centre: Centre.Code, parts: [ComponentPlay], asOf: Day) {
    let paths = parts.first?.outlook.served.count ?? 0
    var first = [Int](repeating: 0, count: parts.count)
    var served: [Int] = []
    let days = parts.map(\.outlook.days).max() ?? 0
    for path in 0..<paths {
      // A component that outlasts its own simulated days outlasts all that is looked at.
      let lasted = parts.map { $0.outlook.served[path] < $0.outlook.days ? $0.outlook.served[path] : days }
      let least = lasted.min() ?? 0
      served.append(least)
      guard let stopper = lasted.firstIndex(of: least), least < days else { continue }
      first[stopper] += 1
    }
    let most = first.max() ?? 0
    let stops = most > 0 ? first.firstIndex(of: most) : nil
    func day(_ level: Double) -> Day? {
      let sorted = served.sorted()
      let rank = max(1, Int((level * Double(sorted.count) - 1e-9).rounded(.up)))
      return sorted[rank - 1] >= days ? nil : asOf + Int64(sorted[rank - 1]) + 1
    }
    func permille(_ count: Int) -> Int64 {
      Rounding.halfUp.divide(Int64(count) * 1000, by: Int64(max(1, paths)))
    }
    let stopper = stops.map { parts[$0] }
    self.init(
      kit: kit,
      centre: centre,
      stops: stopper?.component.item,
      permille: stopper.map { Int64($0.outlook.permille(before: $0.supply.leadTimes)) } ?? 0,
      early: day(0.1),
      median: day(0.5),
      late: day(0.9),
      meanMissed: stopper.map { $0.missed($0.outlook.meanShort) } ?? 0,
      highMissed: stopper.map { $0.missed($0.outlook.highShort) } ?? 0,
      components: parts.indices.map { index in
        let part = parts[index]
        return Component(
          item: part.component.item,
          testsPossible: part.testsPossible,
          permille: Int64(part.outlook.permille(before: part.supply.leadTimes)),
          firstPermille: permille(first[index]),
          median: part.supply.day(part.outlook.runsOut(0.5))
        )
      }
    )
  }
}

extension ComponentPlay {
  /// Tests that so many units would have made, rounded up: a test cut short is not done.
  func missed(_ units: Int) -> Int64 {
    Rounding.up.divide(Int64(units) * component.tests, by: component.quantity.units)
  }
}
