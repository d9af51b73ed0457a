import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct GapTests {
  private func rows(
    _ database: any Database,
    _ level: GapLevel = .network,
    _ category: EquipmentCategory.Code = "linac"
  ) async throws -> [GapRow] {
    try await database.read {
      try GapAnalysis.read(category: category, by: level, on: PlanningFixture.day, in: $0)
    }.rows
  }

  @Test(arguments: Backend.available)
  func `need is people times rate, use and repeats, over capacity`(backend: Backend) async throws {
    let row = try #require(try await rows(PlanningFixture.database(backend)).first)
    // 1,850,000 × 600 ÷ 100,000 × 0.5 × 1.25 ÷ 450
    #expect(row.need?.value == Fraction(1_850_000 * 600, over: 100_000 * 720))
    #expect(row.people == 1_850_000)
    #expect(row.confirmed == 2 && row.toConfirm == 1)
    #expect(row.gapAtMost?.text(places: 2) == "13.42")
    #expect(row.gapAtLeast?.text(places: 2) == "12.42")
    #expect(row.verdict == .askFirst)
    #expect(row.silent == ["gamma"])
  }

  @Test(arguments: Backend.available)
  func `a category without norms has an unknown need, not none`(backend: Backend) async throws {
    let row = try #require(try await rows(PlanningFixture.database(backend), .network, "scanner").first)
    #expect(row.need == nil && row.gapAtMost == nil && row.verdict == .unknown)
    #expect(row.percentBeyond == nil)
    #expect(row.silent == ["alpha", "beta", "gamma"])
  }

  @Test(arguments: Backend.available)
  func `a gap is called one only where everybody was asked`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    #expect(
      try await rows(database, .centre).map { "\($0.area) \($0.verdict.rawValue)" } == [
        "alpha short", "beta short", "gamma ask first", "- short",
      ]
    )
    try await database.write { connection in
      try PresenceStatement(
        organisation: "gamma",
        centre: nil,
        category: "linac",
        statedOn: PlanningFixture.day,
        isPresent: false,
        note: "",
        source: "the centre",
        certainty: "sourced"
      ).state(by: .test, in: connection)
    }
    #expect(try await rows(database).map(\.verdict) == [.short])
  }

  @Test(arguments: Backend.available)
  func `areas share out all people, machines and need exactly once`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let whole = try #require(try await rows(database).first)
    for level in GapLevel.allCases {
      let parts = try await rows(database, level)
      #expect(parts.reduce(0) { $0 + ($1.people ?? 0) } == whole.people, "\(level)")
      #expect(parts.reduce(0) { $0 + $1.confirmed } == whole.confirmed, "\(level)")
      #expect(parts.reduce(0) { $0 + $1.toConfirm } == whole.toConfirm, "\(level)")
      #expect(parts.reduce(.zero) { $0 + ($1.need?.value ?? .zero) } == whole.need?.value, "\(level)")
      let known = parts.reduce(0) { $0 + ($1.peopleBeyond ?? 0) + ($1.peopleUnknown ?? 0) }
      #expect(known == 350_000, "\(level)")
    }
  }

  @Test(arguments: Backend.available)
  func `a machine that was down half of the last year is half a machine`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let day = PlanningFixture.day
    try await database.write { connection in
      for (function, since) in [(Equipment.Function.up, day - 200), (.down, day - 100)] {
        _ = try Equipment.report(
          "a.1",
          function: function,
          since: since,
          reason: "log",
          by: PlanningFixture.stamp,
          in: connection
        )
      }
    }
    let row = try #require(try await rows(database).first)
    #expect(row.effective.value == Fraction(3, over: 2))
  }

  private func report(_ lines: [String], to database: any Database) async throws {
    let header = "centre_code,category_code,year,treated,unit,source,certainty\n"
    let table = header + lines.map { "\($0),report,sourced\n" }.joined()
    let reports = try Activity.drafts(from: PlanningFixture.bytes(table))
    try await database.write { try Activity.take(reports, by: .test, in: $0) }
  }

  @Test(arguments: Backend.available)
  func `use is of each site's latest year, over the capacity in its unit`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    try await report(["alpha,linac,2024,500,{course}", "alpha,linac,2025,540,{course}"], to: database)
    let row = try #require(try await rows(database).first)
    // 540 ÷ (2 × 450).
    #expect(
      row.use.map { "\($0.year) \($0.treated) \($0.share?.text(places: 2) ?? "")" } == ["2025 540 0.60"]
    )
    // The minimum is in patients: courses say nothing of it.
    #expect(row.belowMinimum.isEmpty && row.minimumUnknown == ["alpha", "beta"])
    #expect(row.activityMissing == ["beta"])
  }

  @Test(arguments: Backend.available)
  func `reports of other years or units are never added, nor compared with another unit`(
    backend: Backend
  ) async throws {
    let database = try await PlanningFixture.database(backend)
    try await report(["alpha,linac,2025,500,{patient}", "beta,linac,2023,90,{course}"], to: database)
    let row = try #require(try await rows(database).first)
    let shown = row.use.map { "\($0.year) \($0.unit) \($0.sites) \($0.share?.text(places: 2) ?? "unknown")" }
    #expect(shown == [#"2025 {patient} ["alpha"] unknown"#, #"2023 {course} ["beta"] 0.20"#])
    #expect(
      row.belowMinimum == [SiteActivity(site: "alpha", year: 2025, treated: 500, unit: "{patient}")]
    )
    #expect(row.minimumUnknown == ["beta"])
    // A machine of 2021 did nothing in 2020: there is nothing to divide by.
    try await report(["alpha,linac,2020,500,{course}"], to: try await PlanningFixture.database(backend))
    let other = try await PlanningFixture.database(backend)
    try await report(["alpha,linac,2020,500,{course}"], to: other)
    #expect(try await rows(other).first?.use == [])
  }

  @Test(arguments: Backend.available)
  func `machines of a maker that is gone are named`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let table = "manufacturer,state,since,source,certainty\nviewray,ceased,2023,press,sourced\n"
    let makers = try Maker.drafts(from: PlanningFixture.bytes(table))
    try await database.write { try Maker.take(makers, by: .test, in: $0) }
    #expect(try await rows(database).first?.supplierRisk == ["b"])
  }

  @Test(arguments: Backend.available)
  func `every figure can be traced to its norms, machines and sources`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let trace = try await database.read { connection in
      try GapAnalysis.read(category: "linac", on: PlanningFixture.day, explained: true, in: connection)
    }.trace
    let lines = trace.map { "\($0.area) | \($0.what) | \($0.value)" }
    #expect(lines.contains("all | need: capacity | 450.0000"))
    #expect(
      lines.contains(
        "beta | machine b | to confirm (assumed: only beta is named); availability 1.000, taken as available: "
          + "nobody said"
      )
    )
    #expect(lines.contains("gamma | presence | unknown"))
    #expect(lines.contains("network | gap at most | 13.42"))
    #expect(lines.contains("network | per million | 7.25"))
    #expect(lines.contains("network | people beyond 60 min | 250000"))
    #expect(lines.contains("network | people whose journey is unknown | 100000"))
    #expect(lines.contains("network | single machine | 1"))
    #expect(lines.contains("network | use | unknown"))
    #expect(lines.contains("network | minimum unknown | 2"))
    #expect(lines.contains("03 | nearest reported machine | 124 min to beta; 250000 people"))
    #expect(trace.contains { $0.what == "beyond limit" && $0.source == "250000 ÷ (1850000 − 100000)" })
  }

  @Test(arguments: Backend.available)
  func `a norm out of range that is there already is refused with its name`(backend: Backend) async throws {
    for name in ["courses-per-machine-year", "road-speed"] {
      let database = try await PlanningFixture.database(backend)
      let table = "category_code,norm,value,unit,source,certainty\nlinac,\(name),1,1,x,y\n"
      let norms = try EquipmentCategory.Norm.drafts(
        from: PlanningFixture.bytes(table),
        validFrom: PlanningFixture.day
      )
      try await database.write { connection in
        try EquipmentCategory.Norm.take(norms, by: .test, in: connection)
        try connection.execute("UPDATE category_norm SET value = '0' WHERE name = \(name)")
      }
      let error = await #expect(throws: GapError.self) { try await rows(database) }
      #expect(error?.code == "gaps.norm-out-of-range")
    }
  }

  @Test func `a norm that makes no sense is refused with its line, each with what is expected`() throws {
    let lines = [
      ",road-speed,0,,", ",road-circuity,0.9,,", ",travel-limit,-60,,", ",expected-availability,7,,",
      "linac,retreatment-share,-1,,", "linac,something-else,-1,,", "linac,expected-life,10,12,8",
      "linac,expected-life,10,8,12",
    ]
    let table =
      "category_code,norm,value,low,high,unit,source,certainty\n"
      + lines.map { "\($0),1,x,y\n" }.joined()
    let error = #expect(throws: SheetError.self) {
      try EquipmentCategory.Norm.drafts(
        from: PlanningFixture.bytes(table),
        validFrom: PlanningFixture.day
      )
    }
    let found = error?.findings.map { "\($0.line ?? 0) \($0.field)" }
    #expect(found == ["2 value", "3 value", "4 value", "5 value", "6 value", "7 value", "8 low"])
  }
}
