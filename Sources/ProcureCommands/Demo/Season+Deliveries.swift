import Inventory
import Planning
import Procurement
import Storage

/// What the suppliers brought, and how what was short was shared.
struct SeasonDeliveries: Sendable {
  var times: [PurchaseOrder.Number: Int] = [:]
  var short = 0
  var complete = 0
  var allocations: [String] = []
}

extension Season {
  /// Receives what is due on a Monday. A supplier brings whole packs, as far as France's testing leaves it any; what is
  /// short is shared by equal days of cover, and what never came is given up after a few deliveries.
  mutating func receive(on monday: Day) async throws {
    let due = try await database.read { connection in
      try [PurchaseOrder.State.acknowledged, .partlyReceived].flatMap { state in
        try PurchaseOrder.all(standing: state, in: connection)
      }.filter { ($0.header.expectedOn ?? monday) <= monday }
        .map { try PurchaseOrder.find($0.header.number, in: connection) }
    }
    for order in due.sorted(by: { $0.header.number < $1.header.number }) {
      try await receive(order, on: monday)
    }
  }

  private mutating func receive(_ order: PurchaseOrder, on monday: Day) async throws {
    let number = order.header.number
    let perMille = world.deliveredPerMille(inWeekOf: monday)
    deliveries.times[number, default: 0] += 1
    var entries: [ReceiptRequest.Entry] = []
    for line in order.lines where line.outstanding > .zero {
      let open = line.outstanding.packs(of: line.packUnits, rounding: .down)
      let packs = Rounding.down.divide(open * perMille, by: 1000)
      entries += try await share(packs, of: line, order: number, on: monday)
    }
    try await book(entries, of: order, on: monday)
    try await closeIfGivenUp(number, on: monday)
  }

  private mutating func book(
    _ entries: [ReceiptRequest.Entry],
    of order: PurchaseOrder,
    on monday: Day
  ) async throws {
    guard !entries.isEmpty else { return }
    let number = order.header.number
    let request = ReceiptRequest(order: number, key: "BL-\(monday)", day: monday, entries: entries)
    let stamp = stamp("buyer", monday)
    try await database.write { try Receipt.take(request, by: stamp, in: $0) }
    for entry in entries {
      guard let centre = entry.centre, let line = order.lines.first(where: { $0.number == entry.line }),
        let lot = entry.lot, let expiry = entry.expiry
      else { continue }
      shelves[centre, default: Shelves()].put(
        Shelves.Batch(lot: lot, expiry: expiry, quantity: entry.accepted.units),
        of: line.item
      )
    }
  }

  private mutating func closeIfGivenUp(_ number: PurchaseOrder.Number, on monday: Day) async throws {
    let order = try await database.read { try PurchaseOrder.find(number, in: $0) }
    if order.isComplete {
      deliveries.complete += 1
    } else if deliveries.times[number] ?? 0 >= SeasonRules.deliveriesBeforeClosing {
      deliveries.short += 1
    } else {
      return
    }
    let stamp = stamp("buyer", monday)
    let reason = order.isComplete ? nil : "the supplier delivers no more of it"
    try await database.write { try PurchaseOrder.close(number, reason: reason, by: stamp, in: $0) }
  }

  /// The packs of a line by centre: everything where all of it came, otherwise by equal cover.
  private mutating func share(
    _ packs: Int64,
    of line: OrderLine,
    order: PurchaseOrder.Number,
    on monday: Day
  ) async throws -> [ReceiptRequest.Entry] {
    guard packs > 0 else { return [] }
    let waiting = line.shares.map { ($0.centre, $0.outstanding(in: line.packUnits)) }.filter { $0.1 > .zero }
    let given: [(Centre.Code, Quantity)]
    if line.packUnits * packs >= line.outstanding {
      given = waiting
    } else {
      given = try await allocate(packs, of: line, among: waiting, order: order, on: monday)
    }
    return given.filter { $0.1 > .zero }.map { centre, quantity in
      ReceiptRequest.Entry(
        line: line.number,
        centre: centre,
        lot: "\(order.rawValue.suffix(5))\(monday.description.filter(\.isNumber).dropFirst(2))",
        expiry: monday + expiry(of: line.item),
        accepted: quantity
      )
    }
  }

  private mutating func allocate(
    _ packs: Int64,
    of line: OrderLine,
    among waiting: [(Centre.Code, Quantity)],
    order: PurchaseOrder.Number,
    on monday: Day
  ) async throws -> [(Centre.Code, Quantity)] {
    let stamp = stamp("buyer", monday)
    let window = SeasonRules.window(endingOn: monday - 1)
    let key = "\(order)/\(line.number)/\(monday)"
    let decision = try await database.write { connection in
      let positions = try StockPosition.all(window, filter: .init(item: line.item), in: connection)
      let claims = waiting.map { centre, quantity in
        let position = positions.first { $0.centre == centre }
        return AllocationRequest.Claim(
          centre: centre,
          stock: Quantity(position?.stock.usable ?? 0),
          use: position?.use ?? .unknown,
          need: quantity
        )
      }
      let request = AllocationRequest(
        key: key,
        item: line.item,
        rule: .equalCover,
        packUnits: line.packUnits,
        supply: line.packUnits * packs,
        reason: "order \(order) came short",
        centres: claims
      )
      return try AllocationDecision.decide(request, by: stamp, in: connection)
    }
    deliveries.allocations.append(key)
    return decision.lines.map { ($0.centre, $0.quantity) }
  }
}
