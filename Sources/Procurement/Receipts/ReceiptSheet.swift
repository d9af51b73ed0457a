package import Inventory
package import Tabular

extension ReceiptRequest.Entry {
  package static let sheetColumns: [Sheet.Column] = [
    .init("line", aliases: ["ligne"]), .init("centre", required: false), .init("lot", required: false),
    .init("expiry", aliases: ["peremption"], required: false), .init("accepted", aliases: ["accepte"]),
    .init("refused", aliases: ["refuse"], required: false),
    .init("reason", aliases: ["motif"], required: false),
  ]

  /// Reads a delivery note's lines; everything wrong in them is told at once.
  package static func entries(from input: consuming ByteInput) throws -> [ReceiptRequest.Entry] {
    try Sheet.values(of: input, columns: sheetColumns) { row in ReceiptRequest.Entry(row: &row) }
  }

  private init?(row: inout SheetRow) {
    let range = 0...Quantity.largest.units
    let line = row.integer("line", in: 1...100_000)
    let centre = row.text("centre").isEmpty ? nil : row.code("centre", of: Centre.self)
    let lot = row.optional("lot", expected: Lot.numberExpectation) { Lot.isNumber($0) ? $0 : nil }
    let expiry = row.optionalDay("expiry")
    let accepted = row.integer("accepted", in: range)
    let refused = row.optionalInteger("refused", in: range)
    guard let line, let accepted else { return nil }
    self.init(
      line: line,
      centre: centre,
      lot: lot,
      expiry: expiry,
      accepted: Quantity(accepted),
      refused: Quantity(refused ?? 0),
      reason: row.filled("reason")
    )
    self.row = row.line
  }
}

extension PurchaseOrder {
  /// All that is still to come, as a delivery note would say it that brought everything.
  package var outstandingEntries: [ReceiptRequest.Entry] {
    lines.filter { $0.outstanding > .zero }.flatMap { line in
      line.shares.map { ($0.centre, $0.outstanding(in: line.packUnits)) }.filter { $0.1 > .zero }.map {
        ReceiptRequest.Entry(line: line.number, centre: $0, accepted: $1)
      }
    }
  }
}
