package import Inventory
package import Storage
package import Tabular

extension Supplier {
  /// A supplier as a table describes it, before it has a key.
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code
    package var name: String
    package var siret: String?
    package var gln: String?
    package var vat: String?
    package var country: String
    package var supplyStatus: SupplyStatus
    package var isActive: Bool
    package var certainty: String?
  }

  package static let sheetColumns: [Sheet.Column] = [
    .init("code", aliases: ["supplier", "fournisseur"]), .init("name", aliases: ["nom"]),
    .init("siret", required: false), .init("gln", required: false),
    .init("vat", aliases: ["vat_number", "tva"], required: false),
    .init("country", aliases: ["pays"]), .init("supply_status", required: false),
    .init("active", aliases: ["actif"], required: false), .init("certainty", required: false),
  ]

  /// Reads a table of suppliers; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Draft(row: &row) }
  }

  /// Stores suppliers, new or changed, all or none, and logs each.
  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      try store(draft, in: connection)
      try Audit.record(
        "supplier.describe",
        subject: "supplier \(draft.code)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }
}

extension Supplier.Draft {
  init?(row: inout SheetRow) {
    let code = row.code("code", of: Supplier.self)
    let name = row.nonEmpty("name")
    let siret = row.identifier("siret", scheme: .siret)
    let gln = row.identifier("gln", scheme: .gln)
    let vat = row.optional("vat", expected: "a VAT number with its country's two letters") {
      Self.isVAT($0) ? $0 : nil
    }
    let country = row.value("country", expected: "a country as two capital letters (ISO 3166-1)") {
      Self.isCountry($0) ? $0 : nil
    }
    let supplyStatus =
      row.text("supply_status").isEmpty
      ? .normal : row.choice("supply_status", of: Supplier.SupplyStatus.self)
    let isActive = row.text("active").isEmpty ? true : row.flag("active")
    guard let code, let name, let country, let supplyStatus, let isActive else { return nil }
    self.init(
      code: code,
      name: name,
      siret: siret,
      gln: gln,
      vat: vat,
      country: country,
      supplyStatus: supplyStatus,
      isActive: isActive,
      certainty: row.filled("certainty")
    )
  }

  private static func isCountry(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { (65...90).contains($0) }
  }

  private static func isVAT(_ text: String) -> Bool {
    isCountry(String(text.prefix(2))) && (4...14).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic || $0.isDigit }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
