import Inventory
import Procurement
import Storage

/// A campaign of the season, as it was awarded.
struct SeasonPurchase: Sendable {
  let campaign: Campaign.Code
  let day: Day
  let orders: [PurchaseOrder.Number]
  let award: Award
  /// What the greedy rule would have paid for the same needs, freight included; nil where it is the rule that awarded.
  var greedyCost: Money?
}

extension Season {
  /// Pools what the centres need into one campaign, awards it and places its orders.
  mutating func order(on monday: Day) async throws {
    guard let code = Campaign.Code("PCR-\(monday)") else { return }
    let stamp = stamp("buyer", monday, hour: 9)
    let items = items
    let terms = Campaign.Terms(
      code: code,
      title: "PCR consumables, order of \(monday)",
      opens: monday,
      closes: monday,
      neededBy: monday + 28,
      items: items
    )
    guard try await pool(terms, on: monday, by: stamp) else { return }
    let (award, greedyCost) = try await award(code, by: stamp)
    let numbers = try await database.write { try Campaign.order(code, by: stamp, in: $0) }
    for number in numbers { try await place(number, on: monday) }
    purchases.append(
      SeasonPurchase(campaign: code, day: monday, orders: numbers, award: award, greedyCost: greedyCost)
    )
  }

  /// Opens the campaign, takes every centre's needs and closes it; false, and nothing done, where nobody needs anything.
  private func pool(_ terms: Campaign.Terms, on monday: Day, by stamp: Stamp) async throws -> Bool {
    let entries = try await needs(on: monday)
    let plan = plan
    guard plan != nil || !entries.isEmpty else { return false }
    do {
      try await database.write { connection in
        _ = try Campaign.start(terms, by: stamp, in: connection)
        _ = try Campaign.open(terms.code, by: stamp, in: connection)
        if let plan {
          let filled = try Campaign.prefill(terms.code, from: plan, by: stamp, in: connection)
          guard filled.needs.contains(where: { $0.quantity > .zero }) else {
            throw CampaignError.nothingNeeded(terms.code)
          }
        } else {
          try Campaign.take(entries, for: terms.code, by: stamp, in: connection)
        }
        _ = try Campaign.close(terms.code, by: stamp, in: connection)
      }
      return true
    } catch CampaignError.nothingNeeded {
      return false
    }
  }

  /// The award of the way that is played, and what the greedy rule would have paid where that is another.
  private func award(
    _ code: Campaign.Code,
    by stamp: Stamp
  ) async throws -> (award: Procurement.Award, greedyCost: Money?) {
    switch way {
    case .rules: (try await database.write { try Campaign.awardGreedily(code, by: stamp, in: $0) }, nil)
    case .plans(let solver): try await awardExactly(code, with: solver, by: stamp)
    }
  }

  /// Approved, sent and acknowledged on the same day, for the day that the slowest of its offers promises.
  private func place(_ number: PurchaseOrder.Number, on monday: Day) async throws {
    let stamp = stamp("buyer", monday, hour: 10)
    try await database.write { connection in
      try PurchaseOrder.approve(number, by: stamp, in: connection)
      try PurchaseOrder.send(number, by: stamp, in: connection)
      let order = try PurchaseOrder.find(number, in: connection)
      let offers = try Offer.all(in: connection)
      let lead = order.lines.compactMap { line in
        offers.first { $0.code == line.offer }?.terms.leadDays
      }.max()
      try PurchaseOrder.acknowledge(number, expectedOn: monday + (lead ?? 21), by: stamp, in: connection)
    }
  }

  /// What each centre lacks to the level that an order fills up to, computed from the ledger, with what it came from.
  private func needs(on monday: Day) async throws -> [NeedEntry] {
    let window = SeasonRules.window(endingOn: monday - 1)
    let lastWeek = SeasonRules.lastWeek(endingOn: monday - 1)
    let items = items
    return try await database.read { connection in
      let coming = try Coming.all(in: connection)
      let lately = try StockPosition.all(lastWeek, in: connection)
      return try StockPosition.all(window, in: connection).filter { items.contains($0.item) }.compactMap {
        position in
        let onTheWay = coming.first { $0.centre == position.centre && $0.item == position.item }
        let there = Quantity(position.stock.usable) + (onTheWay?.quantity ?? .zero)
        let recent = lately.first { $0.centre == position.centre && $0.item == position.item }
        let rate = SurgeRule.rate(recent: recent?.use ?? .unknown, mean: position.use)
        let missing = SeasonRules.pooledReorder.orderUpTo(at: rate) - there
        guard missing > .zero else { return nil }
        let inputs = """
          {"coming":\(onTheWay?.quantity.units ?? 0),"usable":\(position.stock.usable),\
          "use":"\(position.use)","rate":"\(rate)"}
          """
        return NeedEntry(
          need: Need(
            centre: position.centre,
            item: position.item,
            quantity: missing,
            justification: "filled up to 63 days at the rate of the last weeks",
            origin: .prefilled(inputs: inputs)
          )
        )
      }
    }
  }
}
