import Tabular

/// What the operations answer with, as JSON Schemas.
///
/// `answers.json` is made of the answers' types by a test, which fails when it is stale: whoever changes an answer
/// sees it as a change of that file.
struct AnswerSchemas: Sendable {
  /// By the operation's words.
  private(set) var operations: [String: JSONValue] = [:]
  /// What these refer to, by name.
  private(set) var schemas: [String: JSONValue] = [:]

  static let embedded = AnswerSchemas(String(decoding: PackageResources.answers_json, as: UTF8.self))

  private init(_ text: String) {
    guard let parsed = try? JSONText.parse(text), case .object(let file) = JSONValue(parsed) else { return }
    if case .object(let operations) = file["operations"] { self.operations = operations }
    if case .object(let schemas) = file["schemas"] { self.schemas = schemas }
  }
}
