import Storage

/// What is not the same in two reports under one key.
enum ReportDifference {
  private struct Key: Hashable {
    var item: Item.ID
    var lot: String
  }

  private struct Taken {
    var sku: Item.SKU
    var expiry: Day?
    var amounts: ReportLine.Amounts
  }

  /// Compares lines with those of the report taken before, lot by lot. Memory grows with that report; this is done
  /// only where the digests differ.
  static func findings(
    of lines: ReportLines,
    from report: LedgerEntry.ID,
    source: String,
    in connection: any Connection
  ) throws -> [Finding] {
    var before = try taken(report, in: connection)
    var findings: [Finding] = []
    try lines { line in
      guard let taken = before.removeValue(forKey: Key(item: line.item, lot: line.lot)) else {
        let found = name(line.sku, line.lot)
        findings.append(
          Finding(line: line.line, field: "item", found: found, expected: "no such line, \(source)")
        )
        return
      }
      findings += differences(of: line, from: taken, source: source)
    }
    let missing = before.map { name($0.value.sku, $0.key.lot) }.sorted()
    findings += missing.map { Finding(field: "item", found: "", expected: "a line on \($0), \(source)") }
    return findings
  }

  private static func differences(of line: ReportLine, from taken: Taken, source: String) -> [Finding] {
    func finding(_ field: String, _ found: String?, _ expected: String?) -> Finding {
      let before = "\(expected ?? "nothing"), \(source)"
      return Finding(line: line.line, field: field, found: found ?? "", expected: before)
    }
    var findings: [Finding] = []
    if line.expiry != taken.expiry {
      findings.append(finding("expiry", line.expiry?.description, taken.expiry?.description))
    }
    for column in ReportLine.Amounts.Column.allCases {
      let (found, expected) = (line.amounts[column], taken.amounts[column])
      guard found != expected else { continue }
      findings.append(finding(column.rawValue, found?.description, expected?.description))
    }
    return findings
  }

  private static func taken(_ report: LedgerEntry.ID, in connection: any Connection) throws -> [Key: Taken] {
    var taken: [Key: Taken] = [:]
    try connection.forEach(
      """
      SELECT l.item_id, l.lot_number, i.sku, l.expiry, l.counted, l.received, l.used, l.lost, l.adjusted
      FROM stock_report_line l JOIN item i ON i.id = l.item_id WHERE l.report_id = \(report)
      """
    ) { row in
      let (item, lot, sku, expiry, counted, received, used, lost, adjusted) = try row.decode(
        as: Item.ID.self,
        String.self,
        Item.SKU.self,
        Day?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self
      )
      let amounts = ReportLine.Amounts(
        counted: counted,
        received: received,
        used: used,
        lost: lost,
        adjusted: adjusted
      )
      taken[Key(item: item, lot: lot)] = Taken(sku: sku, expiry: expiry, amounts: amounts)
    }
    return taken
  }

  private static func name(_ sku: Item.SKU, _ lot: String) -> String {
    lot.isEmpty ? sku.rawValue : "\(sku.rawValue), lot \(lot)"
  }
}
