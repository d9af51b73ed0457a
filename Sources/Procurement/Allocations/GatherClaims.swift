import Inventory
import Planning
import Storage

extension AllocationQuestion {
  /// The question with everything that the database knows about it.
  func request(_ supply: GatheredSupply, in connection: any Connection) throws -> AllocationRequest {
    var request = AllocationRequest(
      key: key,
      item: item,
      rule: rule,
      packUnits: supply.packUnits,
      supply: supply.quantity,
      reserve: reserve,
      reason: reason,
      centres: try claims(on: supply, in: connection),
      day: day
    )
    request.deliveries = supply.parts.map(\.delivery)
    request.minimumPacks = minimumPacks
    request.coverTarget = coverTarget
    guard !request.centres.isEmpty else {
      throw AllocationError.invalid([
        Finding(
          field: "centres",
          found: "none",
          expected: "requests, a campaign, an order, or a reported stock"
        )
      ])
    }
    return request
  }

  /// Each centre with its reported stock and use, its request, and its terms. Where no report says what is used, the
  /// declared baseline stands in for the use.
  private func claims(
    on supply: GatheredSupply,
    in connection: any Connection
  ) throws -> [AllocationRequest.Claim] {
    let window = UseWindow(endingOn: day, buckets: weeks)
    let positions = try StockPosition.all(window, filter: .init(item: item), in: connection)
    let terms = try SharingTerms.inForce(for: item, on: termsAsOf ?? day, in: connection)
    let asked = try asked(on: supply, in: connection)
    let centres = asked.isEmpty ? Set(positions.map(\.centre)).union(terms.keys) : Set(asked.keys)
    return centres.subtracting(donor.map { [$0] } ?? []).sorted().map { centre in
      let position = positions.first { $0.centre == centre }
      return claim(of: centre, at: position, asked: asked[centre], terms: terms[centre])
    }
  }

  var donor: Centre.Code? { if case .stock(let centre, _) = supply { centre } else { nil } }

  private func claim(
    of centre: Centre.Code,
    at position: StockPosition?,
    asked: Quantity?,
    terms: SharingTerms?
  ) -> AllocationRequest.Claim {
    AllocationRequest.Claim(
      centre: centre,
      stock: Quantity(position?.stock.usable ?? 0),
      use: terms.use(reported: position?.use ?? .unknown),
      need: asked,
      baseline: terms?.baseline?.units(in: period),
      floor: max(floor, terms?.floor ?? .zero),
      priority: terms?.priority ?? 1
    )
  }

  private func asked(
    on supply: GatheredSupply,
    in connection: any Connection
  ) throws -> [Centre.Code: Quantity] {
    if !requests.isEmpty {
      return Dictionary(requests.map { ($0.centre, $0.asked) }) { first, _ in first }
    }
    if let campaign {
      let id = try Campaign.find(campaign, in: connection).id
      let needs = try Need.all(of: id, in: connection).filter { $0.item == item }
      return Dictionary(needs.map { ($0.centre, $0.quantity) }, uniquingKeysWith: +)
    }
    return try owed(by: supply.parts.compactMap(\.order), in: connection)
  }

  /// What orders owe each centre and no decision promised it yet.
  private func owed(
    by orders: [ConfirmedDelivery],
    in connection: any Connection
  ) throws -> [Centre.Code: Quantity] {
    try orders.reduce(into: [:]) { owed, delivery in
      let order = try PurchaseOrder.find(delivery.order, in: connection)
      guard let line = order.lines.first(where: { $0.number == delivery.line }) else { return }
      let promised = try Promise.open(of: order.id, in: connection)
      for share in line.shares {
        let mine = promised.filter { $0.line == line.number && $0.centre == share.centre && !$0.isReserve }
        let open = share.outstanding(in: line.packUnits) - mine.reduce(.zero) { $0 + $1.outstanding }
        if open > .zero { owed[share.centre, default: .zero] += open }
      }
    }
  }
}
