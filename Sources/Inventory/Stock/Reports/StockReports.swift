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
    if let names, let kept = database.memory?.value({ KeptCatalogue() }).find(names),
      let batch = try? ReportBatch(reading: source, catalogue: kept.catalogue, defaults: defaults)
    {
      do {
        return try await take(batch, at: kept.mark, dryRun: dryRun, by: stamp, in: database)
      } catch is CatalogueMark.HasMoved {}
    }
    let catalogue = try await catalogue(naming: names, in: database)
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

  /// Reads what reports name, and has it kept where they are short.
  private static func catalogue(
    naming names: ReportNames?,
    in database: any Database
  ) async throws -> StockCatalogue {
    guard let names, let memory = database.memory else {
      return try await database.read { try StockCatalogue(naming: names, in: $0) }
    }
    return try await database.read { connection in
      let mark = CatalogueMark.question
      let catalogue = try StockCatalogue(naming: names, askingToo: [mark], in: connection)
      memory.value { KeptCatalogue() }.keep(catalogue, of: names, at: try .current(in: connection))
      return catalogue
    }
  }

  private struct Checked: Error { var receipts: [ReportReceipt] }

  private static func take(
    _ batch: ReportBatch,
    at mark: CatalogueMark? = nil,
    dryRun: Bool,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> [ReportReceipt] {
    func taken(expectingNew: Bool) async throws -> [ReportReceipt] {
      try await database.write(about: batch.subject) { connection in
        if batch.isShort { try connection.expectFewRows() }
        try mark?.confirm(in: connection)
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
    if expectingNew, batch.isShort, connection.combinesChanges, let part = batch.single {
      let report = try namingRepeats {
        try OpenReport(whole: part, lines: batch.lines(of: 0), by: stamp, in: connection)
      }
      try report.settle(by: stamp, in: connection)
      return [ReportReceipt(part, outcome: .taken)]
    }
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
    let amounts = ReportLine.Amounts.Column.allCases
    let columns = ["report_id"] + ReportLine.columns(expiry: true, amounts)
    try namingRepeats {
      _ = try connection.insert(into: "stock_report_line", columns: columns) { writer in
        try batch.forEachLine { part, line in
          guard let report = opened[part] else { return }
          writer.value(report.id)
          try line.write(to: writer, expiry: true, amounts)
        }
      }
    }
  }

  /// What keeps lines from being stored is that two of them speak of the same lot.
  private static func namingRepeats<Result>(_ store: () throws -> Result) throws -> Result {
    do { return try store() } catch let error as DatabaseError {
      guard case .constraint = error else { throw error }
      throw StockError.linesRepeat
    }
  }
}
