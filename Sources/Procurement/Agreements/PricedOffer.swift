package import Inventory
package import Storage

/// What a quantity of an item costs at one offer, bought there alone.
package struct PricedOffer: Equatable, Sendable, Codable {
  package var offer: Offer.Code
  package var supplier: Supplier.Code
  package var packs: Int64
  package var units: Quantity
  package var goods: Money
  package var freight: Money
  package var arrives: Day

  package var total: Money { goods + freight }
  /// What a thousand base units cost, rounded half up: a unit costs too little to be shown in cents.
  package var perThousand: Money {
    let exact = Int128(total.cents) * 1000
    return Money(cents: Int64(clamping: (exact * 2 + Int128(units.units)) / (2 * Int128(units.units))))
  }

  /// The offers for an item that hold on a day, the cheapest for the quantity first.
  package static func compare(
    _ item: Item.SKU,
    _ quantity: Quantity,
    on day: Day,
    in connection: any Connection
  ) throws -> [PricedOffer] {
    let offers = try Offer.all(of: Item.find(item, in: connection).sku, on: day, in: connection)
    guard !offers.isEmpty else { throw OfferError.noOffer(item: item, on: day) }
    return offers.compactMap { PricedOffer($0, for: quantity, on: day) }
      .sorted { ($0.total, $0.offer) < ($1.total, $1.offer) }
  }

  init?(_ offer: Offer, for quantity: Quantity, on day: Day) {
    let terms = offer.terms
    let wanted = quantity.packs(of: terms.packUnits, rounding: .up)
    guard wanted > 0, let (packs, cost) = terms.cheapest(atLeast: wanted) else { return nil }
    self.offer = offer.code
    supplier = offer.supplier
    self.packs = packs
    units = terms.packUnits * packs
    goods = cost
    freight = terms.freight.charge(forGoods: cost)
    arrives = day + terms.leadDays
  }
}
