import Foundation
import Testing

@testable import Planning

struct AccessTests {
  @Test func `a quarter of a great circle has its length`() {
    let quarter = GeoPoint(latitude: 0, longitude: 0).distance(to: GeoPoint(latitude: 0, longitude: 90))
    #expect(abs(quarter - .pi / 2 * 6371.0088) < 1e-9)
  }

  @Test func `a road is thirteen tenths of the great circle at seventy kilometres an hour`() {
    let equator = GeoPoint(latitude: 0, longitude: 0)
    let degree = GeoPoint(latitude: 0, longitude: 1)
    // 2π·6371.0088 / 360 = 111.19508 km, × 1.3 / 70 × 3600 s
    #expect(RoadFormula().seconds(from: equator, to: degree) == 7434)
  }

  @Test func `the sea is crossed by table and never by formula`() {
    let paris = TravelTimes.Place("75", GeoPoint(latitude: 48.9, longitude: 2.3), landmass: "mainland")
    let bastia = TravelTimes.Place("2B", GeoPoint(latitude: 42.7, longitude: 9.4), landmass: "corsica")
    var times = TravelTimes()
    #expect(times.time(from: bastia, to: paris) == .unknown)
    times.imported[.init("2B", "75")] = 30_000
    #expect(times.time(from: bastia, to: paris) == .known(seconds: 30_000, .imported))
    times.sea[.init("2B", "75")] = 20_000
    #expect(times.time(from: bastia, to: paris) == .known(seconds: 20_000, .sea))
  }

  @Test func `people of unknown time are in no band`() {
    let table = TravelTable(siteCount: 1, legs: [[.init(site: 0, time: 30)], [.init(site: 0, time: 31)], []])
    let bands = AccessBands(table, people: [10, 20, 5], open: [0], limits: [30, 60])
    #expect(bands.bands == [.init(limit: 30, people: 10), .init(limit: 60, people: 30)])
    #expect(bands.total == 35)
    #expect(bands.unknown == 5)
  }

  @Test func `France's linacs follow from its population exactly`() {
    let norm = NeedNorm(
      rate: Fraction(433_136, over: 66_165_815),
      utilisation: Fraction(1, over: 2),
      retreatment: Fraction(1, over: 4),
      capacity: Fraction(450)
    )
    #expect(norm.courses(population: 66_165_815) == Fraction(270_710))
    #expect(norm.machines(population: 66_165_815) == Fraction(270_710, over: 450))
    #expect(norm.machines(population: 66_165_815).roundedUp == 602)
  }

  @Test func `an unknown machine is neither a gap nor a machine`() {
    let gap = EquipmentGap(need: Fraction(3), known: Fraction(2), unknown: Fraction(1), population: 500_000)
    #expect(gap.verdict == .askFirst)
    #expect(gap.least == .zero)
    #expect(gap.perMillion == Fraction(2))
  }

  @Test func `exactly five years is young and exactly ten is not old`() {
    let bands = AgeBands(months: [60, 61, 120, 121, nil])
    let counts = [bands.upToFive, bands.fiveToTen, bands.overTen, bands.unknown].map { Int($0) }
    #expect(counts == [1, 2, 1, 1] as [Int])
  }

  @Test func `sixty thirty ten is kept and one more old machine breaks it`() {
    let kept = AgeBands(months: [1, 1, 1, 1, 1, 1, 70, 70, 70, 130])
    #expect(kept.verdict?.isKept == true)
    #expect(AgeBands(months: [1, 1, 1, 1, 1, 1, 70, 70, 130, 130]).verdict?.isOldSmallEnough == false)
    #expect(AgeBands(months: [nil]).verdict == nil)
  }
}

@Suite(.enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"))
struct FloatingCatchmentTests {
  struct Hospital: Decodable {
    struct Cost: Decodable { let origin: Int, dest: Int, cost: Double }
    struct Scenario: Decodable {
      let costs: [Cost]
      let expected: [String: [String: Double]]
    }
    let demand: [String: Double]
    let supply: [String: Double]
    let scenarios: [Scenario]
  }

  @Test func `catchments match PySAL's, and share out just what there is`() throws {
    let hospital = try ReferenceInstances.read("fca/pysal_hospital", as: Hospital.self)
    let methods: [(String, FloatingCatchment.Weight, FloatingCatchment.Weight?)] = [
      ("two_sfca_binary_max61", .within(60.999), nil),
      ("two_sfca_gravity_inv_max61", .gravity(exponent: -1, below: 61), nil),
      (
        "three_sfca_gravity_inv_max61", .gravity(exponent: -1, below: 61),
        .gravity(exponent: -1, below: .infinity)
      ),
      ("e2sfca_default_step", .luoQi, nil),
      ("e2sfca_step_30_1_60_05", .steps([(30, 1), (60, 0.5)]), nil),
    ]
    for scenario in hospital.scenarios {
      let pairs = scenario.costs.map {
        FloatingCatchment.Pair(place: $0.origin - 1, site: $0.dest - 1, time: $0.cost)
      }
      for (name, weight, choice) in methods {
        let catchment = FloatingCatchment(
          people: ["1", "2", "3"].compactMap { hospital.demand[$0] },
          supply: ["1", "2", "3"].compactMap { hospital.supply[$0] },
          pairs: pairs,
          weight: weight,
          choice: choice
        )
        let expected = ["1", "2", "3"].compactMap { scenario.expected[name]?[$0] }
        #expect(expected.count == 3)
        for (found, wanted) in zip(catchment.access, expected) {
          #expect(abs(found - wanted) < 1e-9, "\(name)")
        }
        #expect(abs(catchment.conservationError) < 1e-9)
      }
    }
  }
}
