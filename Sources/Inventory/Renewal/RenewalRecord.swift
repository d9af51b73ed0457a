import Foundation
package import Storage

/// A plan as it was stored: with its inputs, so that it can be made again and compared.
package struct RenewalRecord: Equatable, Sendable, Codable {
  package var number: Int64
  package var scenario: String?
  package var solver: String
  package var ruleVersion: Int64
  package var digest: String
  package var input: RenewalInput
  package var report: RenewalReport
  package var actor: String
  package var madeAt: Instant
}

/// What a list of plans shows.
package struct RenewalSummary: Equatable, Sendable, Codable {
  package var number: Int64
  package var scenario: String?
  package var firstYear: Int64
  package var years: Int64
  package var cost: Money
  package var isProven: Bool
  package var digest: String
  package var actor: String
  package var madeAt: Instant
}

extension RenewalRecord {
  /// Stores a plan and logs it.
  package static func store(
    _ report: RenewalReport,
    for input: RenewalInput,
    solver: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> RenewalRecord {
    let digest = try input.digest
    let rows = try connection.query(
      """
      INSERT INTO renewal_plan (scenario, first_year, years, cost, proven, solver, rule_version, inputs_digest,
        inputs, report, actor, made_at)
      VALUES (\(input.scenario), \(input.question.firstYear), \(Int64(input.question.years)), \(report.cost),
        \(report.isProven ? 1 : 0 as Int64), \(solver), \(RenewalInput.ruleVersion), \(digest),
        \(try RenewalInput.json(input)), \(try RenewalInput.json(report)), \(stamp.actor), \(stamp.at))
      RETURNING id
      """
    )
    guard let number: Int64 = try rows.first?.decode(as: Int64.self) else {
      throw RenewalError.noPlanFound("it was not stored")
    }
    let summary = try list(in: connection).first { $0.number == number }
    try Audit.record(
      "renewal.plan",
      subject: "renewal \(number)",
      after: summary,
      by: stamp,
      in: connection
    )
    return try find(number, in: connection)
  }

  package static func find(_ number: Int64, in connection: any Connection) throws -> RenewalRecord {
    let rows = try connection.query(
      """
      SELECT scenario, solver, rule_version, inputs_digest, inputs, report, actor, made_at FROM renewal_plan
      WHERE id = \(number)
      """
    )
    guard let row = rows.first else { throw RenewalError.noSuchPlan(number) }
    let (scenario, solver, version, digest, input, report, actor, at) = try row.decode(
      as: String?.self,
      String.self,
      Int64.self,
      String.self,
      String.self,
      String.self,
      String.self,
      Instant.self
    )
    guard let input = try? JSONDecoder().decode(RenewalInput.self, from: Data(input.utf8)),
      let report = try? JSONDecoder().decode(RenewalReport.self, from: Data(report.utf8))
    else { throw RenewalError.unreadable(number) }
    return RenewalRecord(
      number: number,
      scenario: scenario,
      solver: solver,
      ruleVersion: version,
      digest: digest,
      input: input,
      report: report,
      actor: actor,
      madeAt: at
    )
  }

  /// All plans, the newest first.
  package static func list(in connection: any Connection) throws -> [RenewalSummary] {
    try connection.query(
      """
      SELECT id, scenario, first_year, years, cost, proven, inputs_digest, actor, made_at FROM renewal_plan
      ORDER BY id DESC
      """
    ).map { row in
      let (number, scenario, firstYear, years, cost, proven, digest, actor, at) = try row.decode(
        as: Int64.self,
        String?.self,
        Int64.self,
        Int64.self,
        Money.self,
        Int64.self,
        String.self,
        String.self,
        Instant.self
      )
      return RenewalSummary(
        number: number,
        scenario: scenario,
        firstYear: firstYear,
        years: years,
        cost: cost,
        isProven: proven == 1,
        digest: digest,
        actor: actor,
        madeAt: at
      )
    }
  }

  /// What contradicts the plan: its own figures counted again, and the digest of its inputs.
  package var faults: [String] {
    get throws {
      try (input.digest == digest ? [] : ["its inputs were altered"]) + input.faults(in: report)
    }
  }
}
