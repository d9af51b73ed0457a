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

  /// Whether `text` starts with a keyword of libpq and an equals sign.
  private static func isConnectionString(_ text: String) -> Bool {
    guard let equals = text.firstIndex(of: "=") else { return false }
    return ["host", "hostaddr", "port", "dbname", "user", "service"].contains(String(text[..<equals]))
  }

  package func open() throws -> any Database {
    switch self {
    case .sqlite(let path): try SQLite(path: path)
    case .postgres(let url): try Postgres(url: url)
    }
  }
}
