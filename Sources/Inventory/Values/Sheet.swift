package import Tabular

/// A table that a user gives, read by the names of its columns. Whatever is wrong is collected, line by line and
/// field by field, so that one reading tells all of it.
package struct Sheet: ~Copyable {
  /// A column by its name, and the other names it goes by (matched without case, spaces or accents).
  package struct Column: Sendable {
    package let name: String
    package let aliases: [String]
    package let isRequired: Bool

    package init(_ name: String, aliases: [String] = [], required: Bool = true) {
      self.name = name
      self.aliases = aliases
      isRequired = required
    }
  }

  private var reader: CSVReader
  private let positions: [String: Int]
  private let width: Int
  package private(set) var findings: [Finding]

  /// Reads the header. A missing or unknown column is a finding on line 1; reading goes on with the others.
  package init(_ input: consuming ByteInput, columns: [Column]) throws(CSVError) {
    reader = CSVReader(input)
    let header = try reader.next()?.fields ?? []
    var findings: [Finding] = []
    var positions: [String: Int] = [:]
    for (index, title) in header.enumerated() {
      guard let column = columns.first(where: { $0.isNamed(title) }) else {
        findings.append(
          Finding(line: 1, field: title, found: "unknown column", expected: Self.names(of: columns))
        )
        continue
      }
      if positions.updateValue(index, forKey: column.name) != nil {
        findings.append(Finding(line: 1, field: title, found: "the column twice", expected: "it once"))
      }
    }
    for column in columns where column.isRequired && positions[column.name] == nil {
      findings.append(Finding(line: 1, field: column.name, found: "no such column", expected: "the column"))
    }
    self.findings = findings
    self.positions = positions
    width = header.count
  }

  package func has(_ column: String) -> Bool { positions[column] != nil }

  /// What was found since this was last asked, so that a long table with many faults does not fill the memory.
  package mutating func takeFindings() -> [Finding] { exchange(&findings, with: []) }

  private static func names(of columns: [Column]) -> String {
    "one of " + columns.map(\.name).joined(separator: ", ")
  }

  /// Reads the next line with `body`, which reads its cells; nil at the end, or where the line had findings.
  ///
  /// - Parameter body: builds a value from the row; what it finds wrong is kept in `findings`.
  /// - Throws: what makes the text no table.
  /// - Returns: `.end`, `.wrong`, or the value.
  package mutating func next<Value>(_ body: (inout SheetRow) -> Value?) throws(CSVError) -> Line<Value> {
    guard let record = try reader.next() else { return .end }
    guard record.fields.count == width else {
      findings.append(
        Finding(
          line: record.line,
          field: "line",
          found: "\(record.fields.count) fields",
          expected: "\(width), as in the header"
        )
      )
      return .wrong
    }
    var row = SheetRow(record: record, positions: positions)
    let value = body(&row)
    findings += row.findings
    guard row.findings.isEmpty, let value else { return .wrong }
    return .value(value)
  }

  package enum Line<Value> { case end, wrong, value(Value) }
}

extension Sheet {
  /// Every value of the table, or an error with all that is wrong in it.
  package static func values<Value>(
    of input: consuming ByteInput,
    columns: [Column],
    row body: (inout SheetRow) -> Value?
  ) throws -> [Value] {
    var sheet = try Sheet(input, columns: columns)
    var values: [Value] = []
    reading: while true {
      switch try sheet.next(body) {
      case .end: break reading
      case .wrong: continue
      case .value(let value): values.append(value)
      }
    }
    guard sheet.findings.isEmpty else { throw SheetError(findings: sheet.findings) }
    return values
  }
}

/// A table that cannot be taken: nothing of it was.
package struct SheetError: DomainError, Equatable {
  package let findings: [Finding]

  package init(findings: [Finding]) { self.findings = findings }

  package var kind: ErrorKind { .invalid }
  package var code: String { "import.findings" }
  package var description: String {
    "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong in the table; nothing was taken"
  }
}

extension Sheet.Column {
  fileprivate func isNamed(_ title: String) -> Bool {
    let folded = title.foldedName
    return ([name] + aliases).contains { $0.foldedName == folded }
  }
}

extension String {
  /// Lower case, letters and digits only, French accents taken off: how column titles are compared.
  package var foldedName: String {
    String(
      lowercased().unicodeScalars.compactMap { scalar -> Character? in
        switch scalar {
        case "à", "â", "ä": "a"
        case "é", "è", "ê", "ë": "e"
        case "î", "ï": "i"
        case "ô", "ö": "o"
        case "ù", "û", "ü": "u"
        case "ç": "c"
        default: scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? Character(scalar) : nil
        }
      }
    )
  }
}
