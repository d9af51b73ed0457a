package import Inventory
import Storage
package import Tabular

extension AgreementLot {
  /// A lot as a table describes it.
  package struct Draft: Equatable, Sendable, Codable {
    package var line: Int
    package var agreement: Agreement.Reference
    package var terms: Terms
    package var maximumValue: Money?
    package var maximumQuantity: Quantity?
  }

  /// A holder as a table describes it.
  package struct HolderDraft: Equatable, Sendable, Codable {
    package var line: Int
    package var agreement: Agreement.Reference
    package var lot: Int64
    package var holder: Holder
  }

  package static let sheetColumns: [Sheet.Column] = [
    .init("agreement", aliases: ["reference", "accord"]), .init("lot", aliases: ["number", "numero"]),
    .init("title", aliases: ["titre"]), .init("rule", aliases: ["regle"]),
    .init("maximum_value", required: false), .init("maximum_quantity", required: false),
    .init("minimum_value", required: false), .init("minimum_quantity", required: false),
    .init("cpv", required: false), .init("source", required: false),
  ]

  package static let holderSheetColumns: [Sheet.Column] = [
    .init("agreement", aliases: ["reference", "accord"]), .init("lot"), .init("supplier"), .init("rank"),
    .init("share_permille", required: false), .init("source", required: false),
  ]

  /// Reads a table of lots; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Draft(row: &row) }
  }

  /// Reads a table of holders; everything wrong in it is told at once.
  package static func holderDrafts(from input: consuming ByteInput) throws -> [HolderDraft] {
    try Sheet.values(of: input, columns: holderSheetColumns) { row in HolderDraft(row: &row) }
  }
}

extension AgreementLot.Draft {
  fileprivate init?(row: inout SheetRow) {
    let agreement = row.code("agreement", of: Agreement.self)
    let number = row.integer("lot", in: 1...9_999)
    let title = row.nonEmpty("title")
    let rule = row.choice("rule", of: AgreementLot.Rule.self)
    let maximumValue = row.optionalMoney("maximum_value")
    let maximumQuantity = row.optionalQuantity("maximum_quantity")
    let minimumValue = row.optionalMoney("minimum_value")
    let minimumQuantity = row.optionalQuantity("minimum_quantity")
    let cpv = row.optional("cpv", expected: "a CPV code of 8 digits") { isCPV($0) ? $0 : nil }
    if row.text("maximum_value").isEmpty && row.text("maximum_quantity").isEmpty {
      row.report("maximum_value", expected: "a maximum in value or in quantity (CJEU C-23/20)")
    }
    if let maximumValue, maximumValue == .zero { row.report("maximum_value", expected: "more than zero") }
    guard let agreement, let number, let title, let rule else { return nil }
    self.init(
      line: row.line,
      agreement: agreement,
      terms: AgreementLot.Terms(
        number: number,
        title: title,
        cpv: cpv,
        rule: rule,
        minimumValue: minimumValue,
        minimumQuantity: minimumQuantity
      ),
      maximumValue: maximumValue,
      maximumQuantity: maximumQuantity
    )
  }
}

/// 8 digits, or 8 digits, a hyphen and the check digit.
func isCPV(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  return (parts.map(\.count) == [8] || parts.map(\.count) == [8, 1])
    && parts.allSatisfy { $0.allSatisfy { (48...57).contains($0) } }
}

extension AgreementLot.HolderDraft {
  fileprivate init?(row: inout SheetRow) {
    let agreement = row.code("agreement", of: Agreement.self)
    let lot = row.integer("lot", in: 1...9_999)
    let supplier = row.code("supplier", of: Supplier.self)
    let rank = row.integer("rank", in: 1...1_000)
    let share = row.optionalInteger("share_permille", in: 1...1_000)
    guard let agreement, let lot, let supplier, let rank else { return nil }
    self.init(
      line: row.line,
      agreement: agreement,
      lot: lot,
      holder: AgreementLot.Holder(supplier: supplier, rank: rank, sharePermille: share)
    )
  }
}
