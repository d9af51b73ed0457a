import Foundation
import Storage

/// SQLite against the sqlite3 shell.
struct SQLiteRun {
  let folder: URL
  let csv: URL
  let ledger: Ledger
  let seconds: Int

  func measure() async throws {
    let database = try SQLite(path: folder.appending(path: "ours.sqlite").path)
    try await database.write { try $0.run(script: Ledger.schema(.sqlite)) }
    let workload = Workload(database: database, ledger: ledger, seconds: seconds)
    show("SQLite, bulk insert, rows", try await workload.bulk(), tool: "sqlite3", try importRate())
    let reads = try await workload.pointReads()
    show("SQLite, point reads", reads, tool: "sqlite3", try readRate(count: reads.count))
    show("SQLite, point reads, own snapshot", try await workload.singleReads())
    let writes = try await workload.transactions(from: ledger.rows)
    show("SQLite, transactions of one row", writes, tool: "sqlite3", try writeRate(count: writes.count))
    let mixed = try await workload.mixed(from: ledger.rows * 2)
    show("SQLite, one writer beside readers", mixed.writes)
    show("SQLite, two readers beside a writer", mixed.reads)
    await database.close()
  }

  private var path: String { folder.appending(path: "theirs.sqlite").path }

  private func seconds(_ input: String) throws -> Double {
    let start = ContinuousClock.now
    try run("sqlite3", ["-batch", path], input: Self.settings + input)
    return start.duration(to: .now) / .seconds(1)
  }

  private static let settings = "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n.output /dev/null\n"

  private func importRate() throws -> Double {
    let script = "\(Ledger.schema(.sqlite))\n.import --csv \(csv.path) ledger\n"
    return Double(ledger.rows) / (try seconds(script))
  }

  /// The shell reads each statement's text, as the price of its way of working.
  private func readRate(count: Int) throws -> Double {
    let statements = (1...Int64(count)).map { number in
      "SELECT id, centre, item, quantity, day FROM ledger WHERE id = \(number &* 7_919 % ledger.rows + 1);\n"
    }
    return Double(count) / (try seconds("BEGIN;\n" + statements.joined() + "COMMIT;\n"))
  }

  private func writeRate(count: Int) throws -> Double {
    let statements = (1...Int64(count)).map { number in
      "INSERT INTO ledger VALUES (\(ledger.rows + number),1,2,3,4,'used','2020-05-18','2020-05-18T08:00:00Z');\n"
    }
    return Double(count) / (try seconds(statements.joined()))
  }
}
