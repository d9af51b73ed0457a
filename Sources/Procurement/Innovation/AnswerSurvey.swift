package import Inventory
package import Storage

extension PracticeSurvey {
  /// Takes the one answer of a centre: a draft may be replaced, what was submitted or declined is final, and the
  /// same answer sent twice counts once.
  ///
  /// - Parameters:
  ///   - code: the survey, which must be open.
  ///   - centre: who answers.
  ///   - lines: answers by question, each at most once.
  ///   - state: a draft, the final answer, or the refusal to give one.
  ///   - reason: why it declines.
  ///   - stamp: who answers, and when.
  ///   - connection: a transaction.
  /// - Throws: `InnovationError` with everything that is wrong in it.
  /// - Returns: the answer as it is kept.
  @discardableResult
  package static func answer(
    _ code: Code,
    by centre: Centre.Code,
    _ lines: [Line],
    as state: Answer.State,
    reason: String = "",
    stamp: Stamp,
    in connection: any Connection
  ) throws -> Answer {
    let survey = try find(code, in: connection)
    _ = try Centre.find(centre, in: connection)
    let day = stamp.at.day
    let answer = Answer(
      centre: centre,
      state: state,
      answeredOn: day,
      isLate: day > survey.terms.closes,
      reason: reason,
      lines: state == .declined ? [] : lines.sorted { $0.question < $1.question }
    )
    let known = try survey.answers(in: connection).first { $0.centre == centre }
    if let known, known.isSame(as: answer) { return known }
    // Writing the survey's row first makes an answer wait for whoever closes the survey at the same moment.
    guard survey.state == .open, try survey.store(.open, in: connection) else {
      throw InnovationError.notAnswering(code, survey.state)
    }
    let findings = survey.findings(in: answer)
    guard findings.isEmpty else { throw InnovationError.invalid(findings) }
    if try !survey.open(answer, by: stamp.actor, in: connection) {
      guard try survey.replaceDraft(answer, by: stamp.actor, in: connection) else {
        throw InnovationError.answeredAlready(code, centre)
      }
    }
    try survey.storeLines(of: answer, in: connection)
    try Audit.record(
      "survey.answer",
      subject: "survey \(code) \(centre)",
      chain: .centre(centre.rawValue),
      before: known,
      after: answer,
      by: stamp,
      in: connection
    )
    return answer
  }

  private func findings(in answer: Answer) -> [Finding] {
    var findings: [Finding] = []
    var seen: Set<Int64> = []
    for line in answer.lines {
      let field = "\(answer.centre), question \(line.question)"
      guard let question = terms.questions.first(where: { $0.number == line.question }) else {
        findings.append(
          .init(field: field, found: line.answer, expected: "a question from 1 to \(terms.questions.count)")
        )
        continue
      }
      if !seen.insert(line.question).inserted {
        findings.append(.init(field: field, found: line.answer, expected: "one answer to a question"))
      } else if let expected = question.fault(in: line.answer) {
        findings.append(.init(field: field, found: line.answer, expected: expected))
      }
    }
    guard answer.state == .submitted else { return findings }
    for question in terms.questions where question.isRequired && !seen.contains(question.number) {
      findings.append(
        .init(field: "\(answer.centre), question \(question.number)", found: "", expected: "an answer")
      )
    }
    return findings
  }
}

extension PracticeSurvey.Answer {
  /// Says the same, whenever it was said.
  fileprivate func isSame(as other: Self) -> Bool {
    centre == other.centre && state == other.state && lines == other.lines && reason == other.reason
  }
}
