import Foundation
package import Storage

/// A question, what it was answered from and the answer, as they are kept: enough to ask again and compare.
package struct SitePlan: Equatable, Sendable, Codable {
  /// Made of the question, the inputs and the rule: the same question on the same inputs has the same code.
  package var code: String
  package var question: SiteQuestion
  package var answer: SiteAnswer
  /// SHA-256 of the inputs.
  package var inputs: String
  package var rule: String
  package var madeAt: Instant
  package var madeBy: String

  package init(_ inputs: SiteInputs, _ answer: SiteAnswer, by stamp: Stamp) throws {
    question = inputs.question
    self.answer = answer
    self.inputs = inputs.digest
    rule = SiteInputs.rule
    madeAt = stamp.at
    madeBy = stamp.actor
    let text = "\(SiteInputs.rule)\n\(self.inputs)\n\(try SitePlan.json(inputs.question))"
    code = "SP-" + SHA256.hex(text.utf8).prefix(10).uppercased()
  }
}

extension SitePlan {
  /// Keeps the plan and logs it; one that is kept already stays as it is.
  package func store(by stamp: Stamp, in connection: any Connection) throws {
    let known = try connection.query("SELECT 1 FROM siting_plan WHERE code = \(code)")
    guard known.isEmpty else { return }
    try connection.execute(
      """
      INSERT INTO siting_plan (code, category, made_at, made_by, rule, inputs, question, answer)
      VALUES (\(code), \(question.category), \(madeAt), \(madeBy), \(rule), \(inputs),
        \(try Self.json(question)), \(try Self.json(answer)))
      ON CONFLICT DO NOTHING
      """
    )
    try Audit.record("siting.plan", subject: "siting plan \(code)", after: self, by: stamp, in: connection)
  }

  package static func find(_ code: String, in connection: any Connection) throws -> SitePlan {
    let rows = try connection.query(
      """
      SELECT code, made_at, made_by, rule, inputs, question, answer FROM siting_plan WHERE code = \(code)
      """
    )
    guard let row = rows.first else { throw SiteError.noSuchPlan(code) }
    return try SitePlan(row: row)
  }

  /// The plans, the latest first.
  package static func all(in connection: any Connection) throws -> [SitePlan] {
    try connection.query(
      """
      SELECT code, made_at, made_by, rule, inputs, question, answer FROM siting_plan
      ORDER BY made_at DESC, code
      """
    ).map(SitePlan.init(row:))
  }

  private init(row: Row) throws {
    let question: String
    let answer: String
    (code, madeAt, madeBy, rule, inputs, question, answer) = try row.decode(
      as: String.self,
      Instant.self,
      String.self,
      String.self,
      String.self,
      String.self,
      String.self
    )
    self.question = try JSONDecoder().decode(SiteQuestion.self, from: Data(question.utf8))
    self.answer = try JSONDecoder().decode(SiteAnswer.self, from: Data(answer.utf8))
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
