import Foundation
import Tabular

/// Reports as JSON: an object with `lines`, whose other fields hold for every line, or the lines alone.
///
/// A field is named as the columns are, and holds a text, a number or null.
struct ReportJSON: Decodable {
  /// The text of a field, whatever it was written as.
  struct Cell: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        text = ""
      } else if let number = try? container.decode(Int64.self) {
        text = String(number)
      } else if let number = try? container.decode(Decimal.self) {
        text = number.description
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let lines: [[String: Cell]]

  init(from decoder: any Decoder) throws {
    if let alone = try? decoder.singleValueContainer().decode([[String: Cell]].self) {
      lines = alone
      return
    }
    let container = try decoder.container(keyedBy: Name.self)
    var common: [String: Cell] = [:]
    var lines: [[String: Cell]] = []
    for name in container.allKeys {
      if name.stringValue == "lines" {
        lines = try container.decode([[String: Cell]].self, forKey: name)
      } else {
        common[name.stringValue] = try container.decode(Cell.self, forKey: name)
      }
    }
    self.lines = lines.map { $0.merging(common) { own, _ in own } }
  }

  /// The lines as records in the order of the report's columns; a field that is none of them is a finding.
  static func records(of text: String, found: (Finding) -> Void) -> [CSVReader.Record] {
    do {
      let report = try JSONDecoder().decode(ReportJSON.self, from: Data(text.utf8))
      return report.lines.enumerated().map { record(of: $0.element, line: $0.offset + 1, found: found) }
    } catch {
      found(Finding(field: "report", found: reason(of: error), expected: "JSON with a list of lines"))
      return []
    }
  }

  private static func record(
    of line: [String: Cell],
    line number: Int,
    found: (Finding) -> Void
  ) -> CSVReader.Record {
    var cells = Array(repeating: "", count: ReportColumns.all.count)
    for (name, cell) in line.sorted(by: { $0.key < $1.key }) {
      if let position = ReportColumns.positions[name] {
        cells[position] = cell.text
      } else {
        let names = ReportColumns.all.map(\.name).joined(separator: ", ")
        found(Finding(line: number, field: name, found: "unknown field", expected: "one of \(names)"))
      }
    }
    return CSVReader.Record(line: number, fields: cells)
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.keyNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context): context.debugDescription
    default: "a text that is not JSON"
    }
  }
}
