package import Tabular

/// A value that can be a row of a table: its columns are listed once, beside what stands in them.
package protocol Listed {
  static var columns: [TextTable.Column] { get }
  var cells: [String] { get }
  /// How many of the first cells no two rows of a list have in common.
  static var keyColumns: Int { get }
}

extension Listed {
  package static var keyColumns: Int { 1 }
  /// What tells a row from the others of its list.
  var key: [String] { Array(cells.prefix(Self.keyColumns)) }
}

extension OutputOptions {
  /// Writes values as rows, or as JSON.
  package func write<Value: Listed & Encodable>(_ values: [Value]) throws {
    let values = try part(of: values, key: \.key, whole: \.cells)
    try write(TextTable(Value.columns, rows: values.map(\.cells)), json: values)
  }
}

extension OutputOptions {
  /// What of a list was asked for, where it was asked for page by page: rows are told apart by their `key`.
  package func part<Value>(
    of values: [Value],
    key: @escaping (Value) -> [String],
    whole: ((Value) -> [String])? = nil
  ) throws -> [Value] {
    try Session.current?.part(of: values, key: key, whole: whole ?? key) ?? values
  }

  /// Writes one value: a table of one row, or a JSON object.
  package func write<Value: Listed & Encodable>(one value: Value) throws {
    try write(TextTable(Value.columns, rows: [value.cells]), json: value)
  }
}

/// How a value that nobody knows is shown: never as zero, never as nothing.
package let unknown = "unknown"
