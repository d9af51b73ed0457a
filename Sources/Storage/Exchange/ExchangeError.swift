/// Why an export cannot be written, or taken.
package enum ExchangeError: Error, Equatable {
  /// A line of the export, from 1, does not say what it must.
  case line(Int, found: String, expected: String)
  /// A table holds rows already.
  case notEmpty([String])
  /// Between these lines is a row that the table's own rules refuse.
  case refused(lines: ClosedRange<Int>, table: String, DatabaseError)
  case cycle([String])
  case unsupported(table: String, column: String, type: String)
  case unreadable(String)
}

extension ExchangeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .line(let line, let found, let expected):
      "line \(line): found \(found), expected \(expected); nothing was stored"
    case .notEmpty(let tables):
      """
      the database holds rows in \(Self.words(tables)), expected one that was migrated and not used; \
      nothing was stored
      """
    case .refused(let lines, let table, let error):
      "\(Self.words(lines)) (table \(table)): \(error); nothing was stored"
    case .cycle(let tables):
      "the tables \(tables.joined(separator: ", ")) refer to each other in a circle, expected an order"
    case .unsupported(let table, let column, let type):
      "the column \(table).\(column) is of type \(type), expected integer, real or text"
    case .unreadable(let message): message
    }
  }

  private static func words(_ tables: [String]) -> String {
    let rest = tables.count > 5 ? " and \(tables.count - 5) more" : ""
    return tables.prefix(5).joined(separator: ", ") + rest
  }

  private static func words(_ lines: ClosedRange<Int>) -> String {
    lines.count == 1 ? "line \(lines.lowerBound)" : "lines \(lines.lowerBound) to \(lines.upperBound)"
  }
}
