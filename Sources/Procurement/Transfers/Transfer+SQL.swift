import Inventory
package import Storage

extension Transfer.State: Storable {}

extension Transfer {
  private static let selection: SQL = """
    SELECT t.id, t.number, f.code, d.code, i.sku, t.quantity, t.keep, t.state, t.proposed_on, t.sent_on,
      t.received_on, t.reason
    FROM transfer t JOIN centre f ON f.id = t.from_id JOIN centre d ON d.id = t.to_id
    JOIN item i ON i.id = t.item_id
    """

  private init(row: Row, lots: [ID: [LotPart]]) throws {
    (id, number, from, to, item, quantity, keep, state, proposedOn, sentOn, receivedOn, reason) =
      try row.decode(
        as: ID.self,
        Number.self,
        Centre.Code.self,
        Centre.Code.self,
        Item.SKU.self,
        Quantity.self,
        Quantity.self,
        State.self,
        Day.self,
        Day?.self,
        Day?.self,
        String.self
      )
    self.lots = lots[id] ?? []
  }

  /// The transfers `t` that a condition names, with their lots: two statements, however many they are.
  private static func all(_ condition: SQL, in connection: any Connection) throws -> [Transfer] {
    let rows = try connection.query("\(selection) \(condition)")
    guard !rows.isEmpty else { return [] }
    let lots = try lots(ofThose: condition, in: connection)
    return try rows.map { try Transfer(row: $0, lots: lots) }
  }

  private static func lots(
    ofThose condition: SQL,
    in connection: any Connection
  ) throws -> [ID: [LotPart]] {
    let rows = try connection.query(
      """
      SELECT p.transfer_id, l.number, l.expiry, p.sent, p.received, p.reason
      FROM transfer_lot p JOIN lot l ON l.id = p.lot_id
      WHERE p.transfer_id IN (SELECT t.id FROM transfer t \(condition))
      ORDER BY p.transfer_id, l.expiry NULLS LAST, l.number
      """
    )
    return try rows.reduce(into: [:]) { lots, row in
      let (transfer, lot, expiry, sent, received, reason) = try row.decode(
        as: ID.self,
        String.self,
        Day?.self,
        Quantity.self,
        Quantity?.self,
        String?.self
      )
      let part = LotPart(lot: lot, expiry: expiry, sent: sent, received: received, reason: reason)
      lots[transfer, default: []].append(part)
    }
  }

  package static func find(_ number: Number, in connection: any Connection) throws -> Transfer {
    guard let transfer = try all("WHERE t.number = \(number)", in: connection).first else {
      throw TransferError.noSuchTransfer(number.rawValue)
    }
    return transfer
  }

  /// The transfers, the latest first; of one state where it is given.
  package static func list(
    state: State? = nil,
    limit: Int64 = 1_000,
    in connection: any Connection
  ) throws -> [Transfer] {
    let filter: SQL = if let state { "WHERE t.state = \(state)" } else { "" }
    return try all("\(filter) ORDER BY t.id DESC LIMIT \(limit)", in: connection)
  }

  static func find(key: String, in connection: any Connection) throws -> Transfer? {
    try all("WHERE t.key = \(key)", in: connection).first
  }

  /// The transfers whose keys begin with a key and a slash, in the order of their numbers.
  static func all(underKey key: String, in connection: any Connection) throws -> [Transfer] {
    let start = "\(key)/"
    let length = Int64(start.unicodeScalars.count)
    return try all(
      "WHERE substr(t.key, 1, CAST(\(length) AS INTEGER)) = \(start) ORDER BY t.id",
      in: connection
    )
  }

  static func nextNumber(in year: Int, in connection: any Connection) throws -> Number {
    let rows = try connection.query(
      """
      INSERT INTO transfer_sequence (year, last) VALUES (\(Int64(year)), 1)
      ON CONFLICT (year) DO UPDATE SET last = transfer_sequence.last + 1 RETURNING last
      """
    )
    let sequence: Int64 = try rows.first?.decode(as: Int64.self) ?? 0
    let last = String(sequence)
    let text = "TR-\(year)-\(String(repeating: "0", count: max(0, 5 - last.count)))\(last)"
    guard let number = Number(text) else { throw TransferError.noSuchTransfer(text) }
    return number
  }

  func store(sentOn: Day?, receivedOn: Day?, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE transfer SET state = \(state), sent_on = \(sentOn), received_on = \(receivedOn) WHERE id = \(id)
      """
    )
  }
}
