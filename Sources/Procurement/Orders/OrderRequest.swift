package import Inventory

/// What someone asks to be ordered, before it has prices and a number.
package struct OrderRequest: Equatable, Sendable, Codable {
  /// The same key with the same content is the same order.
  package var key: String
  package var supplier: Supplier.Code
  package var agreement: Agreement.Reference
  package var lot: Int64
  package var campaign: Campaign.Code?
  /// Why another holder is passed over; nil where the lot's rule is followed.
  package var reason: String?
  /// The day on which it is to go to the supplier; nil for as soon as it is approved.
  package var sendOn: Day?
  package var lines: [Line]

  package struct Line: Equatable, Sendable, Codable {
    package var item: Item.SKU
    package var shares: [Share]

    package init(item: Item.SKU, shares: [Share]) {
      self.item = item
      self.shares = shares
    }

    var packs: Int64 { shares.reduce(0) { $0 + $1.packs } }
  }

  package struct Share: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var packs: Int64
    /// The centre's part of the line's cost; nil to share it by packs.
    package var cost: Money?

    package init(centre: Centre.Code, packs: Int64, cost: Money? = nil) {
      self.centre = centre
      self.packs = packs
      self.cost = cost
    }
  }

  package init(
    key: String,
    supplier: Supplier.Code,
    agreement: Agreement.Reference,
    lot: Int64,
    campaign: Campaign.Code? = nil,
    reason: String? = nil,
    sendOn: Day? = nil,
    lines: [Line]
  ) {
    self.key = key
    self.supplier = supplier
    self.agreement = agreement
    self.lot = lot
    self.campaign = campaign
    self.reason = reason
    self.sendOn = sendOn
    self.lines = lines
  }
}

/// A request with prices: what an order will say.
struct PricedOrder: Equatable {
  var lines: [OrderLine]
  var goods: Money
  var freight: Money
  var units: Quantity
  var leadDays: Int64
}

extension OrderRequest {
  private static let largestPacks: Int64 = 100_000_000
  private static let largestTotal = Money(cents: 900_000_000_000_000)

  /// Prices the request at a holder's offers of a day: exact costs, the freight once, all that is wrong at once.
  func priced(at byItem: [Item.SKU: Offer], on day: Day) throws(OrderError) -> PricedOrder {
    let findings = findings(with: byItem, on: day)
    guard findings.isEmpty else { throw .invalid(findings) }
    let used = lines.compactMap { byItem[$0.item] }
    let priced = zip(1..., zip(lines, used)).compactMap { number, pair in
      pair.0.priced(at: pair.1, number: Int64(number))
    }
    let goods = priced.reduce(Money.zero) { $0 + $1.cost }
    guard priced.count == lines.count, goods <= Self.largestTotal else { throw .tooLarge }
    let minimum = used.map(\.terms.minimumValue).max() ?? .zero
    guard goods >= minimum else { throw .tooSmall(supplier, goods: goods, minimum: minimum) }
    return PricedOrder(
      lines: priced,
      goods: goods,
      freight: Offer.freight(of: used.map(\.terms), forGoods: goods),
      units: priced.reduce(.zero) { $0 + $1.units },
      leadDays: used.map(\.terms.leadDays).max() ?? 0
    )
  }

  private func findings(with offers: [Item.SKU: Offer], on day: Day) -> [Finding] {
    var findings: [Finding] = []
    if key.isEmpty || key.count > 300 {
      findings.append(Finding(field: "key", found: key, expected: "1 to 300 characters"))
    }
    if lines.isEmpty { findings.append(Finding(field: "lines", found: "", expected: "at least one line")) }
    var seen: Set<Item.SKU> = []
    for (number, line) in zip(1..., lines) {
      func report(_ field: String, _ found: String, _ expected: String) {
        findings.append(Finding(line: number, field: field, found: found, expected: expected))
      }
      if !seen.insert(line.item).inserted { report("sku", "\(line.item) again", "one line for an item") }
      if Set(line.shares.map(\.centre)).count < line.shares.count {
        report("centre", "a centre twice", "one share for a centre")
      }
      guard !line.shares.isEmpty, line.shares.allSatisfy({ (1...Self.largestPacks).contains($0.packs) }),
        line.packs <= Self.largestPacks
      else {
        report("packs", "\(line.shares.map(\.packs))", "shares from 1 to \(Self.largestPacks) packs")
        continue
      }
      guard let terms = offers[line.item]?.terms else {
        let place = "lot \(lot) of \(agreement)"
        report("sku", "\(line.item)", "an item that \(supplier) offers under \(place) on \(day)")
        continue
      }
      if !terms.isOrderable(line.packs) {
        let expected = "at least \(terms.minimumPacks), in multiples of \(terms.multiplePacks)"
        report("packs", "\(line.packs)", expected)
      }
    }
    return findings
  }
}

extension OrderRequest.Line {
  /// Nil where the cost does not fit, or the shares' own costs do not add up to it.
  fileprivate func priced(at offer: Offer, number: Int64) -> OrderLine? {
    guard let cost = offer.terms.prices.cost(of: packs) else { return nil }
    let given = shares.compactMap(\.cost)
    let parts =
      given.count == shares.count
      ? given : split(cost.cents, inProportionTo: shares.map(\.packs)).map { Money(cents: $0) }
    guard parts.reduce(.zero, +) == cost else { return nil }
    return OrderLine(
      number: number,
      offer: offer.code,
      item: item,
      packs: packs,
      packUnits: offer.terms.packUnits,
      cost: cost,
      shares: zip(shares, parts).map { OrderShare(centre: $0.centre, packs: $0.packs, cost: $1) }
        .sorted { $0.centre < $1.centre }
    )
  }
}

extension Offer {
  /// What the delivery of an order costs: the dearest of its offers' charges that its goods do not make free.
  static func freight(of terms: [Terms], forGoods goods: Money) -> Money {
    terms.map { $0.freight.charge(forGoods: goods) }.max() ?? .zero
  }
}
