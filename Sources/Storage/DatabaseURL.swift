/// What `--database` takes.
package enum DatabaseURL: Equatable, Sendable {
  case sqlite(path: String)
  /// A URL or a `host=… dbname=…` string, as libpq reads them.
  case postgres(String)

  /// `sqlite:path`, `postgres://…`, `postgresql://…`, `host=… dbname=…`; anything else is a path.
  package init(_ text: String) {
    let isPostgres =
      ["postgres://", "postgresql://"].contains { text.hasPrefix($0) } || Self.isConnectionString(text)
    let path = text.hasPrefix("sqlite:") ? String(text.dropFirst("sqlite:".count)) : text
    self = isPostgres ? .postgres(text) : .sqlite(path: path)
  }

  /// The database's name without a password, as one word for a shell: for what is shown on a screen.
  package static func shown(_ text: String) -> String {
    var shown = text.replacing(/(:\/\/[^:@\/?]*):[^@\/]*@/) { "\($0.1)@" }
    shown = shown.replacing(/([?&]|^|\s)password=[^&\s]*&?/) { "\($0.1)" }
    let isPlain = shown.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_-./:=@%+,".utf8.contains(byte)
    }
    return isPlain ? shown : "'\(shown.replacing("'", with: "'\\''"))'"
  }

  /// Whether `text` starts with a keyword of libpq and an equals sign.
  private static func isConnectionString(_ text: String) -> Bool {
    guard let equals = text.firstIndex(of: "=") else { return false }
    return ["host", "hostaddr", "port", "dbname", "user", "service"].contains(String(text[..<equals]))
  }

  /// What stands between the program and a PostgreSQL server.
  package enum Pooler: String, CaseIterable, Sendable {
    case none
    /// It gives each transaction another connection, as PgBouncer does with `pool_mode = transaction`.
    case transaction
  }

  /// Opens the database.
  /// - Parameters:
  ///   - making: whether a SQLite file that is not there is made.
  ///   - pooler: what stands in front of a server.
  ///   - listening: the same server's URL past the pooler, which passes no notification on; nil where there is none.
  ///   - memory: where reads keep what later ones may use; nil for a program that ends with its answer.
  /// - Returns: the database, to be closed by the caller.
  /// - Throws: where a file cannot be opened; a server is not reached before its first use.
  package func open(
    making: Bool = true,
    through pooler: Pooler = .none,
    listening: String? = nil,
    remembering memory: Memory? = nil
  ) throws -> any Database {
    switch self {
    case .sqlite(let path):
      var options = SQLite.Options()
      options.makesFile = making
      options.memory = memory
      return try SQLite(path: path, options: options)
    case .postgres(let url):
      var options = Postgres.Options()
      options.isPooled = pooler == .transaction
      options.listenURL = listening
      options.memory = memory
      return try Postgres(url: url, options: options)
    }
  }
}
