/// What a database refuses or fails to do, in words for an operator.
package enum DatabaseError: Error, Equatable {
  /// The engine's own message for a fault that has no case of its own.
  case failed(String)
  /// A row broke a rule of its table.
  case constraint(Constraint, String)
  case mistyped(expected: String, found: Value)
  case narrow(columns: Int, expected: Int)
  /// A value that the engines cannot both hold: text with a NUL, a real that is not finite.
  case unstorable(String)
  /// A serialisable transaction lost to another one; the driver retries it, then gives up with this.
  case conflict(String)
  /// Another process holds the lock, or every connection of the pool is taken.
  case busy(String)
  /// The disk, or the room given to the database, is full.
  case full(String)
  case readOnly(String)
  case corrupt(String)
  /// The server, or the file, cannot be reached; nothing was written.
  case unreachable(String)
  /// A statement ran longer than allowed.
  case timeout(String)
  /// The connection broke while the commit was under way: the transaction may or may not have been kept.
  case outcomeUnknown(String)
  case closed

  package enum Constraint: String, Sendable { case unique, foreignKey, check, notNull, other }
}

extension DatabaseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .failed(let message): "the database refused: \(message)"
    case .constraint(let kind, let message): "\(kind.words): \(message)"
    case .mistyped(let expected, let found): "a column holds \(found.words) where \(expected) was expected"
    case .narrow(let columns, let expected): "a row has \(columns) columns where \(expected) were expected"
    case .unstorable(let message): message
    case .conflict(let message): "other transactions kept changing the same rows: \(message)"
    case .busy(let message): "the database is busy: \(message)"
    case .full(let message): "the database has no room left: \(message)"
    case .readOnly(let message): "the database is read-only: \(message)"
    case .corrupt(let message): "the database file is damaged or not a database: \(message)"
    case .unreachable(let message): "the database cannot be reached: \(message)"
    case .timeout(let message): "the database took too long: \(message)"
    case .outcomeUnknown(let message):
      "the connection broke during the commit, which may or may not have been kept: \(message)"
    case .closed: "the database is closed"
    }
  }
}

extension DatabaseError.Constraint {
  fileprivate var words: String {
    switch self {
    case .unique: "a value that must be unique exists already"
    case .foreignKey: "a row refers to one that is not there, or is still referred to"
    case .check: "a value breaks a rule of its table"
    case .notNull: "a value that is required is missing"
    case .other: "a rule of a table is broken"
    }
  }
}

extension Value {
  fileprivate var words: String {
    switch self {
    case .null: "nothing"
    case .integer(let integer): "the integer \(integer)"
    case .real(let real): "the real \(real)"
    case .text(let text): "the text \"\(text)\""
    }
  }
}
