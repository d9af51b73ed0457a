import Inventory
import Procurement
import Storage

extension Season {
  /// Judges every position by what has been reported up to Sunday.
  mutating func watch(on monday: Day) async throws -> WatchResult {
    switch way {
    case .rules: try await watchCover(on: monday)
    case .plans: try await planAndWatch(on: monday)
    }
  }

  private func watchCover(on monday: Day) async throws -> WatchResult {
    let stamp = stamp("watch", monday)
    let window = SeasonRules.window(endingOn: monday - 1)
    return try await database.write { connection in
      let positions = try ShortagePosition.gather(window, rule: SeasonRules.reorder, in: connection)
      return try ShortageAlert.watch(positions, by: stamp, in: connection)
    }
  }

  /// Helps the centres that are about to run out from those that have plenty, item by item; returns how many transfers.
  mutating func transfer(on monday: Day) async throws -> Int {
    switch way {
    case .rules: try await help(on: monday)
    case .plans: try await transferByPlan(on: monday)
    }
  }

  private mutating func help(on monday: Day) async throws -> Int {
    var count = 0
    for item in items {
      let window = SeasonRules.window(endingOn: monday - 1)
      let positions = try await database.read {
        try StockPosition.all(window, filter: .init(item: item), in: $0)
      }
      for help in SeasonHelp.plan(positions) {
        try await move(help, of: item, on: monday)
        count += 1
      }
    }
    return count
  }

  private mutating func move(_ help: SeasonHelp, of item: Item.SKU, on monday: Day) async throws {
    let stamp = stamp("buyer", monday)
    let request = TransferRequest(
      key: "\(monday)/\(item)/\(help.from)/\(help.to)",
      from: help.from,
      to: help.to,
      item: item,
      quantity: help.quantity,
      keep: help.keep,
      reason: help.reason
    )
    let proposed = try await database.write { try Transfer.propose(request, by: stamp, in: $0) }
    try await carry(proposed, on: monday)
  }

  /// Agreed, sent and received on the same Monday: on the shelves as in the database.
  mutating func carry(_ transfer: Transfer, on monday: Day) async throws {
    let (number, stamp) = (transfer.number, stamp("buyer", monday))
    let sent = try await database.write { connection in
      _ = try Transfer.agree(number, by: stamp, in: connection)
      let sent = try Transfer.send(number, on: monday, by: stamp, in: connection)
      _ = try Transfer.receive(number, on: monday, by: stamp, in: connection)
      return sent
    }
    for part in sent.lots {
      shelves[sent.from]?.take(part.sent.units, of: sent.item, lot: part.lot)
      let batch = Shelves.Batch(
        lot: part.lot,
        expiry: part.expiry ?? monday + expiry(of: sent.item),
        quantity: part.sent.units
      )
      shelves[sent.to, default: Shelves()].put(batch, of: sent.item)
    }
  }

  /// The scarcest component over the whole network, in days of cover.
  func networkCover(on monday: Day) async throws -> (item: Item.SKU, days: Int64)? {
    let window = SeasonRules.window(endingOn: monday - 1)
    let positions = try await database.read { try StockPosition.all(window, in: $0) }
    return items.compactMap { item -> (item: Item.SKU, days: Int64)? in
      let parts = positions.filter { $0.item == item }
      let uses = parts.compactMap { $0.use.units(in: 28, rounding: .up) }
      guard !uses.isEmpty, uses.reduce(0, +) > 0 else { return nil }
      let usable = parts.reduce(0) { $0 + $1.stock.usable }
      return (item, Rounding.down.divide(usable * 28, by: uses.reduce(0, +)))
    }.min { ($0.days, $0.item) < ($1.days, $1.item) }
  }
}

/// One centre helps another.
struct SeasonHelp: Equatable, Sendable {
  let from: Centre.Code
  let to: Centre.Code
  let quantity: Quantity
  /// What must stay with the donor.
  let keep: Quantity
  let reason: String

  /// The centre with the least cover first; each is helped by the one that can spare the most, up to a common level.
  static func plan(_ positions: [StockPosition]) -> [SeasonHelp] {
    var spare = positions.reduce(into: [Centre.Code: Int64]()) { spare, position in
      // Nobody gives what was not reported this week: the shelf may hold less than the book says.
      guard position.age == 0,
        let kept = position.use.units(in: SeasonRules.donorKeepsDays, rounding: .up)
      else { return }
      spare[position.centre] = max(0, position.stock.usable - kept)
    }
    let poor = positions.filter { ($0.cover.days ?? .max) < SeasonRules.helpedUnderDays }
      .sorted { ($0.cover.days ?? 0, $0.centre) < ($1.cover.days ?? 0, $1.centre) }
    return poor.compactMap { taker in
      let level = taker.use.units(in: SeasonRules.helpedUpToDays, rounding: .up) ?? 0
      let wanted = level - taker.stock.usable
      let donor = spare.filter { $0.key != taker.centre && $0.value > 0 }
        .max { ($0.value, $1.key) < ($1.value, $0.key) }
      guard wanted > 0, let donor, let giver = positions.first(where: { $0.centre == donor.key })
      else { return nil }
      let quantity = min(wanted, donor.value)
      spare[donor.key] = donor.value - quantity
      return SeasonHelp(
        from: donor.key,
        to: taker.centre,
        quantity: Quantity(quantity),
        keep: Quantity(giver.use.units(in: SeasonRules.donorKeepsDays, rounding: .up) ?? 0),
        reason: "\(taker.cover) days of cover left"
      )
    }
  }
}
