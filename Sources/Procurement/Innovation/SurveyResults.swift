package import Inventory
package import Storage

/// What a survey found: how complete it is, and what was answered where enough centres did.
package struct SurveyResults: Equatable, Sendable, Codable {
  package var survey: PracticeSurvey.Code
  /// Hospital sites and affiliates of the network.
  package var asked: Int64
  package var submitted: Int64
  package var late: Int64
  package var drafts: Int64
  package var declined: Int64
  package var missing: [Centre.Code]
  package var minimumAnswers: Int64
  /// Nil while fewer centres than the minimum have submitted.
  package var questions: [QuestionResult]?

  package struct QuestionResult: Equatable, Sendable, Codable {
    package var question: PracticeSurvey.Question
    package var answered: Int64
    /// How often each answer was given; of a text, nothing.
    package var counts: [Count]
    /// Of numbers: the least, the median (of an even count the lower middle) and the greatest.
    package var least: Int64?
    package var median: Int64?
    package var greatest: Int64?
  }

  package struct Count: Equatable, Sendable, Codable {
    package var answer: String
    package var centres: Int64
  }

  /// Submitted of those asked, in percent, rounded down.
  package var completeness: Int64 { asked == 0 ? 0 : 100 * submitted / asked }
}

extension SurveyResults {
  package static func read(_ code: PracticeSurvey.Code, in connection: any Connection) throws -> SurveyResults
  {
    let survey = try PracticeSurvey.find(code, in: connection)
    let answers = try survey.answers(in: connection)
    let asked = try Centre.all(in: connection).filter { $0.kind != .technicalPlatform }.map(\.code)
    let submitted = answers.filter { $0.state == .submitted }
    let answered = Set(answers.map(\.centre))
    return SurveyResults(
      survey: code,
      asked: Int64(asked.count),
      submitted: Int64(submitted.count),
      late: Int64(submitted.count { $0.isLate }),
      drafts: Int64(answers.count { $0.state == .draft }),
      declined: Int64(answers.count { $0.state == .declined }),
      missing: asked.filter { !answered.contains($0) },
      minimumAnswers: survey.terms.minimumAnswers,
      questions: Int64(submitted.count) < survey.terms.minimumAnswers
        ? nil : survey.terms.questions.map { QuestionResult($0, submitted) }
    )
  }
}

extension SurveyResults.QuestionResult {
  init(_ question: PracticeSurvey.Question, _ answers: [PracticeSurvey.Answer]) {
    let given = answers.flatMap(\.lines).filter { $0.question == question.number }.map(\.answer)
    self.question = question
    answered = Int64(given.count)
    let listed: [String] =
      switch question.kind {
      case .yesNo: ["yes", "no"]
      case .choice: question.choices
      case .number, .text: []
      }
    counts = listed.map { answer in .init(answer: answer, centres: Int64(given.count { $0 == answer })) }
    let numbers = question.kind == .number ? given.compactMap { Int64($0) }.sorted() : []
    least = numbers.first
    median = numbers.isEmpty ? nil : numbers[(numbers.count - 1) / 2]
    greatest = numbers.last
  }
}
