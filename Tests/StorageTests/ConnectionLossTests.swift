import Dispatch
import Storage
import Synchronization
import TestSupport
import Testing

/// What a broken connection does to a transaction; each test ends a backend of its own database only.
@Suite struct ConnectionLossTests {
  private let count: SQL = "SELECT count(*) FROM sample"

  @Test(arguments: Driver.onServer)
  func `a transaction whose connection breaks in the middle runs again, once`(
    driver: Driver
  ) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let attempts = Attempts()
      try await database.write { connection in
        try connection.execute("INSERT INTO sample (name) VALUES ('a')")
        if attempts.next() == 1 { try endBackend(of: connection) }
        try connection.execute("INSERT INTO sample (name) VALUES ('b')")
      }
      #expect(attempts.count == 2)
      #expect(try await database.rows(count) == [[.integer(2)]])
    }
  }

  @Test(.enabled(if: Backend.postgresURL != nil))
  func `what a transaction took before its connection broke is no outage`() async throws {
    var options = Postgres.Options()
    options.outage = .milliseconds(200)
    let database = try Postgres(url: try #require(Backend.postgresURL), options: options)
    _ = try await database.read { try $0.query("SELECT 1") }
    let attempts = Attempts()
    try await database.write { connection in
      guard attempts.next() == 1 else { return }
      try connection.execute("SELECT pg_sleep(0.4)")
      try endBackend(of: connection)
      try connection.execute("SELECT 1")
    }
    #expect(attempts.count == 2)
    await database.close()
  }

  @Test(arguments: Driver.onServer)
  func `a connection that broke before the commit was sent leaves no doubt`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let attempts = Attempts()
      try await database.write { connection in
        try connection.execute("INSERT INTO sample (name) VALUES ('a')")
        if attempts.next() == 1 { try endBackend(of: connection) }
      }
      #expect(attempts.count == 2)
      #expect(try await database.rows(count) == [[.integer(1)]])
    }
  }

  @Test(arguments: Driver.onServer)
  func `a commit that is cut off is never repeated, and says so`(driver: Driver) async throws {
    try await driver.withDatabase(slowCommit) { database async throws in
      let attempts = Attempts()
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          _ = attempts.next()
          let backend = try self.backend(of: connection)
          try connection.execute("INSERT INTO sample (name) VALUES ('a')")
          Task { try await endCommit(of: backend) }
        }
      }
      guard case .outcomeUnknown = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(attempts.count == 1)
      #expect(try await database.rows(count) == [[.integer(0)]])
    }
  }

  @Test(arguments: Driver.onServer)
  func `an idle connection that was ended is opened again`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable, connections: 1) { database async throws in
      let backend = try await database.read { try self.backend(of: $0) }
      try await server().run("SELECT pg_terminate_backend(\(backend)::int, 5000)")
      #expect(try await database.rows(count) == [[.integer(0)]])
      let next = try await database.read { try self.backend(of: $0) }
      #expect(next != backend)
    }
  }

  @Test(arguments: Driver.onServer)
  func `a statement that runs too long is stopped`(driver: Driver) async throws {
    var options = Postgres.Options()
    options.statementTimeout = .milliseconds(50)
    options.isPooled = driver == .pooled
    let database = try await Backend.postgres(options: options)
    let error = await #expect(throws: DatabaseError.self) { try await database.rows("SELECT pg_sleep(30)") }
    guard case .timeout = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await database.rows("SELECT 1") == [[.integer(1)]])
  }

  @Test func `a server that is not there is named at once`() async throws {
    let database = try Postgres(url: "host=/nowhere/at/all dbname=x")
    let error = await #expect(throws: DatabaseError.self) { try await database.rows("SELECT 1") }
    guard case .unreachable(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("/nowhere/at/all"))
  }

  /// A table whose commits take half a minute.
  private func slowCommit(_ dialect: Dialect) -> String {
    """
    \(sampleTable(dialect))
    CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER lingering AFTER INSERT ON sample DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION linger();
    """
  }

  private func server() throws -> Postgres { try Postgres(url: Backend.postgresURL ?? "") }

  private func backend(of connection: any Connection) throws -> Int64 {
    try connection.query("SELECT pg_backend_pid()").first?.decode(as: Int64.self) ?? 0
  }

  /// Ends the server's side of `connection` and returns when it is gone.
  private func endBackend(of connection: any Connection) throws {
    let backend = try self.backend(of: connection)
    let (server, ended) = (try server(), DispatchSemaphore(value: 0))
    Task {
      try? await server.run("SELECT pg_terminate_backend(\(backend)::int, 5000)")
      ended.signal()
    }
    ended.wait()
  }

  /// Ends the backend once it is at its commit.
  private func endCommit(of backend: Int64) async throws {
    let server = try server()
    let state: SQL = "SELECT query FROM pg_stat_activity WHERE pid = \(backend) AND state = 'active'"
    while try await server.rows(state) != [[.text("COMMIT")]] { await Task.yield() }
    try await server.run("SELECT pg_terminate_backend(\(backend)::int)")
  }
}

private final class Attempts: Sendable {
  private let made = Mutex(0)
  var count: Int { made.withLock(\.self) }
  func next() -> Int {
    made.withLock { made in
      made += 1
      return made
    }
  }
}
