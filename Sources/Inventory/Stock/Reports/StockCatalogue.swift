package import Storage

/// The codes that a report may name, held in memory while its lines are read. Memory grows with the catalogue, not
/// with the report.
package struct StockCatalogue: Sendable {
  package struct Entry: Sendable {
    var id: Item.ID
    var sku: Item.SKU
    var packs: [Item.Pack]

    /// Base units of a pack; nil where the item has no such pack.
    func units(in level: Item.Pack.Level) -> Quantity? {
      packs.first { $0.level == level }?.units ?? (level == .each ? Quantity(1) : nil)
    }
  }

  private var entries: [Entry] = []
  private var bySKU: [String: Int] = [:]
  private var byGTIN: [String: (entry: Int, level: Item.Pack.Level)] = [:]
  private(set) var centres: [Centre.Code: Centre.ID] = [:]

  package init(in connection: any Connection) throws {
    for centre in try connection.query("SELECT code, id FROM centre") {
      let (code, id) = try centre.decode(as: Centre.Code.self, Centre.ID.self)
      centres[code] = id
    }
    try connection.forEach(
      """
      SELECT i.id, i.sku, p.level, p.units, p.gtin FROM item i LEFT JOIN item_pack p ON p.item_id = i.id
      ORDER BY i.id, p.units, p.level
      """
    ) { row in
      let (id, sku, level, units, gtin) = try row.decode(
        as: Item.ID.self,
        Item.SKU.self,
        Item.Pack.Level?.self,
        Quantity?.self,
        String?.self
      )
      if entries.last?.id != id {
        bySKU[sku.rawValue] = entries.count
        entries.append(Entry(id: id, sku: sku, packs: []))
      }
      guard let level, let units else { return }
      let last = entries.count - 1
      entries[last].packs.append(Item.Pack(level: level, units: units, gtin: gtin))
      if let gtin { byGTIN[Self.fourteenDigits(gtin)] = (last, level) }
    }
  }

  func entry(sku: String) -> Entry? { bySKU[sku].map { entries[$0] } }

  func entry(gtin: String) -> (entry: Entry, level: Item.Pack.Level)? {
    byGTIN[Self.fourteenDigits(gtin)].map { (entries[$0.entry], $0.level) }
  }

  /// A GTIN of 8, 12 or 13 digits is one of 14 with zeros in front.
  private static func fourteenDigits(_ gtin: String) -> String {
    String(repeating: "0", count: max(0, 14 - gtin.utf8.count)) + gtin
  }
}
