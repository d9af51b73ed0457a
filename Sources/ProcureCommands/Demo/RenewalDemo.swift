import Inventory
import Planning
import Storage
import Tabular

/// The demonstration's renewal plan: eight years and 60 million for the public register, and what three what-ifs
/// would change. Ages and most machines are public; most prices are illustrative, as `renewal prices` says.
struct RenewalDemo {
  private static let budget = Money(cents: 6_000_000_000)
  private static let years: Int64 = 8
  /// Seconds are enough; on a busy machine the plan is to be the same.
  private static let limit = Duration.seconds(1_800)

  /// The plan as a page, on a database that holds the seeds' register.
  ///
  /// The plan, the scenarios and the plan under each are stored; prices and norms of upgrades are added to the database. Without the
  /// solver the page is one sentence that says so.
  static func text(on database: any Database, with seeds: Seeds, by stamp: Stamp) async throws -> String {
    guard let solver = try? HiGHS() else {
      return "The renewal plan needs the solver HiGHS: scripts/install-highs brings it.\n"
    }
    try await seeds.loadPrices(into: database, by: stamp)
    let question = RenewalQuestion(
      firstYear: Int64(stamp.at.day.year) + 1,
      budgets: RenewalQuestion.parts(of: budget, years: years),
      categories: try await categories(in: database)
    )
    let day = stamp.at.day
    let input = try await database.read { try RenewalInput.read(question, on: day, in: $0) }
    let solved = try await onOwnThread { try input.solved(with: solver, timeLimit: Self.limit, $0) }
    let record = try await database.write { connection in
      try RenewalRecord.store(solved.report, for: input, solver: solved.solver, by: stamp, in: connection)
    }
    var columns = [Comparison.Column(title: "as it is", figures: solved.report.figures(of: input))]
    for scenario in try await scenarios(on: database, by: stamp) {
      columns.append(try await column(scenario, question, solver, on: database, by: stamp))
    }
    return heading(on: day) + record.text() + "\nWHAT IF\n" + Comparison(columns: columns).table.text()
  }

  /// A scenario's plan, kept beside the first, and its figures.
  private static func column(
    _ scenario: WhatIf,
    _ question: RenewalQuestion,
    _ solver: HiGHS,
    on database: any Database,
    by stamp: Stamp
  ) async throws -> Comparison.Column {
    let day = stamp.at.day
    let input = try await database.read {
      try RenewalInput.read(question, under: scenario, on: day, in: $0)
    }
    let solved = try await onOwnThread { try input.solved(with: solver, timeLimit: Self.limit, $0) }
    _ = try await database.write { connection in
      try RenewalRecord.store(solved.report, for: input, solver: solved.solver, by: stamp, in: connection)
    }
    return Comparison.Column(title: scenario.code.rawValue, figures: solved.report.figures(of: input))
  }

  private static func heading(on day: Day) -> String {
    """

    RENEWAL: \(years) YEARS UNDER \(budget)
    The register as it stood on \(day). Most prices are illustrative; which are not: procure renewal prices


    """
  }

  /// Those whose expected life somebody stated.
  private static func categories(in database: any Database) async throws -> [EquipmentCategory.Code] {
    let wanted = [
      "linac", "mri-linac", "tomotherapy", "stereotactic-robot", "pet-ct", "mri", "robotic-surgery",
    ]
    return try await database.read { connection in
      try EquipmentCategory.all(in: connection).map(\.code).filter { wanted.contains($0.rawValue) }
    }
  }

  private static func scenarios(on database: any Database, by stamp: Stamp) async throws -> [WhatIf] {
    let wanted = try await database.read { try SitePlan.all(in: $0) }.first?.statedGaps ?? []
    let added = wanted.map { gap in
      WhatIf.Change(
        .need,
        subject: gap.centre.rawValue,
        category: gap.category.rawValue,
        amount: gap.missing
      )
    }
    let stories: [(String, String, [WhatIf.Change])] = [
      ("a-third-less", "A third less money", [.init(.budget, amount: 667)]),
      ("viewray-gone", "ViewRay supports its machines no longer", [.init(.makerGone, subject: "ViewRay")]),
      ("next-sites", "Machines at the best next sites", added),
    ]
    return try await database.write { connection in
      try stories.compactMap { code, title, changes -> WhatIf? in
        guard let code = WhatIf.Code(rawValue: code) else { return nil }
        _ = try WhatIf.start(code, title: title, by: stamp, in: connection)
        return try WhatIf.set(code, changes, clearing: true, by: stamp, in: connection)
      }
    }
  }
}
