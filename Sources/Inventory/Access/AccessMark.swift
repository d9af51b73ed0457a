package import Storage

/// How often users and their tokens changed: who asks need not be looked up again while it stands still.
package struct AccessMark: Equatable, Sendable {
  private struct Key: Hashable {}
  private var changes: Int64

  package var name: String { "access mark \(changes)" }

  /// The mark in a snapshot, or in the transaction that moved it.
  package static func current(in connection: any Connection) throws -> AccessMark {
    try connection.found(Key()) {
      let row = try connection.query("SELECT changes FROM access_mark WHERE id = 1").first
      return AccessMark(changes: try row?.decode(as: Int64.self) ?? 0)
    }
  }

  /// Notes a change, in the transaction that makes it.
  static func move(in connection: any Connection) throws {
    try connection.send(
      """
      INSERT INTO access_mark (id, changes) VALUES (1, 1)
      ON CONFLICT (id) DO UPDATE SET changes = access_mark.changes + 1
      """
    )
  }
}
