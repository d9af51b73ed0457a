import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// A server of its own that stops as in a crash, and a real pooler in front of the server of the tests.
@Suite(.serialized) struct ServerTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let bouncer = "/usr/sbin/pgbouncer"
  private static let hasBouncer = FileManager.default.isExecutableFile(atPath: bouncer)

  /// How many rows there are, and how many different ones.
  private func stored(in database: Postgres) async throws -> (rows: Int, names: Int) {
    try await database.read { connection in
      let row = try connection.query("SELECT count(*), count(DISTINCT name) FROM sample")[0]
      let (rows, names) = try row.decode(as: Int64.self, Int64.self)
      return (Int(rows), Int(names))
    }
  }

  @Test(.enabled(if: Backend.postgresURL != nil, "no PostgreSQL here: skipped"))
  func `what was acknowledged before the server crashed is there after it, and work goes on`() async throws {
    let folder = "/tmp/procure-crash-\(UUID().uuidString.prefix(8))"
    let url = try Self.postgres("start", folder) + "&options=-c%20synchronous_commit%3Don"
    defer { _ = try? Self.postgres("stop", folder) }
    let database = try Postgres(url: url)
    try await database.write { try $0.run(script: "CREATE TABLE sample (name TEXT NOT NULL)") }
    let (acknowledgements, told) = AsyncStream.makeStream(of: Int.self)
    let writing = Task { await acknowledged(by: database, upTo: 400, telling: told) }
    for await kept in acknowledgements where kept == 20 { break }
    _ = try Self.postgres("restart", folder)
    let (kept, doubtful) = await writing.value
    let stored = try await stored(in: database)
    #expect(stored.rows == stored.names, "no transaction ran twice")
    #expect((kept...(kept + doubtful)).contains(stored.rows), "\(kept) kept, \(doubtful) in doubt")
    #expect(kept + doubtful == 400)
    #expect(kept > 20)
    await database.close()
  }

  /// How many of these rows were acknowledged, one a transaction, and of how many the outcome is not known.
  private func acknowledged(
    by database: Postgres,
    upTo rows: Int,
    telling acknowledgements: AsyncStream<Int>.Continuation
  ) async -> (kept: Int, doubtful: Int) {
    defer { acknowledgements.finish() }
    var (kept, doubtful) = (0, 0)
    for row in 0..<rows {
      do {
        try await database.write { try $0.execute("INSERT INTO sample (name) VALUES (\("row \(row)"))") }
        kept += 1
        acknowledgements.yield(kept)
      } catch {
        guard case DatabaseError.outcomeUnknown = error else {
          Issue.record("row \(row): \(error)")
          continue
        }
        doubtful += 1
      }
    }
    return (kept, doubtful)
  }

  @Test(.enabled(if: Backend.postgresURL != nil, "no PostgreSQL here: skipped"))
  func `changes are heard past a pooler where the server behind it is named`() async throws {
    let url = try #require(Backend.postgresURL)
    let deaf = try DatabaseURL(url).open(through: .transaction)
    await #expect(throws: DatabaseError.self) { _ = try await deaf.changes(on: "past the pooler") }
    await deaf.close()
    let database = try DatabaseURL(url).open(through: .transaction, listening: url)
    let changes = try await database.changes(on: "past the pooler")
    try await database.write { try $0.notify("past the pooler", "news") }
    var heard: String?
    for await change in changes {
      heard = change
      break
    }
    #expect(heard == "news")
    await database.close()
  }

  @Test(
    .enabled(if: Backend.postgresURL != nil && hasBouncer, "no PostgreSQL or no PgBouncer here: skipped")
  )
  func `behind a pooler that changes the connection with every transaction nothing is lost`() async throws {
    let pooler = try Bouncer(program: Self.bouncer)
    defer { pooler.stop() }
    var options = Postgres.Options()
    options.isPooled = true
    let database = try Postgres(url: pooler.url, options: options)
    let schema = "pooled_\(UUID().uuidString.prefix(8).lowercased())"
    try await database.write { connection in
      try connection.run(script: "CREATE SCHEMA \(schema); CREATE TABLE \(schema).sample (name BIGINT)")
      try connection.run(script: "INSERT INTO \(schema).sample VALUES (0)")
    }
    let table = SQL(stringLiteral: "\(schema).sample")
    let read: SQL = "SELECT name FROM \(table)"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<10 {
            try await database.write { connection in
              let value = try connection.query(read)[0].decode(as: Int64.self)
              try connection.execute("UPDATE \(table) SET name = \(value + 1)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.rows(read) == [[.integer(80)]])
    try await database.write { try $0.run(script: "DROP SCHEMA \(schema) CASCADE") }
    await database.close()
  }

  /// Runs scripts/postgres and returns what it prints. Not by `Process`, which takes the server that stays
  /// behind for the script that has ended.
  private static func postgres(_ verb: String, _ folder: String) throws -> String {
    let output = URL(filePath: "\(folder).\(verb)")
    defer { try? FileManager.default.removeItem(at: output) }
    let script = root.appending(path: "scripts/postgres").path
    let status = system("'\(script)' \(verb) '\(folder)' >'\(output.path)' </dev/null")
    try #require(status == 0, "scripts/postgres \(verb)")
    return try String(contentsOf: output, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// PgBouncer in transaction mode in front of the server of the tests, on a socket in a folder of its own.
private final class Bouncer {
  let url: String
  private let process = Process()
  private let folder: URL

  init(program: String) throws {
    folder = URL(filePath: "/tmp/procure-pooler-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    let server = URLComponents(string: Backend.postgresURL ?? "")
    let socket = try #require(server?.queryItems?.first { $0.name == "host" }?.value)
    let settings = """
      [databases]
      * = host=\(socket) user=procure
      [pgbouncer]
      listen_addr =
      unix_socket_dir = \(folder.path)
      listen_port = 6432
      auth_type = any
      pool_mode = transaction
      default_pool_size = 3
      """
    let file = folder.appending(path: "pooler.ini")
    try settings.write(to: file, atomically: true, encoding: .utf8)
    url = "host=\(folder.path) port=6432 dbname=postgres user=procure"
    // The pooler refuses to run as root.
    let words = geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--", program] : [program]
    process.executableURL = URL(filePath: words[0])
    process.arguments = words.dropFirst() + ["-q", file.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    let path = folder.appending(path: ".s.PGSQL.6432").path
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: path) { usleep(10_000) }
    try #require(FileManager.default.fileExists(atPath: path), "the pooler did not start")
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}
