import ArgumentParser
import Foundation
import Inventory
import ProcurementAPI
import Storage
package import Tabular

/// `procure stock report`: takes a file of reports.
struct StockReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Take stock reports from a file, whole or not at all.",
    discussion: """
      Columns: item or barcode, and any of centre, day, report, lot, expiry, unit, counted, received, used, lost,
      adjusted, note; in English or French, separated by commas or semicolons. A .json file is read as JSON.

      Examples:
        procure stock report monday.csv --centre berard --day 2026-03-02
        procure stock report network.csv --dry-run
        procure stock report fixed.csv --centre berard --day 2026-03-02 --corrects 2026-03-02
      """
  )
  @Argument(help: "The file, or - for standard input.") var file: String
  @Option(help: "The centre of lines that name none.") var centre: Centre.Code?
  @Option(help: "The day of lines that name none.") var day: Day?
  @Option(help: "The report's key: the same key counts once. (default: the day)") var key: String?
  @Option(help: "The key of the report that this one stands in for.") var corrects: String?
  @Flag(help: "Check everything, store nothing.") var dryRun = false
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (source, spool) = try source()
    defer { if let spool { unlink(spool) } }
    var defaults = ReportDefaults(centre: centre, day: day, key: key, corrects: corrects)
    defaults.centres = Session.centresCovered
    let stamp = database.stamp
    defaults.latest = stamp.lastDay
    let receipts = try await StockReports.take(
      source,
      defaults: defaults,
      dryRun: dryRun,
      by: stamp,
      in: try await database.open()
    ) { lines in
      if Terminal.isInteractive { Terminal.note("\(lines) lines read") }
    }
    try output.write(receipts)
  }

  /// The source, and the temporary file that standard input was kept in: reports are read twice.
  private func source() throws -> (ReportSource, String?) {
    if let sent = Attachments.current {
      guard let text = sent[Call.jsonFile] else { return (.file(path: file), nil) }
      return (.json(String(decoding: text, as: UTF8.self)), nil)
    }
    guard file == "-" else {
      if file.hasSuffix(".json") { return (.json(try String(contentsOfFile: file, encoding: .utf8)), nil) }
      return (.file(path: file), nil)
    }
    let path = NSTemporaryDirectory() + "procure-report-\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let spool = FileHandle(forWritingAtPath: path)
    else { throw CSVError.unreadable("cannot write \(path)") }
    while let chunk = try FileHandle.standardInput.read(upToCount: 1 << 16), !chunk.isEmpty {
      try spool.write(contentsOf: chunk)
    }
    try spool.close()
    return (.file(path: path), path)
  }
}

extension ReportReceipt: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("report"), .init("day"), .init("lines", .right), .init("outcome"),
  ]
  package var cells: [String] {
    [centre.rawValue, key, day.description, String(lines), outcome.words]
  }
}

extension ReportReceipt.Outcome {
  fileprivate var words: String {
    switch self {
    case .taken: "taken"
    case .repeated: "taken before, counted once"
    case .checked: "in order, not stored"
    }
  }
}
