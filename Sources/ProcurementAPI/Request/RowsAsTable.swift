import HTTPTypes
import Tabular

/// Rows of a JSON body as the table that operations read.
enum RowsAsTable {
  /// A table as it was given: the text of a CSV file, or a list of objects with a member for each column.
  static func bytes(of value: JSONText) throws(Problem.Mistake.Place) -> [UInt8] {
    if case .string(let text) = value.value { return Array(text.utf8) }
    guard case .array(let elements) = value.value else {
      throw .init(path: "", found: value.shown, expected: "a list of objects, or the text of a CSV file")
    }
    var rows: [[(key: String, value: JSONText)]] = []
    for (index, element) in elements.enumerated() {
      guard case .object(let members) = element.value else {
        throw .init(
          path: "/\(index)",
          found: element.shown,
          expected: "an object with a member for each column"
        )
      }
      rows.append(members)
    }
    return try table(rows)
  }

  /// Lines of JSON, an object each; with the numbers of those that are not empty.
  static func bytes(ofLines body: [UInt8]) throws(Problem) -> (bytes: [UInt8], lines: [Int]) {
    var rows: [[(key: String, value: JSONText)]] = []
    var lines: [Int] = []
    var number = 0
    for line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      let text: JSONText
      do { text = try BodyFields.parsed(Array(line)) } catch {
        var problem = error
        problem.errors = problem.errors.map { mistake in
          Problem.Mistake(
            line: number,
            field: mistake.field,
            found: mistake.found,
            expected: mistake.expected
          )
        }
        throw problem
      }
      guard case .object(let members) = text.value else {
        let mistake = Problem.Mistake(line: number, field: "line", found: text.shown, expected: "an object")
        throw Problem(.badRequest, "request.json", "a line is not an object", errors: [mistake])
      }
      rows.append(members)
      lines.append(number)
    }
    do { return (try table(rows), lines) } catch {
      let mistake = Problem.Mistake(
        line: error.row.map { lines[$0] },
        field: error.field ?? error.path,
        found: error.found,
        expected: error.expected
      )
      throw Problem(.badRequest, "request.json", "a line cannot be a row", errors: [mistake])
    }
  }

  private static func table(
    _ rows: [[(key: String, value: JSONText)]]
  ) throws(Problem.Mistake.Place) -> [UInt8] {
    var columns: [String] = []
    var places: [String: Int] = [:]
    for row in rows {
      for (key, _) in row where places[key] == nil {
        places[key] = columns.count
        columns.append(key)
      }
    }
    var text = CSVText.line(columns)
    for (index, row) in rows.enumerated() {
      var cells = [String](repeating: "", count: columns.count)
      for (key, value) in row {
        guard let place = places[key] else { continue }
        cells[place] = try cell(value, row: index, key)
      }
      text += CSVText.line(cells)
    }
    return Array(text.utf8)
  }

  private static func cell(
    _ value: JSONText,
    row: Int,
    _ field: String
  ) throws(Problem.Mistake.Place) -> String {
    switch value.value {
    case .string(let text), .number(let text): return text
    case .word("null"): return ""
    case .word(let word): return word
    case .object, .array:
      throw .init(
        path: "/\(row)/\(field)",
        found: value.shown,
        expected: "a text, a number or null",
        row: row,
        field: field
      )
    }
  }
}
