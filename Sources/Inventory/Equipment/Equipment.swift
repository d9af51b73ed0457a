/// One machine, or one installation counted as one, with its two status axes.
package struct Equipment: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Equipment>
  package typealias Code = Inventory.Code<Equipment>

  package let id: ID
  package var code: Code
  package var organisation: Organisation.Code
  /// Nil where the source names the organisation but not the site.
  package var centre: Centre.Code?
  package var category: EquipmentCategory.Code
  package var manufacturer: String?
  package var model: String?
  package var serial: String?
  package var udi: String?
  /// Nil where nobody knows.
  package var commissionedYear: Int64?
  package var commissionedOn: Day?
  package var price: Money?
  /// What the machine can do in a week, in tests; nil where nobody said.
  package var weeklyCapacity: Int64?
  package var lifecycle: Lifecycle
  /// Whether the lifecycle is the present one, and not the last that anyone heard.
  package var isConfirmed: Bool
  package var function: Function
  package var note: String
  package var source: String
  package var certainty: String

  /// Where the machine stands between a plan and its end.
  package enum Lifecycle: String, CaseIterable, Codable, Sendable {
    case planned, ordered, installing
    case inService = "in_service"
    case retired
    /// It was there once; nobody said whether it still is.
    case unknown

    /// Whether a machine may pass from this state to another: forwards, or out.
    package func allows(_ next: Lifecycle) -> Bool {
      switch (self, next) {
      case (.planned, .ordered), (.planned, .installing), (.planned, .inService), (.planned, .retired): true
      case (.ordered, .installing), (.ordered, .inService), (.ordered, .retired): true
      case (.installing, .inService), (.installing, .retired): true
      case (.inService, .retired): true
      case (.unknown, _): true
      default: false
      }
    }
  }

  /// Whether it works.
  package enum Function: String, CaseIterable, Codable, Sendable { case up, degraded, down, unknown }

  /// A dated entry of a machine's log, on one of its two axes.
  package struct StatusEntry: Equatable, Sendable, Codable {
    package var since: Day
    package var axis: Axis
    package var state: String
    package var reason: String
    package var actor: String
    package var recordedAt: Instant

    package enum Axis: String, CaseIterable, Codable, Sendable { case lifecycle, function }
  }

  /// Whole years in service on a day; nil where the year is unknown. A machine of a known year but unknown day
  /// counts from the first of January, so that its age is never understated.
  package func age(on day: Day) -> Int64? {
    if let commissionedOn { return max(0, Self.wholeYears(from: commissionedOn, to: day)) }
    return commissionedYear.map { max(0, Int64(day.year) - $0) }
  }

  private static func wholeYears(from start: Day, to end: Day) -> Int64 {
    let (first, last) = (start.components, end.components)
    let anniversaryPassed = (last.month, last.day) >= (first.month, first.day)
    return Int64(last.year - first.year - (anniversaryPassed ? 0 : 1))
  }
}

/// Whether an organisation has a kind of machine. Unknown is not absent: it asks for a survey.
package enum Presence: String, CaseIterable, Codable, Sendable { case present, absent, unknown }
