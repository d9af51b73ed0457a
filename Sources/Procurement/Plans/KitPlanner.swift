import Inventory
import Planning

/// Plays a kit's components together: every test uses all of them, and the first to run out stops the tests.
struct KitPlanner {
  let planner: ItemPlanner
  let kit: Kit

  /// One plan a centre, by code. A component that a centre never had counts as nothing on hand.
  func plans(_ items: [PlanItem], _ readings: [Item.SKU: [DemandReading]]) -> [PlanKit] {
    let centres = Set(readings.values.joined().map(\.centre)).sorted()
    return kit.components.isEmpty ? [] : centres.compactMap { plan(at: $0, items, readings) }
  }

  private func plan(
    at centre: Centre.Code,
    _ items: [PlanItem],
    _ readings: [Item.SKU: [DemandReading]]
  ) -> PlanKit? {
    let own = readings.compactMapValues { $0.first { $0.centre == centre } }
    guard let driver = driver(among: own), let item = items.first(where: { $0.item == driver.item }) else {
      return nil
    }
    let supply = ItemSupply(item, planner.parameters)
    guard let tests = tests(driver, readings[driver.item] ?? [], item, at: centre, weeks: supply.weeks) else {
      return nil
    }
    let parts = kit.components.map { component in
      ComponentPlay(
        component,
        reading: own[component.item],
        supply: items.first { $0.item == component.item }.map { ItemSupply($0, planner.parameters) }
          ?? supply,
        tests: tests,
        centre: centre
      )
    }
    return PlanKit(kit: kit.code, centre: centre, parts: parts, asOf: planner.parameters.asOf)
  }

  /// The component whose use tells best how many tests were done: the one reported most often.
  private func driver(among own: [Item.SKU: DemandReading]) -> Kit.Component? {
    let told = kit.components.filter { own[$0.item] != nil }
    return told.max { first, second in
      let counts = [first, second].map { own[$0.item]?.series(category: "").observedPeriods ?? 0 }
      return counts[0] < counts[1] || (counts[0] == counts[1] && first.item > second.item)
    }
  }

  /// The futures of the tests: those of the component, brought back to tests.
  private func tests(
    _ driver: Kit.Component,
    _ readings: [DemandReading],
    _ item: PlanItem,
    at centre: Centre.Code,
    weeks: Int
  ) -> DailyDemand? {
    guard let index = readings.firstIndex(where: { $0.centre == centre }),
      let paths = planner.forecast(item, readings, weeks: weeks).centres[index].paths
    else { return nil }
    // Units of the component make tests in the inverse ratio.
    return DailyDemand(weeks: paths).used(quantity: Int(driver.tests), tests: Int(driver.quantity.units))
  }
}

/// One component played against the futures of the tests.
private struct ComponentPlay {
  let component: Kit.Component
  let supply: ItemSupply
  let outlook: StockoutOutlook
  let testsPossible: Int64

  init(
    _ component: Kit.Component,
    reading: DemandReading?,
    supply: ItemSupply,
    tests: DailyDemand,
    centre: Centre.Code
  ) {
    self.component = component
    self.supply = supply
    let lots = reading?.usableLots(after: supply.parameters.asOf) ?? []
    testsPossible = component.testsPossible(with: Quantity(Int64(lots.units)))
    outlook = StockoutOutlook(
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
    for path in 0..<paths {
      let days = parts.map { $0.outlook.served[path] }
      let least = days.min() ?? 0
      served.append(least)
      guard let stopper = days.firstIndex(of: least), least < parts[stopper].outlook.days else { continue }
      first[stopper] += 1
    }
    let days = parts.first?.outlook.days ?? 0
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
