import Foundation
import Storage

/// PostgreSQL against psql and pgbench.
struct PostgresRun {
  let url: String
  let folder: URL
  let csv: URL
  let ledger: Ledger
  let seconds: Int

  func measure() async throws {
    let database = try Postgres(url: url)
    try await database.write { connection in
      try connection.run(script: "DROP TABLE IF EXISTS ledger, ledger_theirs")
      try connection.run(script: Ledger.schema(.postgres))
      try connection.run(script: "CREATE TABLE ledger_theirs (LIKE ledger INCLUDING ALL)")
    }
    let workload = Workload(database: database, ledger: ledger, seconds: seconds)
    show("PostgreSQL, bulk insert, rows", try await workload.bulk(), tool: "psql", try copyRate())
    try run("psql", ["-qd", url, "-c", "VACUUM ANALYZE ledger, ledger_theirs"])
    let reads = try await workload.pointReads()
    let readTool = try benchRate(Self.select, count: reads.count)
    show("PostgreSQL, point reads", reads, tool: "pgbench", readTool)
    let single = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n\(Self.select)END;\n"
    let singles = try await workload.singleReads()
    let singleTool = try benchRate(single, count: singles.count)
    show("PostgreSQL, point reads, own snapshot", singles, tool: "pgbench", singleTool)
    let writes = try await workload.transactions(from: ledger.rows)
    let writeTool = try benchRate(Self.insert, count: writes.count)
    show("PostgreSQL, transactions of one row", writes, tool: "pgbench", writeTool)
    let mixed = try await workload.mixed(from: ledger.rows * 2)
    show("PostgreSQL, one writer beside readers", mixed.writes)
    show("PostgreSQL, two readers beside a writer", mixed.reads)
    await database.close()
  }

  private static let select = """
    \\set id random(1, ROWS)
    SELECT id, centre, item, quantity, day FROM ledger WHERE id = :id;

    """
  private static let insert = """
    BEGIN ISOLATION LEVEL SERIALIZABLE;
    INSERT INTO ledger_theirs (id, centre, item, lot, quantity, reason, day, recorded)
    VALUES (nextval('theirs'), 1, 2, 3, 4, 'used', '2020-05-18', '2020-05-18T08:00:00Z');
    END;

    """

  private func copyRate() throws -> Double {
    let start = ContinuousClock.now
    try run("psql", ["-qd", url, "-c", "\\copy ledger_theirs FROM '\(csv.path)' CSV"])
    return Double(ledger.rows) / (start.duration(to: .now) / .seconds(1))
  }

  /// One client, prepared statements, as often as ours. Not by time: pgbench would wait for an alarm that
  /// Foundation's child processes have blocked.
  private func benchRate(_ script: String, count: Int) throws -> Double {
    let file = folder.appending(path: "script.sql")
    try Data(script.replacing("ROWS", with: "\(ledger.rows)").utf8).write(to: file)
    let drop = "DROP SEQUENCE IF EXISTS theirs"
    let sequence = "CREATE SEQUENCE theirs START \(ledger.rows + 1) CACHE 1000"
    try run("psql", ["-qd", url, "-c", "SET client_min_messages = warning", "-c", drop, "-c", sequence])
    let printed = try run("pgbench", ["-n", "-M", "prepared", "-t", "\(count)", "-f", file.path, url])
    let line = printed.split(separator: "\n").first { $0.hasPrefix("tps = ") }
    return line.flatMap { Double($0.dropFirst(6).prefix { $0.isNumber || $0 == "." }) } ?? .nan
  }
}
