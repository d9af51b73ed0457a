extension Postgres {
  package struct Options: Sendable {
    /// Connections open at once.
    package var connections = 8
    /// How long a caller waits for one of them.
    package var patience: Duration = .seconds(30)
    /// How long one statement may run; nil is for ever.
    package var statementTimeout: Duration? = .seconds(60)
    /// How often a transaction that lost to another one is tried.
    package var attempts = 30
    /// How long a server that was there before is waited for.
    package var outage: Duration = .seconds(10)
    /// A transaction pooler stands in front: no statement and no setting outlives a transaction.
    package var isPooled = false
    /// Where to listen, past the pooler, which does not pass notifications on.
    package var listenURL: String?
    /// Another database than the URL's.
    package var database: String?
    /// Where tables are looked for and made; nil is the server's setting.
    package var schema: String?
    /// What reads keep for later ones.
    package var memory: Memory?

    package init() {}
  }
}

extension Postgres.Options {
  /// The settings of a session, or with a pooler of each transaction.
  ///
  /// Plans are not compiled: PostgreSQL decides by their estimated cost, and compiling took one to two seconds of
  /// statements that then ran for a tenth of one.
  var settings: String {
    let scope = isPooled ? "SET LOCAL" : "SET"
    var settings = [
      "\(scope) cursor_tuple_fraction = 1", "\(scope) extra_float_digits = 1", "\(scope) jit = off",
    ]
    if let statementTimeout {
      let milliseconds = statementTimeout / .milliseconds(1)
      settings.append("\(scope) statement_timeout = \(Int64(milliseconds))")
    }
    if let schema { settings.append("\(scope) search_path = \"\(schema)\"") }
    return settings.joined(separator: "; ")
  }

  var beginRead: String { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") }
  var beginWrite: String { begin("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE") }
  private func begin(_ words: String) -> String { isPooled ? "\(words); \(settings)" : words }
}
