import ArgumentParser
import Foundation
import Inventory
import Tabular

/// What is asked of the next sites: the same for `best` and `curve`.
struct SiteOptions: LimitedArguments {
  static let limits = ["limit": 1...100_000]
  @Option(help: "The category of the machines.") var category: EquipmentCategory.Code
  @Option(help: "What to serve: coverage, median, centre or worst-region.")
  var objective = SiteQuestion.Objective.coverage
  @Option(help: "Minutes within which people count as covered; the category's travel limit by default.")
  var limit: Int64?
  @Option(help: "The most that the machines may cost together, in euros: 20000000, 20M or 500k.")
  var budget: Euros?
  @Option(
    help:
      "Candidates instead of the network's hospital sites: a CSV of code, name, latitude, longitude and department_code."
  )
  var candidates: String?
  @Option(help: "What each department weighs instead of its people: a CSV of origin, weight.")
  var weights: String?
  @Flag(help: "Take only confirmed machines as standing, not those to confirm.") var confirmedOnly = false
  @Flag(help: "Only the 96 departments of metropolitan France.") var metropolitan = false
  @Flag(help: "Let people whom only a ship or a plane connects take part in journeys.") var crossings = false
  @Option(help: "The day of the register and of the norms; today by default.") var day: Day?

  /// The question, read from the options and their files.
  func question(_ day: Day, defaultLimit: Int64) throws -> SiteQuestion {
    var question = SiteQuestion(
      category: category,
      objective: objective,
      limitMinutes: limit ?? defaultLimit,
      on: day
    )
    question.budget = budget?.money
    question.confirmedOnly = confirmedOnly
    question.metropolitan = metropolitan
    question.crossings = crossings
    question.candidates = try candidates.map { try Self.candidates(in: ByteInput(path: $0)) }
    question.weights = try weights.map { try Self.weights(in: ByteInput(path: $0)) }
    return question
  }

  private static func candidates(in input: consuming ByteInput) throws -> [SiteQuestion.Candidate] {
    var seen = Set<String>()
    return try Sheet.values(
      of: input,
      columns: [
        .init("code"), .init("name"), .init("latitude"), .init("longitude"),
        .init("department_code"), .init("region", required: false),
        .init("cost_euros", required: false),
      ]
    ) { row in
      let code = row.code("code", of: Centre.self)
      let name = row.nonEmpty("name")
      let position = row.position()
      // Which land it lies on: no road crosses the sea.
      let department = row.nonEmpty("department_code")
      let cost = row.optional("cost_euros", expected: "whole euros, 0 or more", parse: Euros.init(argument:))
      guard let code, let name, let position, let department else { return nil }
      if !seen.insert(code.rawValue).inserted {
        row.report("code", expected: "each candidate once")
        return nil
      }
      let place = SitePlace(
        code: code.rawValue,
        name: name,
        region: row.text("region"),
        department: department,
        position: position
      )
      return SiteQuestion.Candidate(place: place, cost: cost?.money)
    }
  }

  private static func weights(in input: consuming ByteInput) throws -> [String: Int64] {
    var lines: [String: Int] = [:]
    let rows = try Sheet.values(of: input, columns: [.init("origin"), .init("weight")]) { row in
      let origin = row.nonEmpty("origin")
      let weight = row.integer("weight")
      guard let origin, let weight else { return (String, Int64)?.none }
      if let first = lines[origin] {
        row.report("origin", expected: "each origin once: it stands on line \(first) already")
        return nil
      }
      lines[origin] = row.line
      return (origin, weight)
    }
    return Dictionary(rows) { first, _ in first }
  }
}

extension SiteQuestion.Objective: ExpressibleByArgument {}

/// An amount in euros as a person writes it: `20000000`, `20M`, `2.5M`, `500k`.
struct Euros: ExpressibleByArgument, Equatable, Sendable {
  let money: Money

  init?(argument: String) {
    let power = argument.hasSuffix("M") ? 8 : argument.hasSuffix("k") ? 5 : 2
    let digits = power == 2 ? argument : String(argument.dropLast())
    guard let cents = ExactDecimal(digits)?.scaled(toDecimals: power), cents >= 0 else { return nil }
    money = Money(cents: cents)
  }
}
