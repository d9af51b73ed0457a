/// A PostgreSQL server, over libpq: serialisable writes, snapshot reads, a bounded pool.
package final class Postgres: Database {
  package let dialect = Dialect.postgres
  private let options: Options
  private let pool: ConnectionPool<PostgresSession>
  private let backoff = Backoff()

  /// - Parameter url: `postgres://…` or `host=… dbname=…`, as libpq reads them; nothing is connected yet.
  package init(url: String, options: Options = Options()) throws {
    self.options = options
    pool = ConnectionPool(limit: options.connections, patience: options.patience) {
      try PostgresSession(url: url, options: options)
    }
  }

  package func read<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await retrying { try await $0.read(body) }
  }

  package func write<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await retrying { try await $0.write(body) }
  }

  /// Runs statements that no transaction may hold, such as `CREATE DATABASE`; never repeated.
  package func administer(_ script: String) async throws {
    try await pool.lend { try await $0.administer(script) }
  }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    throw DatabaseError.failed("listening is not there yet")
  }

  package func close() async { await pool.close() }

  /// Repeats a transaction that lost to another one, or whose connection broke before its commit.
  private func retrying<Result>(
    _ transaction: (PostgresSession) async throws -> Result
  ) async throws -> Result {
    var attempt = 1
    while true {
      do { return try await pool.lend(transaction) } catch let error as DatabaseError {
        guard error.isWorthAnotherTry, attempt < options.attempts else { throw error }
        try await Task.sleep(for: backoff.delay(after: attempt))
        attempt += 1
      }
    }
  }
}

extension DatabaseError {
  fileprivate var isWorthAnotherTry: Bool {
    switch self {
    case .conflict: true
    default: false
    }
  }
}
