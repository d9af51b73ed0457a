import Foundation
import Tabular

/// Reports as JSON: an object with `lines`, whose other fields hold for every line, or the lines alone.
///
/// A field is named as the columns are, and holds a text, a number or null.
struct ReportJSON {
  private let lines: [Members]
  /// What holds for every line that does not say otherwise.
  private let common: Members

  private typealias Members = [(key: String, value: JSONText)]

  private init(_ text: JSONText) throws(Finding.Unreadable) {
    switch text.value {
    case .array(let elements): (lines, common) = (try Self.lines(elements), [])
    case .object(let members):
      guard case .array(let elements)? = members.last(where: { $0.key == "lines" })?.value.value else {
        throw .init(text, expected: "an object with a list of lines")
      }
      (lines, common) = (try Self.lines(elements), members.filter { $0.key != "lines" })
    default: throw .init(text, expected: "a report, or a list of its lines")
    }
  }

  private static func lines(_ elements: [JSONText]) throws(Finding.Unreadable) -> [Members] {
    var lines: [Members] = []
    lines.reserveCapacity(elements.count)
    for element in elements {
      guard case .object(let members) = element.value else {
        throw .init(element, expected: "a line as an object")
      }
      lines.append(members)
    }
    return lines
  }

  /// The lines as records in the order of the report's columns; a field that is none of them is a finding.
  static func records(of text: String, found: (Finding) -> Void) -> [CSVReader.Record] {
    do {
      let report = try ReportJSON(JSONText.parse(text))
      let common = cells(of: report.common, onto: blank, line: nil, found: found)
      return report.lines.enumerated().map { index, line in
        let cells = cells(of: line, onto: common, line: index + 1, found: found)
        return CSVReader.Record(line: index + 1, fields: cells)
      }
    } catch let error as JSONSyntaxError {
      found(Finding(field: "report", found: "line \(error.line): \(error.found)", expected: error.expected))
    } catch let error as Finding.Unreadable {
      found(error.finding)
    } catch {
      found(Finding(field: "report", found: "a text that is not JSON", expected: "JSON with a list of lines"))
    }
    return []
  }

  private static let blank = Array(repeating: "", count: ReportColumns.all.count)

  /// The cells with the members' in their places; of two members of one name the later counts.
  private static func cells(
    of members: Members,
    onto others: [String],
    line: Int?,
    found: (Finding) -> Void
  ) -> [String] {
    var cells = others
    for (name, value) in members {
      if let position = ReportColumns.positions[name], let text = text(value) {
        cells[position] = text
      } else if ReportColumns.positions[name] != nil {
        found(Finding(line: line, field: name, found: value.shown, expected: "a text, a number or null"))
      } else {
        found(Finding(line: line, field: name, found: "unknown field", expected: "one of \(names)"))
      }
    }
    return cells
  }

  private static let names = ReportColumns.all.map(\.name).joined(separator: ", ")

  /// The text of a field, whatever it was written as; nil for what is no single value.
  private static func text(_ value: JSONText) -> String? {
    switch value.value {
    case .string(let text): text
    // 1e2 is a whole number, however it was written.
    case .number(let digits): Int64(digits) != nil ? digits : Decimal(string: digits)?.description ?? digits
    case .word("null"): ""
    case .word, .object, .array: nil
    }
  }
}

extension Finding {
  /// A report that does not have the form of one.
  fileprivate struct Unreadable: Error {
    var finding: Finding

    init(_ text: JSONText, expected: String) {
      finding = Finding(field: "report", found: "line \(text.line): \(text.shown)", expected: expected)
    }
  }
}
