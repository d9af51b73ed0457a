import ArgumentParser
import Foundation
import Inventory
import Planning
import Tabular

/// The file argument that every problem on plain files takes.
struct ProblemFile: ParsableArguments {
  @Argument(help: "The problem as JSON; - reads standard input.")
  var file: String

  func contents() throws -> String {
    if file == "-" {
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("\(file) cannot be read: no such file, or not allowed.")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Reads a problem, or refuses it with every wrong line.
enum ProblemReading {
  /// Makes the problem of the fields; `faults` is what the mathematics would refuse of it, told together with what the
  /// reading refuses.
  static func read<Problem>(
    _ text: String,
    named name: String,
    faults: (Problem) -> [SharingFault],
    _ build: (ProblemFields) -> Problem
  ) throws -> Problem {
    let notes = ProblemNotes()
    let parsed: JSONText
    do {
      parsed = try JSONText.parse(text)
    } catch {
      let finding = Finding(line: error.line, field: "JSON", found: error.found, expected: error.expected)
      throw ProblemFileError(name: name, findings: [finding])
    }
    let fields = ProblemFields(parsed, path: "", notes: notes)
    let problem = build(fields)
    fields.refuseTheRest()
    let noted = Set(notes.findings.map(\.field))
    let more = refusal(of: SharingFaults(faults(problem)), named: name).findings.filter { fault in
      !noted.contains { $0 == fault.field || fault.field.hasPrefix($0 + ".") || isLimit($0, of: fault.field) }
    }
    let findings = notes.findings.sorted { ($0.line ?? 0) < ($1.line ?? 0) } + more
    guard findings.isEmpty else { throw ProblemFileError(name: name, findings: findings) }
    return problem
  }

  /// Whether a field that could not be read is what another is measured by.
  private static func isLimit(_ noted: String, of field: String) -> Bool {
    guard let object = field.range(of: ".firstTranche", options: .backwards) else { return false }
    return noted == field[..<object.lowerBound] + ".target"
  }

  /// What the mathematics refuses, in the same words as what the reading refuses.
  static func refusal(of faults: SharingFaults, named name: String) -> ProblemFileError {
    ProblemFileError(
      name: name,
      findings: faults.faults.map { fault in
        let isDay = fault.path.hasSuffix(".day") || fault.path.hasSuffix(".expiry")
        let found = isDay ? Int64(fault.found).map { Day(rawValue: $0).description } : nil
        return Finding(field: fault.path, found: found ?? fault.found, expected: fault.expected)
      }
    )
  }
}

/// What a solved problem shows: tables and sentences for a person, the first table for a spreadsheet.
struct ProblemReport<JSONValue: Encodable> {
  var tables: [TextTable]
  var sentences: [String]
  var json: JSONValue

  func text(width: Int?) -> String {
    tables.filter { !$0.rows.isEmpty }.map { $0.text(width: width) }.joined(separator: "\n")
      + sentences.map { "\n" + $0 }.joined() + (sentences.isEmpty ? "" : "\n")
  }

  func write(as format: OutputFormat) throws {
    switch format {
    case .table: Terminal.write(text(width: Terminal.width))
    case .csv: Terminal.write(tables.first?.csv() ?? "")
    case .xlsx: try Terminal.write(Workbook(tables))
    case .json: Terminal.write(try JSON.text(json))
    }
  }
}

/// How the figures of a plan are written.
enum Figure {
  static func count(_ value: Int?) -> String { value.map { "\($0)" } ?? "–" }
  static func days(_ cover: Fraction?) -> String { cover.map { $0.decimal(places: 1) } ?? "–" }
  static func percent(_ share: Fraction?) -> String {
    share.map { ($0 * Fraction(100)).decimal(places: 1) + " %" } ?? "–"
  }
  static func day(_ number: Int) -> String { Day(rawValue: Int64(number)).description }
  static func day(_ number: Int?) -> String { number.map { day($0) } ?? "–" }
  static func euros(_ cents: Int) -> String { Fraction(cents, over: 100).decimal(places: 2) }

  /// For programs: a decimal with two places, rounded half away from zero.
  static func number(_ value: Fraction?) -> Double? { value.flatMap { Double($0.decimal(places: 2)) } }
}
