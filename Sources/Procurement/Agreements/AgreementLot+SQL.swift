import Inventory
import Storage

extension AgreementLot {
  private init(row: Row, holders: [ID: [Holder]]) throws {
    let (id, _, number, title, cpv, rule, minimumValue, minimumQuantity, value, quantity, committed, units) =
      try row.decode(
        as: ID.self,
        Agreement.ID.self,
        Int64.self,
        String.self,
        String?.self,
        Rule.self,
        Money?.self,
        Quantity?.self,
        Money?.self,
        Quantity?.self,
        Money.self,
        Quantity.self
      )
    self.id = id
    terms = Terms(
      number: number,
      title: title,
      cpv: cpv,
      rule: rule,
      minimumValue: minimumValue,
      minimumQuantity: minimumQuantity
    )
    ceiling = Ceiling(
      maximumValue: value,
      maximumQuantity: quantity,
      committedValue: committed,
      committedQuantity: units
    )
    self.holders = holders[id] ?? []
  }

  /// The lots of agreements, by number, with their holders by rank; of one agreement where it is given. Two statements,
  /// however many they are.
  static func all(
    of agreement: Agreement.ID? = nil,
    in connection: any Connection
  ) throws -> [Agreement.ID: [AgreementLot]] {
    let condition: SQL = if let agreement { "agreement_id = \(agreement)" } else { "1 = 1" }
    let holders = try holders(ofThose: condition, in: connection)
    let rows = try connection.query(
      """
      SELECT id, agreement_id, number, title, cpv, rule, minimum_value, minimum_quantity, \(Ceiling.columns)
      FROM agreement_lot WHERE \(condition) ORDER BY number
      """
    )
    return try rows.reduce(into: [:]) { lots, row in
      let (_, owner) = try row.decode(as: ID.self, Agreement.ID.self)
      lots[owner, default: []].append(try AgreementLot(row: row, holders: holders))
    }
  }

  private static func holders(
    ofThose condition: SQL,
    in connection: any Connection
  ) throws -> [ID: [Holder]] {
    let rows = try connection.query(
      """
      SELECT h.lot_id, s.code, h.rank, h.share_permille FROM lot_holder h
      JOIN supplier s ON s.id = h.supplier_id
      WHERE h.lot_id IN (SELECT id FROM agreement_lot WHERE \(condition)) ORDER BY h.lot_id, h.rank
      """
    )
    return try rows.reduce(into: [:]) { holders, row in
      let (lot, supplier, rank, share) = try row.decode(
        as: ID.self,
        Supplier.Code.self,
        Int64.self,
        Int64?.self
      )
      holders[lot, default: []].append(Holder(supplier: supplier, rank: rank, sharePermille: share))
    }
  }

  /// Stores a new lot, or what changed of a known one; what orders hold of the ceiling is left as it is.
  static func store(_ draft: Draft, of agreement: Agreement.ID, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO agreement_lot (agreement_id, number, title, cpv, rule, maximum_value, maximum_quantity,
        minimum_value, minimum_quantity)
      VALUES (\(agreement), \(draft.terms.number), \(draft.terms.title), \(draft.terms.cpv),
        \(draft.terms.rule), \(draft.maximumValue), \(draft.maximumQuantity), \(draft.terms.minimumValue),
        \(draft.terms.minimumQuantity))
      ON CONFLICT (agreement_id, number) DO UPDATE SET title = excluded.title, cpv = excluded.cpv,
        rule = excluded.rule, maximum_value = excluded.maximum_value,
        maximum_quantity = excluded.maximum_quantity, minimum_value = excluded.minimum_value,
        minimum_quantity = excluded.minimum_quantity
      """
    )
  }

  /// Stores a holder of a lot; false where there is no such lot.
  static func store(
    _ holder: Holder,
    of number: Int64,
    agreement: Agreement.ID,
    in connection: any Connection
  ) throws -> Bool {
    let keys = try connection.query(
      """
      SELECT l.id, s.id FROM agreement_lot l, supplier s
      WHERE l.agreement_id = \(agreement) AND l.number = \(number) AND s.code = \(holder.supplier)
      """
    )
    guard let (lot, supplier) = try keys.first?.decode(as: ID.self, Supplier.ID.self) else { return false }
    try connection.execute(
      """
      INSERT INTO lot_holder (lot_id, supplier_id, rank, share_permille)
      VALUES (\(lot), \(supplier), \(holder.rank), \(holder.sharePermille))
      ON CONFLICT (lot_id, supplier_id) DO UPDATE SET rank = excluded.rank,
        share_permille = excluded.share_permille
      """
    )
    return true
  }
}
