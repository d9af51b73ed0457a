import CSQLite

/// A connection with the thread its calls run on; a reader's is opened when first used.
actor SQLiteSession {
  private let path: String
  private let busy: Int32
  private let memory: Memory?
  private let thread: DatabaseThread
  private var connection: SQLiteConnection?
  private var isClosed = false
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// A writer, whose file is made when it is not there and `making` says so; `busy` is how many milliseconds
  /// another process's lock is waited for.
  init(writing path: String, making: Bool, busy: Int32, memory: Memory? = nil) throws {
    (self.path, self.busy, self.memory) = (path, busy, memory)
    thread = try DatabaseThread()
    let flags = SQLITE_OPEN_READWRITE | (making ? SQLITE_OPEN_CREATE : 0)
    let connection = try SQLiteConnection(path: path, flags: flags, memory: memory)
    sqlite3_busy_timeout(connection.handle, busy)
    try connection.run(script: Self.writerSettings + Self.settings)
    self.connection = connection
  }

  init(reading path: String, busy: Int32, memory: Memory? = nil) throws {
    (self.path, self.busy, self.memory) = (path, busy, memory)
    thread = try DatabaseThread()
  }

  /// In WAL mode only FULL survives a power cut: NORMAL does not sync the log at each commit, so that the
  /// last acknowledged transactions could be lost.
  private static let writerSettings = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = OFF;

    """

  /// LIKE tells capitals apart, as it does on PostgreSQL; sorting does not spill to files.
  private static let settings = """
    PRAGMA case_sensitive_like = ON;
    PRAGMA cache_size = -16384;
    PRAGMA temp_store = MEMORY;
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

  /// Runs `body` outside a transaction.
  func apart<Result: Sendable>(_ body: @Sendable (SQLiteConnection) throws -> Result) throws -> Result {
    try body(open())
  }

  func close() { (connection, isClosed) = (nil, true) }

  private func open() throws(DatabaseError) -> SQLiteConnection {
    if isClosed { throw .closed }
    if let connection { return connection }
    let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY, memory: memory)
    sqlite3_busy_timeout(connection.handle, busy)
    try connection.run(script: Self.settings)
    self.connection = connection
    return connection
  }
}
