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
    .init("agreement_reference", aliases: ["agreement", "accord"]), .init("lot", aliases: ["numero"]),
    .init("title", aliases: ["titre"]), .init("allocation_rule", aliases: ["rule", "regle"]),
    .init("limit_kind", required: false), .init("maximum", required: false),
    .init("minimum", required: false), .init("maximum_value_cents", required: false),
    .init("maximum_quantity", required: false), .init("cpv", required: false),
    .init("certainty", required: false),
  ]

  package static let holderSheetColumns: [Sheet.Column] = [
    .init("agreement_reference", aliases: ["agreement", "accord"]), .init("lot", aliases: ["numero"]),
    .init("supplier_code", aliases: ["supplier", "fournisseur"]), .init("rank", aliases: ["rang"]),
    .init("share_percent", aliases: ["part"], required: false), .init("certainty", required: false),
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
    let agreement = row.code("agreement_reference", of: Agreement.self)
    let number = row.integer("lot", in: 1...9_999)
    let title = row.nonEmpty("title")
    let rule = row.choice("allocation_rule", of: AgreementLot.Rule.self)
    let limits = AgreementLot.Limits(row: &row)
    let cpv = row.optional("cpv", expected: "a CPV code of 8 digits") { isCPV($0) ? $0 : nil }
    guard let agreement, let number, let title, let rule else { return nil }
    self.init(
      line: row.line,
      agreement: agreement,
      terms: AgreementLot.Terms(
        number: number,
        title: title,
        cpv: cpv,
        rule: rule,
        minimumValue: limits.minimumValue,
        minimumQuantity: limits.minimumQuantity
      ),
      maximumValue: limits.maximumValue,
      maximumQuantity: limits.maximumQuantity
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
    let agreement = row.code("agreement_reference", of: Agreement.self)
    let lot = row.integer("lot", in: 1...9_999)
    let supplier = row.code("supplier_code", of: Supplier.self)
    let rank = row.integer("rank", in: 1...1_000)
    let share = row.optional("share_percent", expected: "a percentage with at most one decimal") {
      Permille(percent: $0)?.rawValue
    }
    guard let agreement, let lot, let supplier, let rank else { return nil }
    self.init(
      line: row.line,
      agreement: agreement,
      lot: lot,
      holder: AgreementLot.Holder(supplier: supplier, rank: rank, sharePermille: share)
    )
  }
}

extension AgreementLot {
  /// The limits of a lot: either one kind with its maximum and minimum, or the two maxima each in its column.
  fileprivate struct Limits {
    enum Kind: String, CaseIterable { case value, quantity }

    var maximumValue: Money?
    var maximumQuantity: Quantity?
    var minimumValue: Money?
    var minimumQuantity: Quantity?

    init(row: inout SheetRow) {
      let maximum = row.optionalInteger("maximum", in: 1...Quantity.largest.units)
      let minimum = row.optionalInteger("minimum", in: 0...Quantity.largest.units)
      switch row.optionalChoice("limit_kind", of: Kind.self) {
      case .value:
        maximumValue = maximum.map { Money(cents: $0) }
        minimumValue = minimum.map { Money(cents: $0) }
      case .quantity:
        maximumQuantity = maximum.map { Quantity($0) }
        minimumQuantity = minimum.map { Quantity($0) }
      case nil:
        if maximum != nil { row.report("limit_kind", expected: "value or quantity") }
      }
      maximumValue =
        row.optionalInteger("maximum_value_cents", in: 1...Quantity.largest.units)
        .map { Money(cents: $0) } ?? maximumValue
      maximumQuantity = row.optionalQuantity("maximum_quantity") ?? maximumQuantity
      if maximumValue == nil && maximumQuantity == nil && row.findings.isEmpty {
        row.report("maximum", expected: "a maximum in value or in quantity (CJEU C-23/20)")
      }
    }
  }
}

/// Thousandths, read from a percentage.
struct Permille {
  let rawValue: Int64

  /// `60`, `33.3` or `33,3`; nil outside 0.1 to 100.
  init?(percent text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    let tenths = parts.count == 2 ? parts[1] : "0"
    guard (1...2).contains(parts.count), tenths.utf8.count == 1, let value = Int64(parts[0] + tenths),
      (1...1000).contains(value), parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    rawValue = value
  }
}
