/// A connection with the thread its calls run on, opened when first used and again after it broke.
actor PostgresSession {
  private let url: String
  private let options: Postgres.Options
  private let foretold: ForetoldStatements
  private let thread: DatabaseThread
  private var connection: PostgresConnection?
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  init(url: String, options: Postgres.Options, foretold: ForetoldStatements) throws {
    (self.url, self.options, self.foretold) = (url, options, foretold)
    thread = try DatabaseThread()
  }

  func read<Result: Sendable>(_ body: @Sendable (any Connection) throws -> Result) throws -> Result {
    try using { try $0.transaction(options.beginRead, readOnly: true, body) }
  }

  /// On the thread of the connection, which nobody leaves between two of them.
  func reads(_ next: @Sendable () -> (@Sendable (any Connection) throws -> Void)?) throws {
    while let body = next() { try read(body) }
  }

  func write<Result: Sendable>(_ body: @Sendable (any Connection) throws -> Result) throws -> Result {
    try using { try $0.transaction(options.beginWrite, readOnly: false, body) }
  }

  /// Runs statements that no transaction may hold, such as `CREATE DATABASE`.
  func administer(_ script: String) throws {
    try using { try $0.command(script) }
  }

  private func using<Result>(_ body: (PostgresConnection) throws -> Result) throws -> Result {
    let connection = try connection ?? PostgresConnection(url: url, options: options, foretold: foretold)
    self.connection = connection
    defer { if !connection.isUsable { self.connection = nil } }
    return try body(connection)
  }
}
