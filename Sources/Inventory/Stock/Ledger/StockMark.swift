import Storage

/// How far a centre's book has come: what was computed from it at the same mark still holds.
///
/// The number is that of the centre's last entry. Two transactions that write entries of one centre both move its mark,
/// so that the later one is run again where it has not seen the other: a centre's entries are committed in the order of
/// their numbers, and what was written after a mark is what has a greater number.
struct StockMark: Equatable, Sendable {
  /// The number of the centre's last entry.
  var entry: Int64
  /// When that entry was recorded: a number is used again where a backup was put back.
  var at: Instant
  /// How often a lot's expiry or its holds changed, anywhere.
  var lots: Int64
}

extension StockMark {
  typealias Place = (centre: Centre.ID, code: Centre.Code, mark: StockMark)

  /// The marks of the centres that ever had stock, by code.
  /// - Parameters:
  ///   - centre: one centre alone; nil for all of them.
  ///   - connection: a snapshot.
  /// - Returns: a mark a centre, in the order of their codes.
  /// - Throws: the database's errors.
  static func all(of centre: Centre.Code? = nil, in connection: any Connection) throws -> [Place] {
    try connection.found(Key(centre: centre)) { try read(of: centre, in: connection) }
  }

  private struct Key: Hashable { var centre: Centre.Code? }

  private static func read(of centre: Centre.Code?, in connection: any Connection) throws -> [Place] {
    let one: SQL = centre.map { "AND c.code = \($0)" } ?? ""
    return try connection.query(
      """
      SELECT c.id, c.code, s.mark, n.recorded_at,
        COALESCE((SELECT e.mark FROM stock_mark e WHERE e.centre_id = 0), 0)
      FROM stock_mark s JOIN centre c ON c.id = s.centre_id JOIN stock_entry n ON n.id = s.mark
      WHERE true \(one) ORDER BY c.code
      """
    ).map { row in
      let (id, code, entry, at, lots) = try row.decode(
        as: Centre.ID.self,
        Centre.Code.self,
        Int64.self,
        Instant.self,
        Int64.self
      )
      return (id, code, StockMark(entry: entry, at: at, lots: lots))
    }
  }

  /// Whether the entry that it names is still the one that was recorded then.
  func stands(in connection: any Connection) throws -> Bool {
    try !connection.query("SELECT 1 FROM stock_entry WHERE id = \(entry) AND recorded_at = \(at)").isEmpty
  }

  /// Notes the last entries, in the transaction that wrote them.
  static func move(to entries: [LedgerEntry.ID], in connection: any Connection) throws {
    try connection.send(
      """
      INSERT INTO stock_mark (centre_id, mark)
      SELECT e.centre_id, MAX(e.id) FROM stock_entry e WHERE e.id IN (\(entries.sql)) GROUP BY e.centre_id
      ORDER BY e.centre_id
      ON CONFLICT (centre_id) DO UPDATE SET mark = excluded.mark WHERE excluded.mark > stock_mark.mark
      """
    )
  }

  /// Notes the last entry of a centre, in the transaction that wrote it.
  static func move(
    _ centre: Centre.ID,
    to entry: LedgerEntry.ID,
    in connection: any Connection
  ) throws(DatabaseError) {
    try connection.send(
      """
      INSERT INTO stock_mark (centre_id, mark) VALUES (\(centre), \(entry))
      ON CONFLICT (centre_id) DO UPDATE SET mark = excluded.mark WHERE excluded.mark > stock_mark.mark
      """
    )
  }

  /// Notes that a lot changed for every centre that may have it.
  static func moveForEverybody(in connection: any Connection) throws {
    try connection.send(
      """
      INSERT INTO stock_mark (centre_id, mark) VALUES (0, 1)
      ON CONFLICT (centre_id) DO UPDATE SET mark = stock_mark.mark + 1
      """
    )
  }
}
