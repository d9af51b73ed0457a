import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct AgeAndAccessTests {
  @Test(arguments: Backend.available)
  func `ages fall in their bands, and each machine has its last year`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let analysis = try await database.read { try AgeAnalysis.read(on: PlanningFixture.day, in: $0) }
    let row = try #require(analysis.rows.first)
    // Two of 2021 are exactly five years old, one of 2012 is over ten.
    #expect([row.upToFive, row.fiveToTen, row.overTen, row.ageUnknown] == [2, 0, 1, 0])
    #expect([row.youngEnough, row.middleSmallEnough, row.oldSmallEnough] == [true, true, false])
    #expect(row.toConfirm == 1 && row.pastExpectedLife == 1)
    #expect(
      analysis.machines.map { "\($0.machine) \($0.endsIn ?? 0)" } == ["a.1 2031", "a.2 2031", "b 2022"]
    )
    #expect(analysis.rows.last?.category == "network")
  }

  @Test(arguments: Backend.available)
  func `a machine that comes later is coming, and in no band`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let day = try #require(Day("2020-06-01"))
    let (ages, gaps) = try await database.read { connection in
      (
        try AgeAnalysis.read(on: day, in: connection),
        try GapAnalysis.read(category: "linac", on: day, in: connection)
      )
    }
    #expect(ages.machines.map(\.machine) == ["b"])
    let row = try #require(gaps.rows.first)
    #expect(row.confirmed + row.toConfirm == 1 && row.coming == 2)
  }

  @Test(arguments: [("2021-01-01", 60), ("2020-12-31", 61), ("2021-01-02", 60), ("2016-01-01", 120)])
  func `a month begun counts, so exactly five years are young and a day more is not`(
    since: String,
    months: Int64
  ) async throws {
    let database = try await PlanningFixture.database(.sqlite)
    var machine = try await database.read { try Equipment.find("b", in: $0) }
    machine.commissionedOn = Day(since)
    #expect(machine.months(on: PlanningFixture.day) == months)
  }

  @Test(arguments: Backend.available)
  func `people are counted within limits, and unknown journeys in none`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let access = try await database.read { connection in
      try AccessAnalysis.read(
        "linac",
        limits: [30, 150],
        metropolitan: false,
        on: PlanningFixture.day,
        in: connection
      )
    }
    let shown = access.rows.map { row in
      "\(row.sites.joined(separator: " ")): \(row.bands.map(\.people)) unknown \(row.unknown)"
    }
    #expect(
      shown == [
        "alpha: [1000000, 1500000] unknown 100000", "alpha beta: [1500000, 1750000] unknown 100000",
        "alpha beta gamma: [1750000, 1750000] unknown 100000",
      ]
    )
  }

  @Test(arguments: Backend.available)
  func `a shared machine counts once: catchment figures add up to the machines`(
    backend: Backend
  ) async throws {
    let database = try await PlanningFixture.database(backend)
    let access = try await database.read { connection in
      try AccessAnalysis.read(
        "linac",
        limits: [90],
        metropolitan: false,
        on: PlanningFixture.day,
        in: connection
      )
    }
    let machines = access.places.reduce(Fraction.zero) { sum, place in
      sum + place.catchmentPerMillion.value * Fraction(Int128(place.people), 1_000_000)
    }
    #expect(machines == Fraction(3))
    #expect(access.places.map { $0.plainPerMillion.text(places: 2) } == ["2.00", "2.00", "0.00", "0.00"])
    #expect(
      access.places.map { $0.source?.rawValue ?? "unknown" } == ["formula", "formula", "formula", "unknown"]
    )
  }

  @Test(arguments: Backend.available)
  func `every figure of age and access can be traced`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let (ages, access) = try await database.read { connection in
      (
        try AgeAnalysis.read(category: "linac", on: PlanningFixture.day, explained: true, in: connection),
        try AccessAnalysis.read(
          "linac",
          limits: [30, 150],
          metropolitan: false,
          on: PlanningFixture.day,
          explained: true,
          in: connection
        )
      )
    }
    let old = ages.trace.map { "\($0.what) | \($0.value) | \($0.source)" }
    #expect(old.contains("> 10 | 1 | machines, 1: b"))
    #expect(old.contains("share > 10 | broken | 1 ÷ 3 of known age = 33.3 %, at most 10 %"))
    #expect(old.contains("share ≤ 5 years | kept | 2 ÷ 3 of known age = 66.7 %, at least 60 %"))
    #expect(
      old.contains(
        "machine b | > 10; to confirm; since 2012, the day unknown, 168 months, ends in 2022, which is past | "
          + "press; sourced"
      )
    )
    #expect(old.contains("past its life | 1 | machines, 1: b"))
    let near = access.trace.map { "\($0.area) | \($0.what) | \($0.value) | \($0.source)" }
    #expect(
      near.contains(
        "with those to confirm | within 30 min | 1500000 (81.1 %) | 1500000 ÷ 1850000 people; departments, 2: 01, 02"
      )
    )
    #expect(
      near.contains(
        "03 | nearest, confirmed machines only | 248 min to alpha; 250000 people | formula: great circle × 1.3 ÷ "
          + "70.0 km/h"
      )
    )
    #expect(
      near.contains("Upper | plain per million | 2.00 | 3 machines × 1000000 ÷ 1500000 people of the region")
    )
    #expect(
      near.contains {
        $0.hasPrefix("01 | catchment per million | ") && $0.hasSuffix(" (alpha) + 0.22 × 1.29 (beta)")
      }
    )
    #expect(access.sources == ["formula": 3, "unknown": 1])
  }

  @Test(arguments: Backend.available)
  func `a survey asks exactly what nobody said`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let questions = try await database.read { try Survey.questions(on: PlanningFixture.day, in: $0) }
    #expect(
      questions.map { "\($0.organisation) \($0.category) \($0.kind.rawValue) \($0.machine?.rawValue ?? "")" }
        == [
          "alpha linac activity a.1", "alpha linac activity a.2", "alpha scanner presence ",
          "beta linac confirm b", "beta linac site b", "beta scanner presence ", "gamma linac presence ",
          "gamma scanner presence ",
        ]
    )
  }
}
