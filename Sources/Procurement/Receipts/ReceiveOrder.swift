import Foundation
package import Inventory
package import Storage

extension Receipt {
  /// Takes a delivery: attributes it to the centres, writes it into their stock and moves the order on.
  ///
  /// The same delivery note sent twice counts once. More than was ordered is kept only with a reason, and draws on the
  /// ceiling.
  package static func take(
    _ request: ReceiptRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Receipt {
    let order = try PurchaseOrder.find(request.order, in: connection)
    if let known = try known(request, of: order.id, in: connection) { return known }
    guard !request.key.isEmpty, !request.entries.isEmpty else { throw request.emptiness }
    guard request.day <= stamp.lastDay else {
      throw ReceiptError.invalid([
        Finding(field: "day", found: "\(request.day)", expected: "a day that has come")
      ])
    }
    let sharing = try DeliverySharing.read(for: request, of: order, in: connection)
    let attribution = Attribution(request, of: order, sharing: sharing)
    guard attribution.findings.isEmpty else { throw ReceiptError.invalid(attribution.findings) }
    let after = try order.receiving(attribution.entries)
    try after.drawOver(since: order, by: stamp, in: connection)
    try after.storeState(in: connection)
    try store(request, attribution.entries, of: order.id, by: stamp, in: connection)
    try post(attribution.entries, of: request, by: stamp, in: connection)
    try DeliverySharing.settle(attribution.entries, of: order.id, in: connection)
    for decision in attribution.sharing.decisions {
      _ = try AllocationDecision.decide(decision, by: stamp, in: connection)
    }
    try log(request, attribution.entries, after: after, by: stamp, in: connection)
    return try find(request.order, key: request.key, in: connection)
  }

  private static func log(
    _ request: ReceiptRequest,
    _ entries: [AttributedEntry],
    after: PurchaseOrder,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let centres = Set(entries.map(\.centre))
    try Audit.record(
      "order.receive",
      subject: "order \(request.order)",
      chain: centres.count == 1 ? centres.first.map { .centre($0.rawValue) } ?? .network : .network,
      before: after.state,
      after: request,
      by: stamp,
      in: connection
    )
  }

  /// Movements into stock, one for each entry that was kept.
  private static func post(
    _ entries: [AttributedEntry],
    of request: ReceiptRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let kept = entries.filter { $0.entry.accepted > .zero }
    let items = try Keys.items(Set(kept.map(\.line.item)).sorted(), in: connection)
    let centres = try Keys.centres(Set(kept.map(\.centre)).sorted(), in: connection)
    let postings = try kept.compactMap { attributed -> Posting? in
      guard let item = items[attributed.line.item], let centre = centres[attributed.centre] else {
        return nil
      }
      let lot = try Lot.resolve(
        item: item,
        number: attributed.entry.lot ?? "",
        expiry: attributed.entry.expiry,
        in: connection
      )
      return Posting(
        centre: centre,
        item: item,
        lot: lot.id,
        day: request.day,
        quantity: attributed.entry.accepted,
        reason: .receipt,
        document: "receipt \(request.order) \(request.key)"
      )
    }
    try StockLedger.post(postings, by: stamp, in: connection)
  }
}

extension ReceiptRequest {
  fileprivate var emptiness: ReceiptError {
    .invalid([
      key.isEmpty
        ? Finding(field: "key", found: "", expected: "the delivery note's number")
        : Finding(field: "entries", found: "", expected: "at least one line")
    ])
  }
}

extension PurchaseOrder {
  /// The order after a delivery.
  func receiving(_ entries: [AttributedEntry]) throws(OrderError) -> PurchaseOrder {
    var order = self
    for attributed in entries {
      guard let index = order.lines.firstIndex(where: { $0.number == attributed.line.number }) else {
        continue
      }
      if let share = order.lines[index].shares.firstIndex(where: { $0.centre == attributed.centre }) {
        order.lines[index].shares[share].received += attributed.entry.accepted
      } else {
        order.lines[index].shares.append(
          OrderShare(centre: attributed.centre, packs: 0, cost: .zero, received: attributed.entry.accepted)
        )
      }
    }
    order.state = try state.after(.receive(complete: order.isComplete), of: header.number)
    order.header.drawn = order.header.drawn + (order.over - over)
    return order
  }

  /// What came beyond what was ordered, in value and base units, rounded up so that the ceiling bears all of it.
  private var over: Ceiling.Draw {
    lines.reduce(.nothing) { sum, line in
      sum + line.draw(of: max(.zero, .zero - line.outstanding), rounding: .up)
    }
  }

  /// Draws on the ceiling what this order holds more than it did before.
  fileprivate func drawOver(
    since before: PurchaseOrder,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let more = header.drawn - before.header.drawn
    guard more != .nothing else { return }
    try account(in: connection).draw(more, for: "order \(header.number)", by: stamp, in: connection)
  }
}
