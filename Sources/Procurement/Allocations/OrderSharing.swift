package import Inventory
package import Storage

/// What a decision on the goods of an order gave one centre, and why.
package struct OrderSharing: Equatable, Sendable {
  /// Of the decision.
  package var key: String
  package var item: Item.SKU
  package var rule: String
  package var decidedOn: Day
  package var centre: Centre.Code
  package var quantity: Quantity
  package var sentence: String
}

extension OrderSharing {
  /// Of the decisions that stand: those that an order's deliveries were asked for, and those that its receipts made,
  /// known by their keys, which begin with the order's number. By day, decision and centre.
  package static func all(
    of order: PurchaseOrder,
    in connection: any Connection
  ) throws -> [OrderSharing] {
    let number = order.header.number.rawValue.replacing("!", with: "!!").replacing("%", with: "!%")
      .replacing("_", with: "!_")
    return try connection.query(
      """
      SELECT a.key, i.sku, a.rule, a.decided_on, c.code, l.quantity, l.sentence
      FROM allocation a JOIN item i ON i.id = a.item_id JOIN allocation_line l ON l.allocation_id = a.id
      JOIN centre c ON c.id = l.centre_id
      WHERE a.state = \(AllocationDecision.State.decided) AND (
        a.id IN (SELECT d.allocation_id FROM allocation_delivery d WHERE d.order_id = \(order.id))
        OR a.key LIKE \("\(number)/%") ESCAPE '!' OR a.key LIKE \("receipt/\(number)/%") ESCAPE '!')
      ORDER BY a.decided_on, a.key, c.code
      """
    ).map { row in
      let (key, item, rule, decidedOn, centre, quantity, sentence) = try row.decode(
        as: String.self,
        Item.SKU.self,
        String.self,
        Day.self,
        Centre.Code.self,
        Quantity.self,
        String.self
      )
      return OrderSharing(
        key: key,
        item: item,
        rule: rule,
        decidedOn: decidedOn,
        centre: centre,
        quantity: quantity,
        sentence: sentence
      )
    }
  }
}
