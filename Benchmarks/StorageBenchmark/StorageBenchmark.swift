import ArgumentParser
import Foundation
import Storage

/// Measures each engine against its own tool, in the same run and on the same rows.
@main struct StorageBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure bulk insert, point reads, transactions and readers beside a writer."
  )
  @Flag(help: "Measure SQLite against the sqlite3 shell.") var sqlite = false
  @Option(help: "Measure PostgreSQL at this URL, whose database is given up to it, against psql and pgbench.")
  var postgres: String?
  @Option(help: "Only compare PostgreSQL's text and binary results, on this many rows.") var resultForms: Int?
  @Option(help: "Rows of the bulk insert.") var rows: Int64 = 1_000_000
  @Option(help: "Seconds for each of the other measurements.") var seconds = 5

  func run() async throws {
    if let resultForms, let postgres {
      return try ResultFormRun(url: postgres, rows: resultForms, turns: 10).measure()
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "procure-bench-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = Ledger(rows: rows)
    let csv = folder.appending(path: "ledger.csv")
    try ledger.write(to: csv)
    say("measure                             ours       CPU µs   tool       tool's rate   ratio")
    if sqlite {
      try await SQLiteRun(folder: folder, csv: csv, ledger: ledger, seconds: seconds).measure()
    }
    if let postgres {
      try await PostgresRun(url: postgres, folder: folder, csv: csv, ledger: ledger, seconds: seconds)
        .measure()
    }
  }
}
