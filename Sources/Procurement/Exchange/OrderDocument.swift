package import Inventory
package import Storage

/// All that a document of an order says: the order and the names behind its codes.
package struct OrderDocument: Equatable, Sendable, Codable {
  package var order: PurchaseOrder
  package var supplier: Supplier
  package var agreement: Agreement.Terms
  package var lotTitle: String
  package var items: [Article]
  package var centres: [Centre]

  /// An item as the order's papers show it.
  package struct Article: Equatable, Sendable, Codable {
    package var sku: Item.SKU
    package var name: String
    /// The number under which the supplier sells it; nil where the offer does not say.
    package var supplierReference: String?
    /// Of the pack that is ordered; nil where the item has no pack of that size with a number.
    package var gtin: String?
  }

  /// Everything about an order, in one reading.
  package static func read(
    _ number: PurchaseOrder.Number,
    in connection: any Connection
  ) throws -> OrderDocument {
    let order = try PurchaseOrder.find(number, in: connection)
    let agreement = try Agreement.find(order.header.agreement, in: connection)
    let codes = Set(order.lines.flatMap { $0.shares.map(\.centre) })
    return OrderDocument(
      order: order,
      supplier: try Supplier.find(order.header.supplier, in: connection),
      agreement: agreement.terms,
      lotTitle: try agreement.lot(order.header.lot).terms.title,
      items: try articles(of: order.id, in: connection),
      centres: try Centre.all(in: connection).filter { codes.contains($0.code) }
    )
  }

  private static func articles(
    of order: PurchaseOrder.ID,
    in connection: any Connection
  ) throws -> [Article] {
    try connection.query(
      """
      SELECT i.sku, i.name, f.supplier_reference, (SELECT p.gtin FROM item_pack p
        WHERE p.item_id = i.id AND p.units = l.pack_units AND p.gtin IS NOT NULL ORDER BY p.level LIMIT 1)
      FROM order_line l JOIN item i ON i.id = l.item_id JOIN supplier_offer f ON f.id = l.offer_id
      WHERE l.order_id = \(order) ORDER BY l.line
      """
    ).map { row in
      let (sku, name, reference, gtin) = try row.decode(
        as: Item.SKU.self,
        String.self,
        String?.self,
        String?.self
      )
      return Article(sku: sku, name: name, supplierReference: reference, gtin: gtin)
    }
  }

  package func article(_ sku: Item.SKU) -> Article? { items.first { $0.sku == sku } }
  package func centre(_ code: Centre.Code) -> Centre? { centres.first { $0.code == code } }
}
