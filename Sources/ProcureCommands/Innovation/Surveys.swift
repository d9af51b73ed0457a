import ArgumentParser
import Inventory
import Procurement
import Storage
import Tabular

struct Surveys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Questions on practice to every centre, with one answer from each.",
    subcommands: [
      New.self, List.self, Show.self, Open.self, Close.self, Reopen.self, AnswerCommand.self, Decline.self,
      Answers.self, Results.self,
    ]
  )

  struct New: AsyncParsableCommand, LimitedArguments {
    static let limits = ["minimum": 1...1_000_000]
    static let configuration = CommandConfiguration(
      abstract: "Draw up a survey from a table of questions.",
      discussion: """
        The table has number, question, kind (yes_no, number, choice, text), choices (a|b|c) and required.

        Example: procure survey new robots-2026 questions.csv --title "Robots" --opens 2026-11-01 \\
          --closes 2026-11-30
        """
    )
    @Argument(help: "The survey's code.") var code: PracticeSurvey.Code
    @Argument(help: "The table of questions: a CSV file, or - for standard input.") var file: String
    @Option(help: "What it is about.") var title: String
    @Option(help: "The first day on which answers are taken.") var opens: Day
    @Option(help: "The last day; answers after it are marked late.") var closes: Day
    @Option(help: "Show results only of so many answers or more.") var minimum: Int64 = 5
    @Option(help: "The innovation that it is about.") var innovation: Innovation.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let terms = PracticeSurvey.Terms(
        code: code,
        title: title,
        opens: opens,
        closes: closes,
        minimumAnswers: minimum,
        innovation: innovation,
        questions: try PracticeSurvey.questionDrafts(from: try ByteInput(path: file))
      )
      try output.write([try await database.write { try PracticeSurvey.start(terms, by: $0, in: $1) }])
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the surveys, the newest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try PracticeSurvey.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a survey's questions with what may be answered."
    )
    @OptionGroup var survey: SurveyOptions

    func run() async throws {
      let found = try await survey.database.read { try PracticeSurvey.find(survey.code, in: $0) }
      try survey.output.write(found.sheet, json: found)
    }
  }

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open a survey: answers are taken from now on.")
    @OptionGroup var survey: SurveyOptions
    func run() async throws { try await survey.take(.open) }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close a survey: no answer is taken any more.")
    @OptionGroup var survey: SurveyOptions
    func run() async throws { try await survey.take(.close) }
  }

  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open a closed survey again, for late answers.")
    @OptionGroup var survey: SurveyOptions
    func run() async throws { try await survey.take(.reopen) }
  }

  struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answer",
      abstract: "Take centres' answers from a table: centre_code, question, answer.",
      discussion: "An answer is final unless it is a draft; the same answer sent twice counts once."
    )
    @Argument(help: "The survey's code.") var code: PracticeSurvey.Code
    @Flag(help: "Keep it as a draft that may be replaced.") var draft = false
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let entries = try PracticeSurvey.answerDrafts(from: try source.input())
      try Session.requireCovered(entries.map(\.centre))
      let (code, state) = (code, draft ? PracticeSurvey.Answer.State.draft : .submitted)
      try await source.take(entries, named: "answers", into: database) { entries, stamp, connection in
        try PracticeSurvey.take(entries, for: code, as: state, by: stamp, in: connection)
      }
    }
  }

  struct Decline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that a centre will not answer.")
    @OptionGroup var survey: SurveyOptions
    @Option(help: "The centre's code.") var centre: Centre.Code
    @Option(help: "Why.") var reason: String

    func run() async throws {
      let answer = try await survey.database.write { stamp, connection in
        try PracticeSurvey.answer(
          survey.code,
          by: centre,
          [],
          as: .declined,
          reason: reason,
          stamp: stamp,
          in: connection
        )
      }
      try survey.output.write([answer])
    }
  }

  struct Answers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List who answered, who drafts and who declined."
    )
    @OptionGroup var survey: SurveyOptions
    @Option(help: "Only this centre.") var centre: Centre.Code?

    func run() async throws {
      let answers = try await survey.database.read { connection in
        try PracticeSurvey.find(survey.code, in: connection).answers(in: connection)
      }
      try survey.output.write(answers.filter { centre == nil || $0.centre == centre })
    }
  }

  struct Results: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how complete a survey is and, where enough centres answered, what they said."
    )
    @OptionGroup var survey: SurveyOptions

    func run() async throws {
      let results = try await survey.database.read { try SurveyResults.read(survey.code, in: $0) }
      try survey.output.write(results.table, json: results)
    }
  }
}

/// Which survey, and how it is shown.
struct SurveyOptions: ParsableArguments {
  @Argument(help: "The survey's code.") var code: PracticeSurvey.Code
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func take(_ step: PracticeSurvey.Step) async throws {
    try output.write([try await database.write { try PracticeSurvey.take(step, code, by: $0, in: $1) }])
  }
}
