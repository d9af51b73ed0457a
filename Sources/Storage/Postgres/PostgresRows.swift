/// A few rows, which the server gets as one array a column.
struct PostgresRows {
  let width: Int
  /// Row by row.
  var values: [Value] = []
  private(set) var count = 0
  /// The kind of value in each column; null where only NULL was seen.
  fileprivate var kinds: [Kind]
  /// Whether a column holds values of two kinds, which no array does.
  private(set) var mixesKinds = false

  fileprivate enum Kind: String { case null, integer = "BIGINT", real = "FLOAT8", text = "TEXT" }

  init(width: Int) {
    self.width = width
    kinds = Array(repeating: .null, count: width)
  }

  var isEmpty: Bool { count == 0 }

  mutating func endRow() throws(DatabaseError) {
    let given = values.count - count * width
    guard given == width else { throw .narrow(columns: given, expected: width) }
    for column in 0..<width {
      let kind = Kind(values[count * width + column])
      if kind == .null || kind == kinds[column] { continue }
      if kinds[column] != .null { mixesKinds = true }
      kinds[column] = kind
    }
    count += 1
  }

  /// Nothing may be left behind the last row.
  func checkEnd() throws(DatabaseError) {
    let given = values.count - count * width
    guard given == 0 else { throw .narrow(columns: given, expected: width) }
  }

  func forEachValue(
    _ body: (Value) throws(DatabaseError) -> Void,
    endRow: () throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    for row in 0..<count {
      for column in 0..<width { try body(values[row * width + column]) }
      try endRow()
    }
  }

  /// The statement that puts them into a table. Its text depends on the columns alone, and on which of them hold NULL
  /// in every row.
  func insertion(into table: String, _ columns: [String]) -> SQL {
    var (selected, arrays): ([String], [SQL]) = ([], [])
    var names: [String] = []
    for (column, kind) in kinds.enumerated() {
      if kind == .null {
        selected.append("NULL")
        continue
      }
      selected.append("v\(column)")
      names.append("v\(column)")
      arrays.append("CAST(\(array(column)) AS \(SQL(stringLiteral: kind.rawValue))[])")
    }
    // Where every value is NULL, the rows are still so many.
    if arrays.isEmpty {
      names = ["v"]
      arrays = ["CAST(\("{" + repeatElement("NULL", count: count).joined(separator: ",") + "}") AS TEXT[])"]
    }
    func list(_ names: [String]) -> SQL { SQL(stringLiteral: names.joined(separator: ", ")) }
    return """
      INSERT INTO \(SQL(stringLiteral: table)) (\(list(columns))) SELECT \(list(selected))
      FROM unnest(\(SQL(joining: arrays, by: ", "))) AS r (\(list(names)))
      """
  }

  /// The rows as a table that a query reads from; a column that holds NULL in every row is one of integers.
  func source(_ columns: [String]) -> SQL {
    let arrays = kinds.indices.map { column -> SQL in
      let kind = kinds[column] == .null ? Kind.integer : kinds[column]
      return "CAST(\(array(column)) AS \(SQL(stringLiteral: kind.rawValue))[])"
    }
    let names = SQL(stringLiteral: columns.joined(separator: ", "))
    return "unnest(\(SQL(joining: arrays, by: ", "))) AS r (\(names))"
  }

  /// One column as PostgreSQL writes an array.
  private func array(_ column: Int) -> String {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for row in 0..<count {
      if row > 0 { text.append(UInt8(ascii: ",")) }
      switch values[row * width + column] {
      case .null: text += "NULL".utf8
      case .integer(let integer): text.append(digits: integer)
      case .real(let real): text += real.description.utf8
      case .text(let string): text.append(quoted: string)
      }
    }
    text.append(UInt8(ascii: "}"))
    return String(decoding: text, as: UTF8.self)
  }
}

extension PostgresRows.Kind {
  fileprivate init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .integer: .integer
      case .real: .real
      case .text: .text
      }
  }
}

extension [UInt8] {
  /// A text as an element of an array.
  fileprivate mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}
