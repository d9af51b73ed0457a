package import Storage

/// How often users and their tokens changed: who asks need not be looked up again while it stands still.
package struct AccessMark: Equatable, Sendable {
  private struct Key: Hashable {}
  private var changes: Int64

  package var name: String { "access mark \(changes)" }

  /// The mark in a snapshot, or in the transaction that moved it.
  package static func current(in connection: any Connection) throws -> AccessMark {
    try connection.found(Key()) {
      try AccessMark(rows: connection.query(question))
    }
  }

  private static let question: SQL = "SELECT changes FROM access_mark WHERE id = 1"

  private init(rows: [Row]) throws { changes = try rows.first?.decode(as: Int64.self) ?? 0 }

  /// Has the transaction end with `error` where the mark is another than this one. Only a read waits for the answer.
  package func confirm(in connection: any Connection, otherwise error: some Error) throws {
    guard connection.memory == nil else {
      guard try AccessMark.current(in: connection) == self else { throw error }
      return
    }
    try connection.confirm(Self.question) { rows in
      guard try AccessMark(rows: rows) == self else { throw error }
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
