import CSQLite

/// A SQLite file in WAL mode: one writer, and readers that each see a snapshot.
package final class SQLite: Database {
  package struct Options: Sendable {
    /// Snapshot readers at work at once.
    package var readers = 4
    /// How long a writer of another process, or a reader's turn, is waited for.
    package var patience: Duration = .seconds(10)
    /// Whether a file that is not there is made.
    package var makesFile = true
    /// What reads keep for later ones.
    package var memory: Memory?
    package init() {}
  }

  package let dialect = Dialect.sqlite
  private let writer: SQLiteSession
  /// None for a database in memory, whose one connection reads too.
  private let readers: ConnectionPool<SQLiteSession>?
  private let notifications = Notifications()
  private let joint = JointWrites()
  package let memory: Memory?

  /// Opens the file; `:memory:` lives as long as this value.
  package init(path: String, options: Options = Options()) throws {
    memory = options.memory
    let busy = Int32(clamping: Int64(options.patience / .milliseconds(1)))
    writer = try SQLiteSession(writing: path, making: options.makesFile, busy: busy, memory: options.memory)
    readers =
      path == ":memory:"
      ? nil
      : ConnectionPool(limit: options.readers, patience: options.patience) {
        try SQLiteSession(reading: path, busy: busy, memory: options.memory)
      }
  }

  package func read<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    guard let readers else { return try await writer.read(body) }
    return try await readers.lend { try await $0.read(body) }
  }

  @discardableResult
  package func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await writer.write(delivering: notifications, body)
  }

  package func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer { try await joint.write(work, after: condition, in: self) }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    notifications.listen(on: channel)
  }

  /// Runs `body` on the writer's connection, outside a transaction.
  func onWriter<Result: Sendable>(
    _ body: @Sendable (SQLiteConnection) throws -> Result
  ) async throws -> Result {
    try await writer.apart(body)
  }

  /// Runs `body` on a reader's connection, outside a transaction.
  func onReader<Result: Sendable>(
    _ body: @Sendable (SQLiteConnection) throws -> Result
  ) async throws -> Result {
    guard let readers else { return try await writer.apart(body) }
    return try await readers.lend { try await $0.apart(body) }
  }

  package func close() async {
    await readers?.close()
    await writer.close()
    notifications.finish()
  }
}
