package import Storage

extension StockReports {
  /// What reports would do to the stock: they are taken, read back, and undone.
  /// - Returns: a record of each report, in the order of centre and day.
  /// - Throws: `StockError` as taking them would.
  package static func rehearse(
    _ source: ReportSource,
    defaults: ReportDefaults,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> [ReportRecord] {
    let source = source.read()
    let names = source.names(most: shortReport, defaults)
    let catalogue = try await database.read { try StockCatalogue(naming: names, in: $0) }
    let batch = try ReportBatch(reading: source, catalogue: catalogue, defaults: defaults)
    do {
      return try await database.write { connection -> [ReportRecord] in
        let receipts = try take(batch, by: stamp, in: connection)
        let records = try receipts.map { receipt in
          try ReportRecord.find(receipt.centre, key: receipt.key, in: connection)
        }
        throw Rehearsed(records: records)
      }
    } catch let rehearsed as Rehearsed {
      return rehearsed.records
    }
  }

  /// Ends the transaction without keeping it.
  private struct Rehearsed: Error { var records: [ReportRecord] }
}
