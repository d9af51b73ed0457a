package import ArgumentParser
import Foundation
package import Tabular

/// How a command writes what it found.
package enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case table, json, csv, xlsx
}

/// What every command that shows something accepts.
package struct OutputOptions: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "How to write the result. (default: $PROCURE_FORMAT, procure.conf, or table)"
  )
  package var chosen: OutputFormat?

  package init() {}

  package var format: OutputFormat {
    Session.current?.format ?? chosen ?? Configuration.value(of: .format).flatMap(OutputFormat.init) ?? .table
  }

  /// Writes to standard output: the table for a person or a spreadsheet, `value` for a program.
  package func write(_ table: @autoclosure () -> TextTable, json value: some Encodable) throws {
    switch format {
    case .table where Style.isOn: Terminal.write(table().text(width: Terminal.width, paint: Style.painted))
    case .table: Terminal.write(table().text(width: Terminal.width))
    case .csv: Terminal.write(table().csv())
    case .xlsx: try Terminal.write(Workbook([table()]))
    case .json: Terminal.write(try JSON.text(value))
    }
  }

  /// The same with a table of its own for a spreadsheet: one number a cell, empty where nobody knows it, and what is
  /// not known in words in a column of states.
  package func write(
    _ table: @autoclosure () -> TextTable,
    sheet: @autoclosure () -> TextTable,
    json value: some Encodable
  ) throws {
    switch format {
    case .table, .json: try write(table(), json: value)
    case .csv, .xlsx: try write(sheet(), json: value)
    }
  }
}

/// JSON as every answer of the product writes it: keys in order, so that equal values are equal bytes.
package enum JSON {
  package static func text(_ value: some Encodable) throws -> String {
    if let rows = value as? any JSONRows { return rows.json }
    if let object = value as? any JSONRow { return object.json }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

/// A list whose rows write themselves.
private protocol JSONRows { var json: String { get } }
extension Array: JSONRows where Element: JSONRow {}
