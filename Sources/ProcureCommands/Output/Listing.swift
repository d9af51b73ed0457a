package import Tabular

/// A value that can be a row of a table: its columns are listed once, beside what stands in them.
package protocol Listed {
  static var columns: [TextTable.Column] { get }
  var cells: [String] { get }
}

extension OutputOptions {
  /// Writes values as rows, or as JSON.
  package func write<Value: Listed & Encodable>(_ values: [Value]) throws {
    try write(TextTable(Value.columns, rows: values.map(\.cells)), json: values)
  }
}

/// How a value that nobody knows is shown: never as zero, never as nothing.
package let unknown = "unknown"
