import HTTPTypes
import Tabular

/// What a JSON body says: values for parameters, and tables.
struct BodyFields {
  private(set) var tables: [String: [UInt8]] = [:]
  /// The member whose elements are the lines of the operation's table; nil where it is a text with lines of its own.
  private(set) var rows: String?
  private(set) var names: Set<String> = []

  /// Reads an object whose members are parameters and tables.
  init(_ body: [UInt8], into fields: inout Fields) throws(Problem) {
    let text = try Self.object(body)
    let tables = fields.form.tables
    for (key, value) in text {
      names.insert(key)
      let pointer = "/\(JSONPointer.token(key))"
      if let table = tables.first(where: { RouteForm.tableKey($0) == key }) {
        guard self.tables[table.name] == nil else {
          fields.wrong(key, "twice", "each member once", pointer)
          continue
        }
        if case .array = value.value, table.name == "file" { rows = key }
        do throws(Problem.Mistake.Place) { self.tables[table.name] = try RowsAsTable.bytes(of: value) } catch
        {
          fields.wrong(key, error.found, error.expected, pointer + error.path)
        }
      } else if case .word("null") = value.value {
        continue
      } else if let parameter = fields.form.parameter(key) {
        do throws(Problem.Mistake.Place) {
          fields.take(key, try Self.texts(value, of: parameter), pointer: pointer)
        } catch { fields.wrong(key, error.found, error.expected, pointer + error.path) }
      } else {
        fields.wrong(key, value.shown, "a parameter of this request", pointer)
      }
    }
  }

  static func parsed(_ body: [UInt8]) throws(Problem) -> JSONText {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw Problem(.badRequest, "request.encoding", "the body is not UTF-8")
    }
    do throws(JSONSyntaxError) { return try JSONText.parse(text) } catch {
      let mistake = Problem.Mistake(
        line: error.line,
        field: "body",
        found: error.found,
        expected: error.expected
      )
      throw Problem(.badRequest, "request.json", "the body is not JSON", errors: [mistake])
    }
  }

  private static func object(_ body: [UInt8]) throws(Problem) -> [(key: String, value: JSONText)] {
    let text = try parsed(body)
    guard case .object(let members) = text.value else {
      let mistake = Problem.Mistake(pointer: "", field: "body", found: text.shown, expected: "an object")
      throw Problem(.badRequest, "request.json", "the body is not an object", errors: [mistake])
    }
    return members
  }

  /// A value as the texts of a parameter: of the kind that the service's description says, a list only where it says so.
  private static func texts(
    _ value: JSONText,
    of parameter: Signature.Parameter
  ) throws(Problem.Mistake.Place) -> [String] {
    guard parameter.isRepeating else { return [try text(value, parameter.value, at: "")] }
    guard case .array(let elements) = value.value else {
      throw .init(path: "", found: value.quoted, expected: "a list")
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      texts.append(try text(element, parameter.value, at: "/\(index)"))
    }
    return texts
  }

  private static func text(
    _ value: JSONText,
    _ kind: ValueKind,
    at path: String
  ) throws(Problem.Mistake.Place) -> String {
    switch (kind, value.value) {
    case (.integer, .number(let text)), (.number, .number(let text)), (.boolean, .word(let text)),
      (.day, .string(let text)), (.code, .string(let text)), (.text, .string(let text)),
      (.choice, .string(let text)):
      return text
    default: throw .init(path: path, found: value.quoted, expected: kind.inJSON)
    }
  }
}

extension Problem.Mistake {
  /// What is wrong at a place below a member of the body.
  struct Place: Error {
    var path: String
    var found: String
    var expected: String
    /// From 0, in a list of rows.
    var row: Int?
    var field: String?
  }
}

extension JSONText {
  /// As it is shown to the one who wrote it, a text in its quotes.
  fileprivate var quoted: String { if case .string(let text) = value { "\"\(text)\"" } else { shown } }
}

extension ValueKind {
  /// What it is in JSON, in words.
  fileprivate var inJSON: String {
    switch self {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): range.map(Self.words) ?? "a number"
    case .boolean: "true or false"
    case .day: "a day as 2026-03-01"
    case .code, .text: "a text"
    case .choice(let values): "one of \(values.joined(separator: ", "))"
    }
  }
}
