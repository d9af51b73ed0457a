/// A table as the engine's own catalogue describes it.
///
/// Two engines that ran the same migrations describe the same tables: nothing here depends on which one was asked.
package struct StoredTable: Equatable, Sendable {
  package enum Kind: String, Equatable, Sendable { case integer, real, text }

  package struct Column: Equatable, Sendable {
    package let name: String
    package let kind: Kind
    /// Whether the engine gives the value where an insert names none.
    package var isIdentity = false
  }

  package let name: String
  /// Those of the primary key first, in its order; then the others by name.
  package let columns: [Column]
  /// How many of the columns are the primary key.
  package let keyWidth: Int
  /// The tables that its rows refer to, which may include itself.
  package let parents: Set<String>

  package var refersToItself: Bool { parents.contains(name) }
}

extension StoredTable {
  /// The name as it stands in a statement.
  package var quoted: String { Self.quoted(name) }
  package var quotedColumns: [String] { columns.map { Self.quoted($0.name) } }

  /// Every row, in an order that no engine and no history changes: by the primary key, text by its bytes.
  func selection(on dialect: Dialect) -> SQL {
    let key = keyWidth > 0 ? columns.prefix(keyWidth) : columns[...]
    let order = key.map { column in
      let collation = dialect == .postgres && column.kind == .text ? " COLLATE \"C\"" : ""
      return Self.quoted(column.name) + collation + (keyWidth > 0 ? "" : " NULLS FIRST")
    }
    let columns = quotedColumns.joined(separator: ", ")
    return SQL(
      stringLiteral: "SELECT \(columns) FROM \(quoted) ORDER BY \(order.joined(separator: ", "))"
    )
  }

  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
