package import Storage

/// The codes that a report may name, held in memory while its lines are read: of a short report those that it names, of a
/// long one all. Memory grows with the catalogue, not with the report.
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

  /// One that knows nothing.
  init() {}

  /// - Parameters:
  ///   - names: what the report names; nil for all there is.
  ///   - connection: a snapshot.
  /// - Throws: the database's errors.
  package init(naming names: ReportNames? = nil, in connection: any Connection) throws {
    try self.init(naming: names, askingToo: [], in: connection)
  }

  /// The same with what is asked next, which is sent along.
  init(naming names: ReportNames?, askingToo others: [SQL], in connection: any Connection) throws {
    let places: SQL =
      if let names { "WHERE code IN (\(Self.list(names.centres)))" } else { "" }
    let (centres, items): (SQL, SQL) = ("SELECT code, id FROM centre \(places)", Self.items(names?.items))
    if names != nil { try connection.askAhead([centres, items] + others) }
    for centre in try connection.query(centres) {
      let (code, id) = try centre.decode(as: Centre.Code.self, Centre.ID.self)
      self.centres[code] = id
    }
    if names != nil {
      for row in try connection.query(items) { try add(row) }
    } else {
      try connection.forEach(items) { try add($0) }
    }
  }

  /// The items of these names with their packs; nil for all.
  private static func items(_ names: (some Collection<String>)?) -> SQL {
    let named: SQL
    if let names {
      let gtins = names.flatMap(spellings)
      named =
        gtins.isEmpty
        ? "WHERE i.sku IN (\(list(names)))"
        : """
        WHERE i.id IN (SELECT id FROM item WHERE sku IN (\(list(names)))
          UNION SELECT item_id FROM item_pack WHERE gtin IN (\(list(gtins))))
        """
    } else {
      named = ""
    }
    return """
      SELECT i.id, i.sku, p.level, p.units, p.gtin FROM item i LEFT JOIN item_pack p ON p.item_id = i.id
      \(named) ORDER BY i.id, p.units, p.level
      """
  }

  /// Adds what another one knows, which was read at the same mark.
  mutating func add(_ other: StockCatalogue) {
    centres.merge(other.centres) { _, new in new }
    for entry in other.entries where bySKU[entry.sku.rawValue] == nil {
      for pack in entry.packs {
        if let gtin = pack.gtin { byGTIN[Self.fourteenDigits(gtin)] = (entries.count, pack.level) }
      }
      bySKU[entry.sku.rawValue] = entries.count
      entries.append(entry)
    }
  }

  /// Whether a name is that of an item.
  func knowsItem(_ name: String) -> Bool { entry(sku: name) != nil || entry(gtin: name) != nil }

  /// Whether a code is that of a centre.
  func knows(centre code: String) -> Bool { Centre.Code(rawValue: code).flatMap { centres[$0] } != nil }

  private mutating func add(_ row: Row) throws {
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

  /// Values in a list whose length is a power of two, so that a connection keeps few statements.
  private static func list(_ names: some Collection<String>) -> SQL {
    let names = names.sorted()
    var length = 1
    while length < names.count { length *= 2 }
    let last = names.last ?? ""
    let values: [SQL] = (0..<length).map { "\($0 < names.count ? names[$0] : last)" }
    return SQL(joining: values, by: ", ")
  }

  /// How a GTIN of 8, 12, 13 or 14 digits may be stored, whatever zeros are in front of it here.
  private static func spellings(of name: String) -> [String] {
    guard (8...14).contains(name.utf8.count), name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return []
    }
    let digits = name.drop { $0 == "0" }
    return [8, 12, 13, 14].filter { $0 >= digits.count }
      .map { String(repeating: "0", count: $0 - digits.count) + digits }
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
