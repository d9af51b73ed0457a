import CSQLite

/// A connection with the thread its calls run on.
actor SQLiteSession {
  private let thread: DatabaseThread
  private var connection: SQLiteConnection?
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// - Parameter busy: milliseconds another process's lock is waited for.
  init(path: String, readOnly: Bool, busy: Int32) throws {
    thread = try DatabaseThread()
    let flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let connection = try SQLiteConnection(path: path, flags: flags)
    sqlite3_busy_timeout(connection.handle, busy)
    if !readOnly { try connection.run(script: Self.settings) }
    self.connection = connection
  }

  /// In WAL mode only FULL survives a power cut: NORMAL does not sync the log at each commit, so that the
  /// last acknowledged transactions could be lost.
  private static let settings = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    """

  func read<Result: Sendable>(_ body: @Sendable (any Connection) throws -> Result) throws -> Result {
    try open().transaction("BEGIN", readOnly: true, body)
  }

  func write<Result: Sendable>(
    delivering notifications: Notifications,
    _ body: @Sendable (any Connection) throws -> Result
  ) throws -> Result {
    let connection = try open()
    let result = try connection.transaction("BEGIN IMMEDIATE", readOnly: false, body)
    for (channel, payload) in connection.notified { notifications.deliver(payload, on: channel) }
    return result
  }

  func close() { connection = nil }

  private func open() throws(DatabaseError) -> SQLiteConnection {
    guard let connection else { throw .closed }
    return connection
  }
}
