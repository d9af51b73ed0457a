package import Storage

/// How often items, their packs, centres, and what suppliers hold and offer changed: what was read of them holds while it
/// stands still.
///
/// It is a time where the clock moved since the last change, so that a mark is not used again after a backup was put
/// back.
package struct CatalogueMark: Hashable, Sendable {
  private var value: Int64

  static let question: SQL = "SELECT mark FROM catalogue_mark WHERE id = 1"

  /// The mark in a snapshot.
  package static func current(in connection: any Connection) throws -> CatalogueMark {
    try CatalogueMark(rows: connection.query(question))
  }

  private init(rows: [Row]) throws { value = try rows.first?.decode(as: Int64.self) ?? 0 }

  /// Has the transaction end with `HasMoved` where the mark is another than this one.
  package func confirm(in connection: any Connection) throws {
    try connection.confirm(Self.question) { rows in
      guard try CatalogueMark(rows: rows) == self else { throw HasMoved() }
    }
  }

  /// What was read is to be read again.
  package struct HasMoved: Error {}

  /// Notes a change, in the transaction that makes it.
  package static func move(at moment: Instant, in connection: any Connection) throws {
    try connection.send(
      """
      INSERT INTO catalogue_mark (id, mark) VALUES (1, \(moment))
      ON CONFLICT (id) DO UPDATE SET mark = CASE WHEN excluded.mark > catalogue_mark.mark THEN excluded.mark
        ELSE catalogue_mark.mark + 1 END
      """
    )
  }
}
