import Foundation
import ProcureCommands
import Testing

@testable import ProcurementAPI

/// The schemas of the answers: made of their types, kept beside the routes, and held against what is answered.
struct SchemaTests {
  @Test func `every operation that shows something has a type, and nothing else has`() {
    let shown = RouteTable.all.routes.filter { $0.content == .values }.map { $0.words.joined(separator: " ") }
    #expect(Set(AnswerTypes.all.keys) == Set(shown))
  }

  /// With PROCURE_WRITE_SCENARIOS the file is written instead.
  @Test func `the file of schemas says what the types say`() throws {
    let made = Self.made()
    #expect(made.unforeseen == [])
    let path = Sample.root.appending(path: "Sources/ProcurementAPI/OpenAPI/answers.json")
    if ProcessInfo.processInfo.environment["PROCURE_WRITE_SCENARIOS"] != nil {
      try made.text.write(to: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: path, encoding: .utf8) == made.text)
    #expect(Set(AnswerSchemas.embedded.operations.keys) == Set(AnswerTypes.all.keys))
  }

  private static func made() -> (text: String, unforeseen: Set<String>) {
    var schemas = TypeSchemas()
    let operations = AnswerTypes.all.sorted { $0.key < $1.key }.map { words, types in
      let choices = types.map { schemas.schema(of: $0) }
      let schema: JSONValue =
        choices.isEmpty ? [:] : choices.count == 1 ? choices[0] : ["anyOf": .array(choices)]
      return line(words, schema)
    }
    let components = schemas.components.sorted { $0.key < $1.key }.map(line)
    let text = """
      {
      "operations": {
      \(operations.joined(separator: ",\n"))
      },
      "schemas": {
      \(components.joined(separator: ",\n"))
      }
      }

      """
    return (text, schemas.unforeseen)
  }

  private static func line(_ name: String, _ value: JSONValue) -> String {
    "\(JSONValue.string(name).text): \(value.text)"
  }
}
