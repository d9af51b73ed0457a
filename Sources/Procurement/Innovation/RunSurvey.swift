package import Inventory
package import Storage

extension PracticeSurvey {
  /// Draws up a survey; the same one drawn up twice is one.
  package static func start(_ terms: Terms, by stamp: Stamp, in connection: any Connection) throws
    -> PracticeSurvey
  {
    let findings = terms.findings
    guard findings.isEmpty else { throw InnovationError.invalid(findings) }
    guard try insert(terms, in: connection) else {
      let known = try find(terms.code, in: connection)
      guard known.terms == terms else {
        throw InnovationError.codeTaken(noun: "survey", code: terms.code.rawValue)
      }
      return known
    }
    let survey = try find(terms.code, in: connection)
    try Audit.record(
      "survey.start",
      subject: "survey \(terms.code)",
      after: survey,
      by: stamp,
      in: connection
    )
    return survey
  }

  /// Takes a step along the diagram and logs it.
  package static func take(
    _ step: Step,
    _ code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PracticeSurvey {
    let before = try find(code, in: connection)
    guard let next = before.state.after(step), try before.store(next, in: connection) else {
      throw InnovationError.notAllowed(
        step: step.rawValue,
        noun: "survey",
        code: code.rawValue,
        state: before.state.rawValue
      )
    }
    try Audit.record(
      "survey.\(step.rawValue)",
      subject: "survey \(code)",
      before: before.state.rawValue,
      after: next.rawValue,
      by: stamp,
      in: connection
    )
    return try find(code, in: connection)
  }
}

extension PracticeSurvey.Terms {
  fileprivate var findings: [Finding] {
    var findings: [Finding] = []
    if closes < opens {
      findings.append(.init(field: "closes", found: "\(closes)", expected: "a day not before \(opens)"))
    }
    if minimumAnswers < 1 {
      findings.append(.init(field: "minimum", found: "\(minimumAnswers)", expected: "1 or more answers"))
    }
    if questions.isEmpty {
      findings.append(.init(field: "questions", found: "", expected: "at least one question"))
    }
    for (index, question) in questions.enumerated() {
      if question.number != Int64(index + 1) {
        findings.append(
          .init(field: "number", found: "\(question.number)", expected: "\(index + 1), counted from 1")
        )
      }
      let isChoice = question.kind == .choice
      if isChoice != (question.choices.count > 1) || question.choices.contains(where: { $0.contains("|") }) {
        findings.append(
          .init(
            field: "choices",
            found: question.choices.joined(separator: "|"),
            expected: isChoice ? "at least two choices" : "none, for a \(question.kind.rawValue) question"
          )
        )
      }
    }
    return findings
  }
}
