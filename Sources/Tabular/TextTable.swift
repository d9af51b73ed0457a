/// Rows for a person to read, or for a spreadsheet.
package struct TextTable: Sendable, Equatable {
  package enum Alignment: Sendable { case left, right }

  package struct Column: Sendable, Equatable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package var columns: [Column]
  package var rows: [[String]]

  /// Aligned text never holds a character that does something instead of being shown: a name that somebody made up must not
  /// break a line, colour a terminal or turn what follows around.
  private static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator:
            scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}"
          // Marks of direction and their kin; joiners stay, which names in some scripts need.
          case .format: scalar == "\u{200C}" || scalar == "\u{200D}" ? scalar : "\u{FFFD}"
          default: scalar
          }
        }
      )
    )
  }

  package init(_ columns: [Column], rows: [[String]] = []) {
    self.columns = columns
    self.rows = rows
  }

  package mutating func add(_ cells: String...) { rows.append(cells) }

  /// Aligned text; the widest left-aligned column is cut with an ellipsis where the table is wider than
  /// `width`.
  ///
  /// `paint` is given what is shown of each cell and may put what takes no room around it.
  package func text(
    width: Int? = nil,
    paint: (_ cell: String, _ isTitle: Bool) -> String = { cell, _ in cell }
  ) -> String {
    var table = self
    table.rows = rows.map { $0.map(Self.visible) }
    return table.aligned(width: width, paint: paint)
  }

  private func aligned(width: Int?, paint: (_ cell: String, _ isTitle: Bool) -> String) -> String {
    let widths = fitted(to: width)
    let header = line(columns.map(\.title), widths) { paint($0, true) }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([header, rule] + rows.map { line($0, widths) { paint($0, false) } }).joined(separator: "\n")
      + "\n"
  }

  /// The same cells as RFC 4180 text, headed by the titles. Numbers are for programs there: without separators between
  /// their thousands.
  package func csv() -> String {
    let plain = rows.map { row in
      zip(columns, row).map { $0.alignment == .right ? Self.ungrouped($1) : $1 }
    }
    return ([columns.map(\.title)] + plain).map { CSVText.line($0) }.joined()
  }

  /// `1,234.50` as `1234.50`; anything that is no number in groups of three as it is.
  static func ungrouped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ",")) else { return text }
    let unsigned = text.drop { $0 == "-" || $0 == "+" }
    let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    let isNumber =
      (parts + groups).allSatisfy {
        !$0.isEmpty && $0.utf8.allSatisfy { $0 == 0x2C || (0x30...0x39).contains($0) }
      }
      && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    return isNumber ? text.replacing(",", with: "") : text
  }

  private func fitted(to limit: Int?) -> [Int] {
    var widths = columns.indices.map { column in
      ([columns[column].title.count] + rows.map { $0[column].count }).max() ?? 0
    }
    guard let limit else { return widths }
    let shrinkable = columns.indices.filter { columns[$0].alignment == .left }
    while widths.reduce(0, +) + 2 * (widths.count - 1) > limit {
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }), widths[widest] > 8 else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int], paint: (String) -> String) -> String {
    let padded = columns.indices.map { column in
      let cell = cells[column]
      let shown = cell.count > widths[column] ? String(cell.prefix(widths[column] - 1)) + "…" : cell
      let padding = String(repeating: " ", count: widths[column] - shown.count)
      return columns[column].alignment == .left ? paint(shown) + padding : padding + paint(shown)
    }
    let text = padded.joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
