/// What a database holds, in a few lines: the same on both engines when the content is the same.
package struct ExchangeDigest: Equatable, Sendable, Codable {
  package struct Table: Equatable, Sendable, Codable {
    package let name: String
    package let rows: Int
    /// SHA-256 of the table's lines in an export, its closing line left out.
    package let sha256: String
  }

  package private(set) var tables: [Table] = []
  package private(set) var rows = 0
  private var closings = SHA256()
  /// SHA-256 of the closing lines of all tables.
  package var sha256: String { closings.hex() }

  init() {}

  mutating func add(_ table: Table) {
    tables.append(table)
    rows += table.rows
    closings.update(ExchangeText.closing(table) + [UInt8(ascii: "\n")])
  }

  package static func == (one: Self, other: Self) -> Bool { one.tables == other.tables }

  private enum CodingKeys: String, CodingKey { case tables, rows, sha256 }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    for table in try values.decode([Table].self, forKey: .tables) { add(table) }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(tables, forKey: .tables)
    try values.encode(rows, forKey: .rows)
    try values.encode(sha256, forKey: .sha256)
  }
}
