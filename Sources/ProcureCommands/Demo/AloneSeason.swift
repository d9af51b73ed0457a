import Inventory
import Procurement
import Storage

/// The same world without the network: each centre orders for itself, nobody shares, nobody transfers.
///
/// The suppliers are the same. What they can deliver in a week goes to the centres in an order that turns by one place
/// every week, and they fall short as much as they did for the network.
struct AloneSeason {
  let world: SeasonWorld
  let kit: Kit
  let offers: [Offer]
  let capacity: [Centre.Code: Int64]

  private var shelves: [Centre.Code: [Item.SKU: Int64]] = [:]
  private var coming: [Delivery] = []
  private var used: [Centre.Code: [[Item.SKU: Int64]]] = [:]
  /// What the centres spent together, freight included.
  private(set) var spent = Money.zero
  /// Tests that were asked for and not done.
  private(set) var missed: Int64 = 0

  private struct Delivery {
    let centre: Centre.Code
    let item: Item.SKU
    let day: Day
    var units: Int64
    var times = 0
  }

  /// The centres that could not do what they were asked, week by week.
  private(set) var short: [[Centre.Code]] = []

  /// Lived from the first week to the last.
  init(_ season: Season, offers: [Offer]) {
    world = season.world
    kit = season.kit
    capacity = season.capacity
    self.offers = offers
    run()
  }

  private mutating func run() {
    open()
    for index in world.weeks.indices {
      receive(on: world.weeks[index])
      if SeasonRules.ordersGoOut(inWeek: index) { order(on: world.weeks[index], week: index) }
      short.append(world.centres.filter { !work(at: $0, inWeek: index) })
    }
  }

  private func wanted(at centre: Centre.Code, inWeek index: Int) -> Int64 {
    min(world.demand(of: centre, inWeek: index), capacity[centre] ?? .max)
  }

  private mutating func open() {
    for (index, centre) in world.centres.enumerated() {
      let first = wanted(at: centre, inWeek: 0)
      var shelf: [Item.SKU: Int64] = [:]
      var week: [Item.SKU: Int64] = [:]
      for part in kit.components {
        let use = part.stockNeeded(for: first).units
        week[part.item] = use
        shelf[part.item] = Rounding.up.divide(use * SeasonRules.openingDays(ofCentre: index), by: 7)
      }
      shelves[centre] = shelf
      used[centre] = [week]
    }
  }

  private mutating func receive(on monday: Day) {
    let perMille = world.deliveredPerMille(inWeekOf: monday)
    for index in coming.indices where coming[index].day <= monday && coming[index].units > 0 {
      let part = Rounding.down.divide(coming[index].units * perMille, by: 1000)
      shelves[coming[index].centre]?[coming[index].item, default: 0] += part
      coming[index].units -= part
      coming[index].times += 1
      if coming[index].times >= SeasonRules.deliveriesBeforeClosing { coming[index].units = 0 }
    }
    coming.removeAll { $0.units == 0 }
  }

  /// Each centre fills up to the same level as in the network, from the cheapest offer with capacity left.
  private mutating func order(on monday: Day, week: Int) {
    var left = offers.reduce(into: [Offer.Code: Int64]()) { left, offer in
      left[offer.code] = offer.terms.deliverable(orderedOn: monday, by: monday + 28) ?? .max
    }
    let turn = week % world.centres.count
    for centre in world.centres[turn...] + world.centres[..<turn] {
      for part in kit.components {
        let missing = missing(of: part.item, at: centre)
        if missing > 0 { buy(missing, of: part.item, for: centre, on: monday, left: &left) }
      }
    }
  }

  private func missing(of item: Item.SKU, at centre: Centre.Code) -> Int64 {
    let weeks = (used[centre] ?? []).suffix(4)
    let mean = DailyUse.known(
      units: weeks.reduce(0) { $0 + ($1[item] ?? 0) },
      days: 7 * Int64(max(1, weeks.count))
    )
    let rate = SurgeRule.rate(recent: .known(units: weeks.last?[item] ?? 0, days: 7), mean: mean)
    let onTheWay = coming.filter { $0.centre == centre && $0.item == item }.reduce(0) { $0 + $1.units }
    return SeasonRules.reorder.orderUpTo(at: rate).units - (shelves[centre]?[item] ?? 0) - onTheWay
  }

  private mutating func buy(
    _ missing: Int64,
    of item: Item.SKU,
    for centre: Centre.Code,
    on monday: Day,
    left: inout [Offer.Code: Int64]
  ) {
    var missing = missing
    let ranked = offers.filter { $0.item == item && $0.isValid(on: monday) }.sorted {
      let first = $0.terms.cheapest(atLeast: $0.terms.minimumPacks)?.cost ?? .zero
      let second = $1.terms.cheapest(atLeast: $1.terms.minimumPacks)?.cost ?? .zero
      return (first * $1.terms.packUnits.units, $0.code) < (second * $0.terms.packUnits.units, $1.code)
    }
    for offer in ranked where missing > 0 {
      let packs = Quantity(missing).packs(of: offer.terms.packUnits, rounding: .up)
      let open = left[offer.code] ?? 0
      let taken = offer.terms.orderable(atMost: min(offer.terms.orderable(atLeast: packs), open))
      guard taken > 0 else { continue }
      left[offer.code] = open - taken
      let goods = offer.terms.prices.cost(of: taken) ?? .zero
      spent += goods + offer.terms.freight.charge(forGoods: goods)
      let units = (offer.terms.packUnits * taken).units
      missing -= units
      coming.append(
        Delivery(centre: centre, item: item, day: monday + offer.terms.leadDays, units: units)
      )
    }
  }

  /// Whether the centre could do what it was asked.
  private mutating func work(at centre: Centre.Code, inWeek index: Int) -> Bool {
    let possible =
      kit.components.map { part in
        part.testsPossible(with: Quantity(shelves[centre]?[part.item] ?? 0))
      }.min() ?? 0
    let wanted = wanted(at: centre, inWeek: index)
    let tests = min(wanted, possible)
    var week: [Item.SKU: Int64] = [:]
    for part in kit.components {
      let use = part.stockNeeded(for: tests).units
      week[part.item] = use
      shelves[centre]?[part.item, default: 0] -= use
    }
    used[centre, default: []].append(week)
    missed += world.demand(of: centre, inWeek: index) - tests
    return tests == wanted
  }
}
