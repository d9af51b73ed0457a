/// Tables that were filled in field by field: `cell.item` is a column of the operation's file, `cell.targets.centre` one of
/// its table `targets`.
extension SentForm {
  /// The tables that have a row with anything in it, in their order.
  var filledTables: [String] {
    var tables: [String] = []
    for (name, _) in fields {
      guard let (table, _) = Self.place(of: name), !tables.contains(table) else { continue }
      tables.append(table)
    }
    return tables.filter { !filledRows(of: $0).isEmpty }
  }

  /// The columns of a table, in their order.
  func columns(of table: String) -> [String] {
    var columns: [String] = []
    for (name, _) in fields {
      guard let (own, column) = Self.place(of: name), own == table, !columns.contains(column) else {
        continue
      }
      columns.append(column)
    }
    return columns
  }

  /// The cells of a column, row by row.
  func cells(_ column: String, of table: String) -> [String] {
    all(table == "file" ? "cell.\(column)" : "cell.\(table).\(column)")
  }

  /// Which of a table's rows have anything in them, from 0. Columns that the form itself fills in, which it names in
  /// `_given`, do not count.
  func filledRows(of table: String = "file") -> [Int] {
    let given = (self["_given"] ?? "").split(separator: ",").compactMap { Self.place(of: "cell.\($0)") }
    let own = columns(of: table).filter { column in !given.contains { $0 == (table, column) } }
    let cells = own.map { self.cells($0, of: table) }
    return (0..<(cells.map(\.count).max() ?? 0)).filter { row in
      cells.contains { row < $0.count && !$0[row].isEmpty }
    }
  }

  private static func place(of name: String) -> (table: String, column: String)? {
    let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, parts[0] == "cell" else { return nil }
    return parts.count == 2 ? ("file", parts[1]) : (parts[1], parts[2])
  }
}
