import HTTPTypes
import Tabular

/// What a JSON body says: values for parameters, and tables.
struct BodyFields {
  private(set) var tables: [String: [UInt8]] = [:]
  /// The member whose elements are the lines of the operation's table; nil where it is a text with lines of its own.
  private(set) var rows: String?

  /// Reads an object whose members are parameters and tables.
  init(_ body: [UInt8], into fields: inout Fields) throws(Problem) {
    let text = try Self.object(body)
    let tables = fields.form.tables
    for (key, value) in text {
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
      } else {
        fields.take(key, Self.texts(value), pointer: pointer)
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

  /// A value as the texts of a parameter.
  private static func texts(_ value: JSONText) -> [String] {
    if case .array(let elements) = value.value { return elements.map(\.shown) }
    return [value.shown]
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
