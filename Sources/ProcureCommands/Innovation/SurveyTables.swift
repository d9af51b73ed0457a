import Inventory
import Procurement
package import Tabular

extension PracticeSurvey: Listed {
  package static let columns: [TextTable.Column] = [
    .init("survey"), .init("title"), .init("state"), .init("opens"), .init("closes"),
    .init("questions", .right), .init("about"),
  ]
  package var cells: [String] {
    [
      terms.code.rawValue, terms.title, state.rawValue, "\(terms.opens)", "\(terms.closes)",
      "\(terms.questions.count)", terms.innovation?.rawValue ?? "",
    ]
  }
}

extension PracticeSurvey.Answer: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("state"), .init("on"), .init("late"), .init("answers", .right), .init("reason"),
  ]
  package var cells: [String] {
    [
      centre.rawValue, state.rawValue, "\(answeredOn)", isLate ? "late" : "", "\(lines.count)", reason,
    ]
  }
}

extension SurveyResults {
  var table: TextTable {
    var table = TextTable([.init("what"), .init("answer"), .init("centres", .right)])
    table.add("asked", "", "\(asked)")
    table.add("submitted", "\(completeness) % of those asked", "\(submitted)")
    table.add("late, of these", "", "\(late)")
    table.add("drafts", "", "\(drafts)")
    table.add("declined", "", "\(declined)")
    table.add("said nothing", missing.map(\.rawValue).joined(separator: " "), "\(missing.count)")
    guard let questions else {
      table.add("results", "shown from \(minimumAnswers) answers on", "")
      return table
    }
    for result in questions {
      let title = "\(result.question.number). \(result.question.wording)"
      if let least = result.least, let median = result.median, let greatest = result.greatest {
        table.add(title, "\(least) to \(greatest), median \(median)", "\(result.answered)")
      } else {
        table.add(title, "answered", "\(result.answered)")
      }
      for count in result.counts { table.add("", count.answer, "\(count.centres)") }
    }
    return table
  }
}

extension PracticeSurvey {
  /// The survey as a centre needs it to answer.
  var sheet: TextTable {
    var table = TextTable([.init("field"), .init("value")])
    for (column, cell) in zip(Self.columns, cells) where !cell.isEmpty { table.add(column.title, cell) }
    table.add("results shown", "from \(terms.minimumAnswers) answers on")
    for question in terms.questions {
      table.add("question \(question.number)", question.wording)
      table.add("", question.expected)
    }
    return table
  }
}

extension PracticeSurvey.Question {
  /// What may be answered.
  fileprivate var expected: String {
    let answers =
      switch kind {
      case .yesNo: "yes or no"
      case .number: "a whole number"
      case .choice: "one of: " + choices.joined(separator: ", ")
      case .text: "words"
      }
    return isRequired ? answers : answers + "; may be left out"
  }
}
