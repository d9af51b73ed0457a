package import Inventory
package import Storage

/// A wave that went out.
package struct WaveRecord: Equatable, Sendable {
  package var rollout: RolloutPlan.Code
  package var wave: Int64
  package var day: Day
  package var way: Way
  /// Those that it went to; empty for all of the wave.
  package var centres: [Centre.Code]

  package enum Way: Equatable, Sendable {
    /// Out of the stock of a centre, as transfers.
    case transfers(from: Centre.Code)
    /// From the supplier to each centre, as a receipt of an order with its delivery note.
    case receipt(PurchaseOrder.Number, note: String, lot: String?, expiry: Day?)

    var document: String {
      switch self {
      case .transfers(let centre): "transfers from \(centre)"
      case .receipt(let order, let note, _, _): "receipt \(order) \(note)"
      }
    }
  }

  package init(
    rollout: RolloutPlan.Code,
    wave: Int64,
    day: Day,
    way: Way,
    centres: [Centre.Code] = []
  ) {
    self.rollout = rollout
    self.wave = wave
    self.day = day
    self.way = way
    self.centres = centres
  }
}

extension RolloutPlan {
  /// Records that a wave went out: its goods leave the stock of who sent them, or enter that of each centre, in the
  /// same transaction. The same wave recorded twice went out once.
  package static func record(
    _ record: WaveRecord,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> RolloutPlan {
    try claim(record.rollout, in: connection)
    var plan = try find(record.rollout, in: connection)
    let gone = plan.deliveries.filter {
      $0.wave == record.wave && (record.centres.isEmpty || record.centres.contains($0.centre))
    }
    let due = plan.lines.filter {
      $0.wave == record.wave && (record.centres.isEmpty || record.centres.contains($0.centre))
    }
    guard gone.allSatisfy({ $0.document == record.way.document && $0.day == record.day }) else {
      throw RolloutError.recordedDifferently(record.rollout, wave: record.wave)
    }
    if due.isEmpty && !gone.isEmpty { return plan }
    let missing = Set(record.centres).subtracting((due.map(\.centre) + gone.map(\.centre)))
    guard !due.isEmpty, missing.isEmpty else { throw RolloutError.noSuchWave(record.rollout, record.wave) }
    _ = try plan.state.after(.record(complete: false), of: plan.code)
    try plan.move(due, record, by: stamp, in: connection)
    for line in due { try plan.store(line, record, in: connection) }
    plan.deliveries = try find(record.rollout, in: connection).deliveries
    return try advance(plan, by: .record(complete: plan.isComplete), stamp: stamp, in: connection)
  }

  private func store(_ line: Line, _ record: WaveRecord, in connection: any Connection) throws {
    let centre = try Centre.find(line.centre, in: connection).id
    try connection.execute(
      """
      INSERT INTO rollout_delivery (rollout_id, wave, centre_id, day, quantity, document)
      VALUES (\(id), \(line.wave), \(centre), \(record.day), \(line.quantity), \(record.way.document))
      """
    )
  }

  private func move(
    _ lines: [Line],
    _ record: WaveRecord,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let parts = try lines.flatMap { line in
      try components(of: line.quantity, in: connection).map { (line.centre, $0.0, $0.1) }
    }
    switch record.way {
    case .transfers(let donor):
      for (centre, item, quantity) in parts where centre != donor {
        try send(quantity, of: item, from: donor, to: centre, record, by: stamp, in: connection)
      }
    case .receipt(let number, let note, let lot, let expiry):
      let order = try PurchaseOrder.find(number, in: connection)
      let entries = try parts.map { centre, item, quantity in
        guard let line = order.lines.first(where: { $0.item == item }) else {
          throw RolloutError.invalid([
            Finding(field: "order", found: "\(number)", expected: "an order with a line of \(item)")
          ])
        }
        return ReceiptRequest.Entry(
          line: line.number,
          centre: centre,
          lot: lot,
          expiry: expiry,
          accepted: quantity,
          reason: "rollout \(code), wave \(record.wave)"
        )
      }
      let request = ReceiptRequest(order: number, key: note, day: record.day, entries: entries)
      _ = try Receipt.take(request, by: stamp, in: connection)
    }
  }

  private func send(
    _ quantity: Quantity,
    of item: Item.SKU,
    from donor: Centre.Code,
    to centre: Centre.Code,
    _ record: WaveRecord,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let request = TransferRequest(
      key: "rollout/\(code)/\(record.wave)/\(centre)/\(item)",
      from: donor,
      to: centre,
      item: item,
      quantity: quantity,
      keep: .zero,
      reason: "rollout \(code), wave \(record.wave)"
    )
    let number = try Transfer.propose(request, on: record.day, by: stamp, in: connection).number
    _ = try Transfer.agree(number, by: stamp, in: connection)
    _ = try Transfer.send(number, on: record.day, by: stamp, in: connection)
  }

  /// The items behind a quantity of the rollout, and how many base units of each.
  private func components(
    of quantity: Quantity,
    in connection: any Connection
  ) throws -> [(Item.SKU, Quantity)] {
    switch subject {
    case .item(let item): [(item, quantity)]
    case .kit(let code):
      try Kit.find(code, in: connection).components.map { ($0.item, $0.stockNeeded(for: quantity.units)) }
    }
  }
}
