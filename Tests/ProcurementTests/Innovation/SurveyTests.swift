import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct SurveyTests {
  private static let stamp = Stamp(actor: "tester", at: Instant(Network.day, hour: 8))

  private static func terms(minimum: Int64 = 2) -> PracticeSurvey.Terms {
    PracticeSurvey.Terms(
      code: "practice",
      title: "Practice",
      opens: Network.day,
      closes: Network.day + 10,
      minimumAnswers: minimum,
      questions: [
        .init(1, "Do you have one?", .yesNo), .init(2, "How many a year?", .number),
        .init(3, "Which kind?", .choice, choices: ["arm", "closed"], isRequired: false),
      ]
    )
  }

  private func opened(_ backend: Backend, minimum: Int64 = 2) async throws -> any Database {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try PracticeSurvey.start(Self.terms(minimum: minimum), by: Self.stamp, in: connection)
      _ = try PracticeSurvey.take(.open, "practice", by: Self.stamp, in: connection)
    }
    return network.database
  }

  private func take(
    _ table: String,
    _ state: PracticeSurvey.Answer.State = .submitted,
    at stamp: Stamp = stamp,
    in database: any Database
  ) async throws {
    try await database.write { connection in
      let entries = try PracticeSurvey.answerDrafts(from: ByteInput(Array(table.utf8)))
      try PracticeSurvey.take(entries, for: "practice", as: state, by: stamp, in: connection)
    }
  }

  @Test(arguments: Backend.available)
  func `results are shown from the least number of answers on, and say who is missing`(backend: Backend)
    async throws
  {
    let database = try await opened(backend)
    try await take("centre_code,question,answer\nberard,1,yes\nberard,2,300\nberard,3,arm\n", in: database)
    let few = try await database.read { try SurveyResults.read("practice", in: $0) }
    #expect(few.questions == nil)
    #expect(few.missing == ["curie", "ico"])
    let late = Stamp(actor: "tester", at: Instant(Network.day + 11, hour: 8))
    try await take("centre_code,question,answer\ncurie,1,no\ncurie,2,40\n", at: late, in: database)
    let enough = try await database.read { try SurveyResults.read("practice", in: $0) }
    #expect([enough.asked, enough.submitted, enough.late, enough.completeness] == [3, 2, 1, 66])
    let counts = enough.questions?.map { result in
      result.counts.map { "\($0.answer) \($0.centres)" }.joined(separator: ", ")
    }
    #expect(counts == ["yes 1, no 1", "", "arm 1, closed 0"])
    #expect(enough.questions?[1].median == 40)
    #expect(enough.questions?[1].greatest == 300)
  }

  @Test(arguments: Backend.available)
  func `of two different answers of one centre sent at once, one counts`(backend: Backend) async throws {
    let database = try await opened(backend)
    let done = await withTaskGroup(of: Bool.self) { group in
      for number in 1...8 {
        group.addTask {
          let lines = [PracticeSurvey.Line(1, "yes"), PracticeSurvey.Line(2, "\(number)")]
          let taken = try? await database.write {
            try PracticeSurvey.answer("practice", by: "ico", lines, as: .submitted, stamp: Self.stamp, in: $0)
          }
          return taken != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(done == 1)
    let answers = try await database.read { try PracticeSurvey.find("practice", in: $0).answers(in: $0) }
    #expect(answers.map(\.lines.count) == [2])
  }

  @Test(arguments: Backend.available)
  func `a draft may be replaced, what was submitted may be sent again but not otherwise`(backend: Backend)
    async throws
  {
    let database = try await opened(backend)
    try await take("centre_code,question,answer\nico,1,no\n", .draft, in: database)
    let whole = "centre_code,question,answer\nico,1,yes\nico,2,7\n"
    for _ in 0..<2 { try await take(whole, in: database) }
    await #expect(throws: InnovationError.answeredAlready("practice", "ico")) {
      try await take("centre_code,question,answer\nico,1,yes\nico,2,8\n", in: database)
    }
    let answers = try await database.read { try PracticeSurvey.find("practice", in: $0).answers(in: $0) }
    #expect(answers.map(\.lines) == [[.init(1, "yes"), .init(2, "7")]])
  }

  @Test(arguments: Backend.available)
  func `every bad answer of every centre is told at once and none is taken`(backend: Backend) async throws {
    let database = try await opened(backend)
    let table = """
      centre_code,question,answer
      berard,1,perhaps
      berard,2,many
      curie,1,yes
      curie,9,yes
      ico,1,yes
      ico,2,3

      """
    let error = await #expect(throws: InnovationError.self) { try await take(table, in: database) }
    #expect(
      error?.findings.map(\.field) == [
        "berard, question 1", "berard, question 2", "curie, question 9", "curie, question 2",
      ]
    )
    #expect(try await database.read { try PracticeSurvey.find("practice", in: $0).answers(in: $0) } == [])
  }

  @Test(arguments: Backend.available)
  func `a survey that is closed takes no answer, and one opened again marks it late`(backend: Backend)
    async throws
  {
    let database = try await opened(backend)
    _ = try await database.write { try PracticeSurvey.take(.close, "practice", by: Self.stamp, in: $0) }
    let table = "centre_code,question,answer\nico,1,yes\nico,2,7\n"
    await #expect(throws: InnovationError.notAnswering("practice", .closed)) {
      try await take(table, in: database)
    }
    _ = try await database.write { try PracticeSurvey.take(.reopen, "practice", by: Self.stamp, in: $0) }
    try await take(table, at: Stamp(actor: "t", at: Instant(Network.day + 12)), in: database)
    let answers = try await database.read { try PracticeSurvey.find("practice", in: $0).answers(in: $0) }
    #expect(answers.map(\.isLate) == [true])
  }
}
