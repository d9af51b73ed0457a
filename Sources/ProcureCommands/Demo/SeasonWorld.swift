import Inventory
import Tabular

/// What the network did not decide in 2020: how many tests were asked of each centre, week by week, and how far the
/// suppliers could follow. Read from the seeds; nothing in it is random.
struct SeasonWorld: Sendable {
  /// The Mondays of the season, 18 May to 12 October.
  let weeks: [Day]
  let centres: [Centre.Code]
  /// Tests asked for, by week and centre.
  let demand: [[Int64]]
  /// People tested in France, by week of the year 2020; the suppliers serve the whole country.
  let national: [Day: Int64]

  /// Share of an order that a supplier delivers in a week, in thousandths: the mean of France's testing in the four
  /// weeks before, over that of the week, and never more than all of it. When testing jumps by a third, a quarter of
  /// what is due does not come.
  func deliveredPerMille(inWeekOf monday: Day) -> Int64 {
    let before = (1...4).compactMap { national[monday - 7 * Int64($0)] }
    guard before.count == 4, let now = national[monday], now > 0 else { return 1000 }
    return min(1000, before.reduce(0, +) * 1000 / (4 * now))
  }

  func demand(of centre: Centre.Code, inWeek index: Int) -> Int64 {
    centres.firstIndex(of: centre).map { demand[index][$0] } ?? 0
  }
}

extension SeasonWorld {
  static let firstWeek = "2020-05-18"
  static let lastWeek = "2020-10-12"

  /// Demand of a centre = people tested in its department × its share, halves rounded up.
  static func read(from seeds: Seeds) throws -> SeasonWorld {
    let shares = try DemandShare.all(in: seeds)
    let tested = try testedByDepartment(in: seeds)
    let weeks = Set(tested.keys.map(\.week)).sorted()
    let demand = weeks.map { week in
      shares.map { share in
        let people = tested[DepartmentWeek(department: share.department, week: week)] ?? 0
        return Rounding.halfUp.divide(people * share.perTenThousand, by: 10_000)
      }
    }
    return SeasonWorld(
      weeks: weeks,
      centres: shares.map(\.centre),
      demand: demand,
      national: try nationalWeeks(in: seeds)
    )
  }

  private static func testedByDepartment(in seeds: Seeds) throws -> [DepartmentWeek: Int64] {
    let rows = try Sheet.values(
      of: try seeds.input("tests_by_department_week_2020.csv"),
      columns: [
        .init("week_monday"), .init("department_code"), .init("people_tested"), .init("people_positive"),
      ]
    ) { row -> (DepartmentWeek, Int64)? in
      let week = row.day("week_monday")
      let department = row.nonEmpty("department_code")
      let tested = row.integer("people_tested")
      guard let week, let department, let tested else { return nil }
      return (DepartmentWeek(department: department, week: week), tested)
    }
    return Dictionary(rows, uniquingKeysWith: +)
  }

  private static func nationalWeeks(in seeds: Seeds) throws -> [Day: Int64] {
    let rows = try Sheet.values(
      of: try seeds.input("tests_france_week_2020.csv"),
      columns: [
        .init("week_monday"), .init("tested"), .init("positive"), .init("counted"), .init("series"),
        .init("note"),
      ]
    ) { row -> (Day, Int64?)? in
      row.day("week_monday").map { ($0, row.optionalInteger("tested")) }
    }
    return rows.reduce(into: [:]) { weeks, row in weeks[row.0] = row.1 }
  }
}

private struct DepartmentWeek: Hashable {
  let department: String
  let week: Day
}

/// Which part of its department's tests a centre is taken to do. Illustrative: nobody published it.
private struct DemandShare {
  let centre: Centre.Code
  let department: String
  let perTenThousand: Int64

  static func all(in seeds: Seeds) throws -> [DemandShare] {
    try Sheet.values(
      of: try seeds.input("demand_shares.csv"),
      columns: [
        .init("centre_code"), .init("department_code"), .init("tests_per_10000_people_tested"),
        .init("certainty"),
      ]
    ) { row in
      let centre = row.code("centre_code", of: Centre.self)
      let department = row.nonEmpty("department_code")
      let share = row.integer("tests_per_10000_people_tested", in: 0...10_000)
      guard let centre, let department, let share else { return nil }
      return DemandShare(centre: centre, department: department, perTenThousand: share)
    }.sorted { $0.centre < $1.centre }
  }
}
