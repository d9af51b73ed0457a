package import Inventory
package import Storage
package import Tabular

extension PracticeSurvey {
  /// Reads a table of questions; everything wrong in it is told at once.
  package static func questionDrafts(from input: consuming ByteInput) throws -> [Question] {
    let columns: [Sheet.Column] = [
      .init("number"), .init("question", aliases: ["wording"]), .init("kind"),
      .init("choices", required: false), .init("required", required: false),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let number = row.integer("number", in: 1...999)
      let wording = row.nonEmpty("question")
      let kind = row.choice("kind", of: Question.Kind.self)
      let required = row.optional("required", expected: "yes or no") { ["yes": true, "no": false][$0] }
      guard let number, let wording, let kind else { return nil }
      let choices = row.text("choices").split(separator: "|").map(String.init)
      return Question(number, wording, kind, choices: choices, isRequired: required ?? true)
    }
  }

  /// A line of a table of answers.
  package struct AnswerEntry: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var line: Line
  }

  package static func answerDrafts(from input: consuming ByteInput) throws -> [AnswerEntry] {
    let columns: [Sheet.Column] = [.init("centre_code"), .init("question"), .init("answer")]
    return try Sheet.values(of: input, columns: columns) { row in
      let centre = row.code("centre_code", of: Centre.self)
      let question = row.integer("question", in: 1...999)
      let answer = row.nonEmpty("answer")
      guard let centre, let question, let answer else { return nil }
      return AnswerEntry(centre: centre, line: Line(question, answer))
    }
  }

  /// Takes a table of answers of several centres, all or none, with all that is wrong in any of them.
  package static func take(
    _ entries: [AnswerEntry],
    for code: Code,
    as state: Answer.State,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let centres = Dictionary(grouping: entries, by: \.centre)
    let known = Set(try Centre.all(in: connection).map(\.code))
    var findings: [Finding] = []
    for (centre, lines) in centres.sorted(by: { $0.key < $1.key }) {
      guard known.contains(centre) else {
        findings.append(.init(field: "centre_code", found: "\(centre)", expected: "a known centre"))
        continue
      }
      do {
        try answer(code, by: centre, lines.map(\.line), as: state, stamp: stamp, in: connection)
      } catch let error as InnovationError where !error.findings.isEmpty {
        findings += error.findings
      }
    }
    guard findings.isEmpty else { throw InnovationError.invalid(findings) }
  }
}
