import Inventory
import Planning
import Storage

extension DeliverySharing {
  /// What is known for sharing a delivery; nothing is read where every entry names its centre.
  static func read(
    for request: ReceiptRequest,
    of order: PurchaseOrder,
    in connection: any Connection
  ) throws -> DeliverySharing {
    guard request.entries.contains(where: { $0.centre == nil }) else { return DeliverySharing() }
    var sharing = DeliverySharing(
      promises: try Promise.open(of: order.id, in: connection),
      rule: try SharingRule.holding(for: request.order, in: connection)?.rule
    )
    sharing.document = "receipt/\(request.order)/\(request.key)"
    sharing.day = request.day
    let lines = Set(request.entries.filter { $0.centre == nil }.map(\.line))
    for line in order.lines where lines.contains(line.number) && sharing.governs(line) {
      sharing.claims[line.item] = try claims(for: line.item, on: request.day, in: connection)
    }
    return sharing
  }

  private static func claims(
    for item: Item.SKU,
    on day: Day,
    in connection: any Connection
  ) throws -> [Centre.Code: AllocationRequest.Claim] {
    let terms = try SharingTerms.inForce(for: item, on: day, in: connection)
    let positions = try StockPosition.all(UseWindow(endingOn: day), filter: .init(item: item), in: connection)
    let centres = Set(positions.map(\.centre)).union(terms.keys)
    return centres.reduce(into: [:]) { claims, centre in
      let position = positions.first { $0.centre == centre }
      claims[centre] = AllocationRequest.Claim(
        centre: centre,
        stock: Quantity(position?.stock.usable ?? 0),
        use: terms[centre].use(reported: position?.use ?? .unknown),
        need: nil,
        baseline: terms[centre]?.baseline?.units(in: 28),
        floor: terms[centre]?.floor ?? .zero,
        priority: terms[centre]?.priority ?? 1
      )
    }
  }

  /// Notes on each promise what of it came in, whoever the delivery note named.
  static func settle(
    _ entries: [AttributedEntry],
    of order: PurchaseOrder.ID,
    in connection: any Connection
  ) throws {
    var came = entries.reduce(into: [String: Quantity]()) {
      $0["\($1.line.number) \($1.centre)", default: .zero] += $1.entry.accepted
    }
    for promise in try Promise.open(of: order, in: connection) {
      let place = "\(promise.line) \(promise.centre)"
      let kept = min(promise.outstanding, came[place] ?? .zero)
      guard kept > .zero else { continue }
      came[place, default: .zero] -= kept
      try promise.keep(kept, in: connection)
    }
  }
}

extension SharingTerms? {
  /// The reported use; where no report says what is used, the declared baseline stands in for it.
  func use(reported: Inventory.DailyUse) -> Inventory.DailyUse {
    guard reported == .unknown, let baseline = self?.baseline else { return reported }
    return .known(units: baseline.units.units, days: baseline.days)
  }
}
