package import Storage

/// Taking reports: what a centre says becomes movements and balances.
package enum StockReports {
  /// Takes reports from a source, whole or not at all.
  /// - Parameters:
  ///   - source: where the lines come from.
  ///   - defaults: what holds for lines that do not say otherwise.
  ///   - dryRun: checks everything, against the stock as well, and keeps nothing.
  ///   - stamp: who sends it and when.
  ///   - database: where it goes.
  ///   - progress: told how many lines were read, every 10,000.
  /// - Returns: a receipt for each report, in the order of centre and day.
  /// - Throws: `StockError` with every bad line, or with the shortfalls.
  package static func take(
    _ source: ReportSource,
    defaults: ReportDefaults = ReportDefaults(),
    dryRun: Bool = false,
    by stamp: Stamp,
    in database: any Database,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> [ReportReceipt] {
    let source = source.read()
    let names = source.names(most: shortReport, defaults)
    let catalogue = try await database.read { try StockCatalogue(naming: names, in: $0) }
    let batch = try ReportBatch(
      reading: source,
      catalogue: catalogue,
      defaults: defaults,
      progress: progress
    )
    do {
      return try await take(batch, dryRun: dryRun, by: stamp, in: database)
    } catch StockError.linesRepeat {
      _ = try ReportBatch(reading: source, catalogue: catalogue, defaults: defaults, duplicates: .always)
      throw StockError.linesRepeat
    }
  }

  /// Up to so many lines only the items that they name are looked up.
  static let shortReport = 500

  private struct Checked: Error { var receipts: [ReportReceipt] }

  private static func take(
    _ batch: ReportBatch,
    dryRun: Bool,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> [ReportReceipt] {
    func taken(expectingNew: Bool) async throws -> [ReportReceipt] {
      try await database.write(about: batch.subject) { connection in
        if batch.isShort { try connection.expectFewRows() }
        let receipts = try take(batch, expectingNew: expectingNew, by: stamp, in: connection)
        if dryRun { throw Checked(receipts: receipts) }
        return receipts
      }
    }
    do {
      do { return try await taken(expectingNew: true) } catch is OpenReport.IsKnown {
        return try await taken(expectingNew: false)
      }
    } catch let checked as Checked {
      return checked.receipts.map { receipt in
        var receipt = receipt
        if receipt.outcome == .taken { receipt.outcome = .checked }
        return receipt
      }
    }
  }

  /// Takes well-formed reports in a transaction, which `OpenReport.IsKnown` ends where new ones were expected and one is
  /// not.
  package static func take(
    _ batch: ReportBatch,
    expectingNew: Bool = false,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [ReportReceipt] {
    let order = batch.parts.indices.sorted { batch.parts[$0].report < batch.parts[$1].report }
    var opened: [Int: OpenReport] = [:]
    var receipts: [ReportReceipt] = []
    for index in order {
      let part = batch.parts[index]
      let report =
        expectingNew
        ? try OpenReport(new: part, by: stamp, in: connection)
        : try OpenReport(opening: part, lines: batch.lines(of: index), by: stamp, in: connection)
      opened[index] = report
      receipts.append(ReportReceipt(part, outcome: report == nil ? .repeated : .taken))
    }
    try stage(batch, opened, in: connection)
    for index in order { try opened[index]?.settle(by: stamp, in: connection) }
    return receipts
  }

  private static func stage(
    _ batch: ReportBatch,
    _ opened: [Int: OpenReport],
    in connection: any Connection
  ) throws {
    guard !opened.isEmpty else { return }
    do {
      try connection.insert(into: "stock_report_line", columns: lineColumns) { writer in
        try batch.forEachLine { part, line in
          if let report = opened[part] { try line.write(to: writer, of: report.id) }
        }
      }
    } catch let error as DatabaseError {
      guard case .constraint = error else { throw error }
      throw StockError.linesRepeat
    }
  }

  private static let lineColumns = [
    "report_id", "item_id", "lot_number", "line", "expiry", "counted", "received", "used", "lost",
    "adjusted",
  ]
}

extension ReportLine {
  fileprivate func write(to writer: any RowWriter, of report: LedgerEntry.ID) throws {
    writer.value(report)
    writer.value(item)
    writer.text(lot)
    writer.integer(Int64(line))
    writer.value(expiry)
    writer.value(amounts.counted)
    writer.value(amounts.received)
    writer.value(amounts.used)
    writer.value(amounts.lost)
    writer.value(amounts.adjusted)
    try writer.endRow()
  }
}
