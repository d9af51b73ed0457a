import Tabular

/// The cells of one line of a sheet, read by the names of their columns.
package struct SheetRow {
  private let record: CSVReader.Record
  private let positions: [String: Int]
  package private(set) var findings: [Finding] = []

  init(record: CSVReader.Record, positions: [String: Int]) {
    self.record = record
    self.positions = positions
  }

  package var line: Int { record.line }

  /// The cell without surrounding spaces; empty where the column is absent.
  package func text(_ column: String) -> String {
    guard let position = positions[column] else { return "" }
    let cell = record.fields[position]
    // A letter or digit of ASCII at both ends, as nearly always: nothing to look up in the tables of Unicode.
    if cell.utf8.first.isInk, cell.utf8.last.isInk { return cell }
    return cell.first?.isWhitespace == true || cell.last?.isWhitespace == true ? cell.trimmed : cell
  }

  /// The cell, nil where it is empty or the column absent.
  package func filled(_ column: String) -> String? {
    let cell = text(column)
    return cell.isEmpty ? nil : cell
  }

  /// The cell as a value; a finding where it is empty or does not read.
  package mutating func value<Value>(
    _ column: String,
    expected: String,
    parse: (String) -> Value?
  ) -> Value? {
    let found = text(column)
    guard !found.isEmpty, let value = parse(found) else {
      report(column, found: found, expected: expected)
      return nil
    }
    return value
  }

  /// The cell as a value, nil where it is empty; a finding where it does not read.
  package mutating func optional<Value>(
    _ column: String,
    expected: String,
    parse: (String) -> Value?
  ) -> Value? {
    let found = text(column)
    if found.isEmpty { return nil }
    if let value = parse(found) { return value }
    report(column, found: found, expected: expected)
    return nil
  }

  package mutating func report(_ column: String, found: String? = nil, expected: String) {
    findings.append(Finding(line: line, field: column, found: found ?? text(column), expected: expected))
  }
}

extension SheetRow {
  package mutating func code<Entity>(_ column: String, of _: Entity.Type = Entity.self) -> Code<Entity>? {
    value(column, expected: Code<Entity>.expectation, parse: Code.init(rawValue:))
  }
  package mutating func optionalCode<Entity>(_ column: String, of _: Entity.Type) -> Code<Entity>? {
    optional(column, expected: Code<Entity>.expectation, parse: Code.init(rawValue:))
  }
  package mutating func nonEmpty(_ column: String) -> String? {
    value(column, expected: "a text") { $0 }
  }
  package mutating func integer(_ column: String, in range: ClosedRange<Int64> = 0...Int64.max) -> Int64? {
    value(column, expected: Self.words(for: range)) { Int64($0).flatMap { range.contains($0) ? $0 : nil } }
  }
  package mutating func optionalInteger(
    _ column: String,
    in range: ClosedRange<Int64> = 0...Int64.max
  ) -> Int64? {
    text(column).isEmpty ? nil : integer(column, in: range)
  }
  package mutating func day(_ column: String) -> Day? {
    value(column, expected: "a day as 2026-03-01", parse: Day.init)
  }
  package mutating func optionalDay(_ column: String) -> Day? {
    text(column).isEmpty ? nil : day(column)
  }
  /// One of the raw values of an enumeration.
  package mutating func choice<Choice>(_ column: String, of _: Choice.Type = Choice.self) -> Choice?
  where Choice: CaseIterable & RawRepresentable<String> {
    value(
      column,
      expected: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "),
      parse: Choice.init(rawValue:)
    )
  }

  /// One of the raw values of an enumeration; `empty` where the cell is empty.
  package mutating func choice<Choice>(_ column: String, orEmpty empty: Choice) -> Choice?
  where Choice: CaseIterable & RawRepresentable<String> {
    text(column).isEmpty ? empty : choice(column, of: Choice.self)
  }

  private static func words(for range: ClosedRange<Int64>) -> String {
    range.upperBound == .max
      ? "a whole number from \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

extension UInt8? {
  /// Whether it is a character of ASCII by itself, and no space.
  fileprivate var isInk: Bool { self.map { $0 > 0x20 && $0 < 0x7F } ?? true }
}
