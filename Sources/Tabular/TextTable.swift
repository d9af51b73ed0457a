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
    let widths = fitted(to: width)
    let header = line(columns.map(\.title), widths) { paint($0, true) }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([header, rule] + rows.map { line($0, widths) { paint($0, false) } }).joined(separator: "\n")
      + "\n"
  }

  /// The same cells as RFC 4180 text, headed by the titles.
  package func csv() -> String {
    ([columns.map(\.title)] + rows).map { CSVText.line($0) }.joined()
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
