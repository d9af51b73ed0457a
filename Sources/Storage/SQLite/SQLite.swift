import CSQLite

/// A SQLite file in WAL mode: one writer, and readers that each see a snapshot.
package final class SQLite: Database {
  package struct Options: Sendable {
    /// Snapshot readers at work at once.
    package var readers = 4
    /// How long a writer of another process, or a reader's turn, is waited for.
    package var patience: Duration = .seconds(10)
    package init() {}
  }

  package let dialect = Dialect.sqlite
  private let writer: SQLiteSession
  /// None for a database in memory, whose one connection reads too.
  private let readers: ConnectionPool<SQLiteSession>?
  private let notifications = Notifications()

  /// Opens the file, made when it is not there; `:memory:` lives as long as this value.
  package init(path: String, options: Options = Options()) throws {
    let busy = Int32(clamping: options.patience.components.seconds * 1_000)
    writer = try SQLiteSession(path: path, readOnly: false, busy: busy)
    readers =
      path == ":memory:"
      ? nil
      : ConnectionPool(limit: options.readers, patience: options.patience) {
        try SQLiteSession(path: path, readOnly: true, busy: busy)
      }
  }

  package func read<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    guard let readers else { return try await writer.read(body) }
    return try await readers.lend { try await $0.read(body) }
  }

  package func write<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await writer.write(delivering: notifications, body)
  }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    notifications.listen(on: channel)
  }

  package func close() async {
    await readers?.close()
    await writer.close()
    notifications.finish()
  }
}
