import Inventory
package import Storage

extension PracticeSurvey.State: Storable {}
extension PracticeSurvey.Question.Kind: Storable {}
extension PracticeSurvey.Answer.State: Storable {}

extension PracticeSurvey {
  private static let columns: SQL = """
    s.id, s.code, s.title, s.state, s.opens, s.closes, s.minimum_answers, v.code
    """
  private static let origin: SQL = "survey s LEFT JOIN innovation v ON v.id = s.innovation_id"

  private init(row: Row, in connection: any Connection) throws {
    let (id, code, title, state, opens, closes, minimum, innovation) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      State.self,
      Day.self,
      Day.self,
      Int64.self,
      Innovation.Code?.self
    )
    let questions = try connection.query(
      """
      SELECT number, wording, kind, choices, required FROM survey_question WHERE survey_id = \(id) ORDER BY number
      """
    ).map { row in
      let (number, wording, kind, choices, required) = try row.decode(
        as: Int64.self,
        String.self,
        Question.Kind.self,
        String.self,
        Int64.self
      )
      return Question(
        number,
        wording,
        kind,
        choices: choices.split(separator: "|").map(String.init),
        isRequired: required == 1
      )
    }
    self.init(
      id: id,
      terms: Terms(
        code: code,
        title: title,
        opens: opens,
        closes: closes,
        minimumAnswers: minimum,
        innovation: innovation,
        questions: questions
      ),
      state: state
    )
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> PracticeSurvey {
    let rows = try connection.query("SELECT \(columns) FROM \(origin) WHERE s.code = \(code)")
    guard let row = rows.first else {
      throw InnovationError.notFound(noun: "survey", code: code.rawValue)
    }
    return try PracticeSurvey(row: row, in: connection)
  }

  /// All surveys, the newest first.
  package static func all(in connection: any Connection) throws -> [PracticeSurvey] {
    try connection.query("SELECT \(columns) FROM \(origin) ORDER BY s.opens DESC, s.code")
      .map { try PracticeSurvey(row: $0, in: connection) }
  }

  static func insert(_ terms: Terms, in connection: any Connection) throws -> Bool {
    let innovation = try terms.innovation.map { try Innovation.find($0, in: connection).id }
    let rows = try connection.query(
      """
      INSERT INTO survey (code, title, state, opens, closes, minimum_answers, innovation_id)
      VALUES (\(terms.code), \(terms.title), \(State.draft), \(terms.opens), \(terms.closes),
        \(terms.minimumAnswers), \(innovation))
      ON CONFLICT (code) DO NOTHING RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else { return false }
    for question in terms.questions {
      try connection.execute(
        """
        INSERT INTO survey_question (survey_id, number, wording, kind, choices, required)
        VALUES (\(id), \(question.number), \(question.wording), \(question.kind),
          \(question.choices.joined(separator: "|")), \(question.isRequired ? 1 : 0 as Int64))
        """
      )
    }
    return true
  }

  /// Moves the state from what it was; false where someone else moved it first.
  func store(_ next: State, in connection: any Connection) throws -> Bool {
    try !connection.query(
      "UPDATE survey SET state = \(next) WHERE id = \(id) AND state = \(state) RETURNING id"
    ).isEmpty
  }

  /// One answer a centre, by centre.
  package func answers(in connection: any Connection) throws -> [Answer] {
    let lines = try answerLines(in: connection)
    return try connection.query(
      """
      SELECT c.code, a.state, a.answered_on, a.reason FROM survey_answer a JOIN centre c ON c.id = a.centre_id
      WHERE a.survey_id = \(id) ORDER BY c.code
      """
    ).map { row in
      let (centre, state, day, reason) = try row.decode(
        as: Centre.Code.self,
        Answer.State.self,
        Day.self,
        String.self
      )
      return Answer(
        centre: centre,
        state: state,
        answeredOn: day,
        isLate: day > terms.closes,
        reason: reason,
        lines: lines[centre] ?? []
      )
    }
  }

  private func answerLines(in connection: any Connection) throws -> [Centre.Code: [Line]] {
    try connection.query(
      """
      SELECT c.code, l.number, l.answer FROM survey_answer_line l JOIN centre c ON c.id = l.centre_id
      WHERE l.survey_id = \(id) ORDER BY c.code, l.number
      """
    ).reduce(into: [:]) { lines, row in
      let (centre, number, answer) = try row.decode(as: Centre.Code.self, Int64.self, String.self)
      lines[centre, default: []].append(Line(number, answer))
    }
  }

  /// Opens the one answer of a centre; false where it has one already.
  func open(_ answer: Answer, by actor: String, in connection: any Connection) throws -> Bool {
    let centre = try Centre.find(answer.centre, in: connection).id
    return try !connection.query(
      """
      INSERT INTO survey_answer (survey_id, centre_id, state, answered_on, actor, reason)
      VALUES (\(id), \(centre), \(answer.state), \(answer.answeredOn), \(actor), \(answer.reason))
      ON CONFLICT (survey_id, centre_id) DO NOTHING RETURNING survey_id
      """
    ).isEmpty
  }

  /// Replaces what a centre has drafted; false where it is final.
  func replaceDraft(_ answer: Answer, by actor: String, in connection: any Connection) throws -> Bool {
    let centre = try Centre.find(answer.centre, in: connection).id
    return try !connection.query(
      """
      UPDATE survey_answer SET state = \(answer.state), answered_on = \(answer.answeredOn), actor = \(actor),
        reason = \(answer.reason)
      WHERE survey_id = \(id) AND centre_id = \(centre) AND state = 'draft' RETURNING survey_id
      """
    ).isEmpty
  }

  func storeLines(of answer: Answer, in connection: any Connection) throws {
    let centre = try Centre.find(answer.centre, in: connection).id
    try connection.execute(
      "DELETE FROM survey_answer_line WHERE survey_id = \(id) AND centre_id = \(centre)"
    )
    for line in answer.lines {
      try connection.execute(
        """
        INSERT INTO survey_answer_line (survey_id, centre_id, number, answer)
        VALUES (\(id), \(centre), \(line.question), \(line.answer))
        """
      )
    }
  }
}
