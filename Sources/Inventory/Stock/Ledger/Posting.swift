/// A change of a centre's stock of one lot on one day, before it is in the ledger.
package struct Posting: Equatable, Sendable {
  package var centre: Centre.ID
  package var item: Item.ID
  package var lot: Lot.ID
  /// The day on which it happened, which may lie before the day on which it is recorded.
  package var day: Day
  /// Base units: positive into the stock, negative out of it.
  package var quantity: Quantity
  package var reason: MovementReason
  /// The paper or record behind it: an order's receipt, a transfer.
  package var document: String?

  package init(
    centre: Centre.ID,
    item: Item.ID,
    lot: Lot.ID,
    day: Day,
    quantity: Quantity,
    reason: MovementReason,
    document: String? = nil
  ) {
    self.centre = centre
    self.item = item
    self.lot = lot
    self.day = day
    self.quantity = quantity
    self.reason = reason
    self.document = document
  }

  func check() throws(StockError) {
    guard reason.allows(quantity) else { throw .wrongSign(reason: reason, quantity: quantity) }
  }
}
