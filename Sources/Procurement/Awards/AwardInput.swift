package import Inventory

/// All that an award is drawn up from, as values: who needs what, who offers it, and how far each lot still goes.
package struct AwardInput: Equatable, Sendable, Codable {
  /// The day of the first orders, and the day by which the goods must be there.
  package var day: Day
  package var neededBy: Day
  package var needs: [Need]
  package var offers: [Offer]
  package var lots: [Lot]

  /// The days of further rounds of orders, ascending and after the first.
  package var rounds: [Day]

  package init(
    day: Day,
    neededBy: Day,
    needs: [Need],
    offers: [Offer],
    lots: [Lot],
    rounds: [Day] = []
  ) {
    self.day = day
    self.neededBy = neededBy
    self.needs = needs
    self.offers = offers
    self.lots = lots
    self.rounds = rounds
  }

  /// A lot with what is left of it.
  package struct Lot: Equatable, Sendable, Codable {
    package var key: LotKey
    package var rule: AgreementLot.Rule
    package var ceiling: Ceiling
    package var holders: [AgreementLot.Holder]

    package init(
      key: LotKey,
      rule: AgreementLot.Rule,
      ceiling: Ceiling,
      holders: [AgreementLot.Holder]
    ) {
      self.key = key
      self.rule = rule
      self.ceiling = ceiling
      self.holders = holders
    }
  }

  /// The items that someone needs, in order.
  package var items: [Item.SKU] { Set(needs.filter { $0.quantity > .zero }.map(\.item)).sorted() }
}

/// A lot by its agreement's reference and its number.
package struct LotKey: Hashable, Sendable, Codable {
  package var agreement: Agreement.Reference
  package var number: Int64

  package init(agreement: Agreement.Reference, number: Int64) {
    self.agreement = agreement
    self.number = number
  }
}

/// Whom an order of an award goes to: a supplier under a lot.
package struct OrderKey: Hashable, Sendable, Codable {
  package var lot: LotKey
  package var supplier: Supplier.Code

  package init(lot: LotKey, supplier: Supplier.Code) {
    self.lot = lot
    self.supplier = supplier
  }
}

/// One order of an award: its supplier and lot, and the day of its round.
package struct RoundKey: Hashable, Sendable {
  package var order: OrderKey
  /// Nil for the first round.
  package var orderOn: Day?
}

extension Offer {
  package var lotKey: LotKey { LotKey(agreement: agreement, number: lot) }
  package var orderKey: OrderKey { OrderKey(lot: lotKey, supplier: supplier) }
}
