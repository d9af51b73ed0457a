import Inventory
import Planning
import Storage
import Tabular

/// The demonstration's end: what the register says of gaps, ages and access, and where the next MRI-linacs help
/// most. Every figure comes from the seeds through the same operations as the commands'.
struct PlanningStory: Sendable {
  /// The day of the register: fixed, so that the same seeds always give the same text.
  private let day: Day
  private let gaps: GapAnalysis
  private let ages: AgeAnalysis
  private let access: [AccessAnalysis]
  private let inputs: SiteInputs
  private let answer: SiteAnswer
  private let curve: [SiteCurvePoint]
  private let questions: Int

  private static let limits: [Int64] = [30, 45, 60, 90]
  static let stamp = Stamp(actor: "demo", at: Instant(rawValue: 1_767_254_400_000))

  /// Loads what planning needs beside the season's tables, and tells the story of 1 January 2026.
  static func told(with seeds: Seeds, on database: any Database) async throws -> String {
    try await seeds.loadPlanning(into: database, by: stamp)
    return try await PlanningStory(on: stamp.at.day, from: database).text
  }

  private init(on day: Day, from database: any Database) async throws {
    self.day = day
    let question = try Self.question(on: day)
    let asked = question.category
    (gaps, ages, access, inputs, questions) = try await database.read { connection in
      (
        try GapAnalysis.read(on: day, in: connection), try AgeAnalysis.read(on: day, in: connection),
        try [try Self.category("linac"), asked].map { category in
          try AccessAnalysis.read(category, limits: Self.limits, metropolitan: true, on: day, in: connection)
        },
        try SiteInputs.read(question, in: connection),
        try Survey.questions(category: asked, on: day, in: connection).count
      )
    }
    let inputs = inputs
    (answer, curve) = try await onOwnThread { _ in
      (try inputs.answer(SitingEffort()), try inputs.curve(upTo: 5, SitingEffort()))
    }
    let plan = try SitePlan(inputs, answer, by: Self.stamp)
    try await database.write { try plan.store(by: Self.stamp, in: $0) }
    code = plan.code
  }

  private let code: String

  private static func category(_ code: String) throws -> EquipmentCategory.Code {
    guard let category = EquipmentCategory.Code(rawValue: code) else {
      throw EquipmentError.noSuchCategory(code)
    }
    return category
  }

  private static func question(on day: Day) throws -> SiteQuestion {
    var question = SiteQuestion(
      category: try category("mri-linac"),
      objective: .coverage,
      limitMinutes: 60,
      on: day
    )
    question.add = 2
    question.metropolitan = true
    return question
  }
}

extension PlanningStory {
  fileprivate var text: String {
    [heading, gapTable, ageTable, accessTables, siteTable].joined(separator: "\n")
  }

  private var heading: String {
    """

    EQUIPMENT: NEED, AGE, ACCESS AND THE NEXT SITES, AS THE REGISTER STOOD ON \(day)
    Public data only: most machines of the network are not in it. "To confirm" and "not asked" are neither \
    machines nor gaps.

    """
  }

  /// The categories whose need a norm gives, then how many have none.
  private var gapTable: String {
    let known = gaps.rows.filter { $0.need != nil }
    let others = gaps.rows.count - known.count
    var table = TextTable([
      .init("category"), .init("need", .right), .init("in service", .right), .init("to confirm", .right),
      .init("not asked", .right), .init("gap", .right), .init("gap per million", .right), .init("verdict"),
      .init("beyond 60 min", .right), .init("single", .right), .init("maker gone", .right),
    ])
    for row in known {
      let gap = [row.gapAtLeast, row.gapAtMost].map { $0?.text() ?? "?" }.joined(separator: " to ")
      table.add(
        row.category.rawValue,
        row.need?.text() ?? "",
        "\(row.confirmed)",
        "\(row.toConfirm)",
        "\(row.silent.count)",
        gap,
        row.gapPerMillion?.text(places: 2) ?? "",
        row.verdict.rawValue,
        row.percentBeyond.map { "\($0.text()) %" } ?? unknown,
        "\(row.singleMachineSites.count)",
        "\(row.supplierRisk.count)"
      )
    }
    return """
      NEED AND CAPACITY, IN MACHINES
      \(table.text())
      The need of \(others) other categories is unknown: no norm gives it. Why each figure is what it is: \
      procure gaps show --explain

      """
  }

  private var ageTable: String {
    """
    AGE BY COCIR'S 60/30/10 RULE
    \(TextTable(AgeRow.columns, rows: ages.rows.map(\.cells)).text())
    """
  }

  private var accessTables: String {
    let people = access.first.map { grouped($0.people) } ?? ""
    let departments = access.first?.places.count ?? 0
    let tables = access.map { "\($0.category), 20 hospital sites and their platforms\n\($0.table.text())" }
    return """
      WHO REACHES THEM: \(departments) METROPOLITAN DEPARTMENTS, \(people) PEOPLE
      \(tables.joined(separator: "\n"))
      """
  }

  private var siteTable: String {
    let names = answer.newSites.map { "\($0.name) (\($0.code))" }.joined(separator: " and ")
    return """
      THE NEXT TWO MRI-LINACS
      Best for people within 60 minutes, \(answer.isProven ? "proven" : "not proven"): \(names).
      They bring \(grouped(answer.peopleGained)) people within the hour: \
      \(grouped(answer.before.peopleWithin)) before, \(grouped(answer.after.peopleWithin)) after.
      \(nextBest)
      What each further machine buys:
      \(curveTable.text())
      \(assumptions)
      Kept as plan \(code): procure sites show \(code) --again

      """
  }

  private var curveTable: TextTable {
    var table = TextTable([.init("added", .right), .init("people within 60 min", .right), .init("sites")])
    for point in curve {
      table.add(
        "\(point.added)",
        point.peopleWithin.map(grouped) ?? unknown,
        point.newSites.joined(separator: " ")
      )
    }
    return table
  }

  private var nextBest: String {
    answer.nextBest.map { exchange in
      "Instead of \(exchange.out) the next best is \(exchange.into ?? "none"): \(grouped(exchange.change)) people."
    }.joined(separator: "\n")
  }

  private var assumptions: String {
    let sources = answer.sources.sorted { $0.key < $1.key }.map { "\($0.value) by \($0.key)" }
    let placed =
      inputs.assumed.isEmpty
      ? "" : " Taken for want of a named site: \(inputs.assumed.joined(separator: ", "))."
    return
      "Journeys: \(sources.joined(separator: ", ")).\(placed) \(questions) questions to the centres would "
      + "settle what is unknown: procure equipment survey --category mri-linac"
  }
}
