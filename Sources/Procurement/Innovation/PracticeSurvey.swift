package import Inventory

/// Questions on practice put to every centre, with one answer from each.
package struct PracticeSurvey: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<PracticeSurvey>
  package typealias Code = Inventory.Code<PracticeSurvey>

  package let id: ID
  package var terms: Terms
  package var state: State

  package struct Terms: Equatable, Sendable, Codable {
    package var code: Code
    package var title: String
    /// The first and the last day on which answers are taken; later ones are marked late.
    package var opens: Day
    package var closes: Day
    /// Nothing is shown of fewer answers than this.
    package var minimumAnswers: Int64
    package var innovation: Innovation.Code?
    package var questions: [Question]

    package init(
      code: Code,
      title: String,
      opens: Day,
      closes: Day,
      minimumAnswers: Int64 = 5,
      innovation: Innovation.Code? = nil,
      questions: [Question]
    ) {
      self.code = code
      self.title = title
      self.opens = opens
      self.closes = closes
      self.minimumAnswers = minimumAnswers
      self.innovation = innovation
      self.questions = questions
    }
  }

  package struct Question: Equatable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
      case yesNo = "yes_no"
      case number, choice, text
    }

    /// From 1.
    package var number: Int64
    package var wording: String
    package var kind: Kind
    package var choices: [String]
    package var isRequired: Bool

    package init(
      _ number: Int64,
      _ wording: String,
      _ kind: Kind,
      choices: [String] = [],
      isRequired: Bool = true
    ) {
      self.number = number
      self.wording = wording
      self.kind = kind
      self.choices = choices
      self.isRequired = isRequired
    }

    /// What is expected where an answer is not one; nil where it is.
    package func fault(in answer: String) -> String? {
      switch kind {
      case .yesNo: answer == "yes" || answer == "no" ? nil : "yes or no"
      case .number: Int64(answer).map { $0 >= 0 } == true ? nil : "a whole number from 0"
      case .choice: choices.contains(answer) ? nil : "one of " + choices.joined(separator: ", ")
      case .text: nil
      }
    }
  }

  package enum State: String, CaseIterable, Codable, Sendable { case draft, open, closed }
  package enum Step: String, CaseIterable, Codable, Sendable { case open, close, reopen }

  package struct Answer: Equatable, Sendable, Codable {
    package enum State: String, CaseIterable, Codable, Sendable { case draft, submitted, declined }
    package var centre: Centre.Code
    package var state: State
    package var answeredOn: Day
    package var isLate: Bool
    package var reason: String
    package var lines: [Line]
  }

  package struct Line: Equatable, Sendable, Codable {
    package var question: Int64
    package var answer: String

    package init(_ question: Int64, _ answer: String) {
      self.question = question
      self.answer = answer
    }
  }
}

extension PracticeSurvey.State {
  /// draft → open → closed, and open again. Nil where the diagram has no such step.
  package func after(_ step: PracticeSurvey.Step) -> Self? {
    switch (self, step) {
    case (.draft, .open), (.closed, .reopen): .open
    case (.open, .close): .closed
    case (.draft, _), (.open, _), (.closed, _): nil
    }
  }
}
