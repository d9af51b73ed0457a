import Planning
package import Storage

/// How old a category's machines are, by COCIR's three bands, and which are past their expected life.
package struct AgeRow: Equatable, Sendable, Codable {
  /// `network` for all categories together.
  package var category: String
  package var upToFive: Int64
  package var fiveToTen: Int64
  package var overTen: Int64
  /// In service, and nobody knows since when: in no band and in no percentage.
  package var ageUnknown: Int64
  /// Of all of them, those whose present state nobody confirmed.
  package var toConfirm: Int64
  /// Machines that may be gone: counted nowhere else.
  package var stateUnknown: Int64
  /// Whether at least 60 % are young, at most 30 % in the middle, at most 10 % old; nil without a known age.
  package var youngEnough: Bool?
  package var middleSmallEnough: Bool?
  package var oldSmallEnough: Bool?
  /// Of those whose age and expected life are known.
  package var pastExpectedLife: Int64

  package var known: Int64 { upToFive + fiveToTen + overTen }
  package var isKept: Bool? { youngEnough.map { $0 && middleSmallEnough == true && oldSmallEnough == true } }
}

/// One machine's age and end.
package struct MachineAge: Equatable, Sendable, Codable {
  package var machine: Equipment.Code
  package var category: EquipmentCategory.Code
  package var organisation: Organisation.Code
  package var standing: Standing
  /// In service, confirmed or not; false where it may be gone. The bands count those in service.
  package var isInService: Bool
  package var commissionedYear: Int64?
  package var months: Int64?
  /// The norm, in years; nil where there is none.
  package var expectedLife: Int64?
  /// The calendar year in which the expected life ends.
  package var endsIn: Int64?
  package var isPast: Bool?
}

package struct AgeAnalysis: Equatable, Sendable, Codable {
  package var day: Day
  /// One a category that has machines, then the whole network.
  package var rows: [AgeRow]
  package var machines: [MachineAge]
  /// What each figure was computed from; empty unless it was asked for.
  package var trace: [GapTrace]

  package static func read(
    category: EquipmentCategory.Code? = nil,
    on day: Day,
    explained: Bool = false,
    in connection: any Connection
  ) throws -> AgeAnalysis {
    var machines: [MachineAge] = []
    var rows: [AgeRow] = []
    var trace: [GapTrace] = []
    let all = Dictionary(grouping: try Equipment.list(category: category, in: connection), by: \.category)
    let books = try NormBooks.read(on: day, in: connection)
    for (code, fleet) in all.sorted(by: { $0.key < $1.key }) {
      let book = books[code]
      let reported = fleet.filter { Standing($0, on: day).isReported }
      let ages = reported.map { MachineAge($0, book, on: day) }
      machines += ages
      guard !ages.isEmpty else { continue }
      let row = AgeRow(code.rawValue, ages, book)
      rows.append(row)
      guard explained else { continue }
      trace += zip(reported, ages).map { $1.trace(of: $0) } + row.trace(of: ages, book)
    }
    if category == nil, !machines.isEmpty {
      let general = NormBook(category: machines[0].category, norms: books.general)
      let row = AgeRow("network", machines, general)
      rows.append(row)
      if explained { trace += row.trace(of: machines, general) }
    }
    return AgeAnalysis(day: day, rows: rows, machines: machines, trace: trace)
  }
}

extension MachineAge {
  init(_ equipment: Equipment, _ book: NormBook, on day: Day) {
    machine = equipment.code
    category = equipment.category
    organisation = equipment.organisation
    standing = Standing(equipment, on: day)
    isInService = equipment.lifecycle == .inService
    commissionedYear = equipment.commissionedYear
    months = equipment.months(on: day)
    expectedLife = book.value(.expectedLife).map { Int64($0.roundedDown) }
    endsIn = equipment.commissionedYear.flatMap { year in expectedLife.map { year + $0 } }
    isPast = months.flatMap { age in expectedLife.map { age > 12 * $0 } }
  }
}

extension Equipment {
  /// Whether it was put into service on a day or before; a machine of which nobody knows since when was.
  package func isCommissioned(by day: Day) -> Bool {
    commissionedOn.map { $0 <= day } ?? commissionedYear.map { $0 <= Int64(day.year) } ?? true
  }

  /// Months in service, a month begun counting as one, so that exactly five years are 60 and a day more is 61.
  /// Of a machine whose year alone is known, twelve for each year since: the difference of the years.
  package func months(on day: Day) -> Int64? {
    guard let commissionedOn else { return commissionedYear.map { max(0, 12 * (Int64(day.year) - $0)) } }
    let (first, last) = (commissionedOn.components, day.components)
    let whole = 12 * (last.year - first.year) + last.month - first.month
    return max(0, Int64(whole + (last.day > first.day ? 1 : 0)))
  }
}

extension AgeRow {
  init(_ category: String, _ machines: [MachineAge], _ book: NormBook) {
    let inService = machines.filter(\.isInService)
    let bands = AgeBands(months: inService.map { $0.months.map(Int.init) })
    self.category = category
    upToFive = Int64(bands.upToFive)
    fiveToTen = Int64(bands.fiveToTen)
    overTen = Int64(bands.overTen)
    ageUnknown = Int64(bands.unknown)
    toConfirm = Int64(inService.count { $0.standing == .toConfirm })
    stateUnknown = Int64(machines.count - inService.count)
    pastExpectedLife = Int64(inService.count { $0.isPast == true })
    let rule = AgeRule(book)
    let verdict = bands.verdict(young: rule.young, middle: rule.middle, old: rule.old)
    youngEnough = verdict?.isYoungEnough
    middleSmallEnough = verdict?.isMiddleSmallEnough
    oldSmallEnough = verdict?.isOldSmallEnough
  }
}

/// The shares that a fleet is held to: the norms in force, else COCIR's.
struct AgeRule {
  let young, middle, old: Fraction

  init(_ book: NormBook) {
    young = book.value(.youngShare) ?? Fraction(60, over: 100)
    middle = book.value(.middleShare) ?? Fraction(30, over: 100)
    old = book.value(.oldShare) ?? Fraction(10, over: 100)
  }
}
