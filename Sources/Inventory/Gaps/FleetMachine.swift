package import Planning
import Storage

/// Whether a machine counts: one that is not confirmed is neither a machine nor a gap, it asks for a survey.
package enum Standing: String, CaseIterable, Codable, Sendable {
  case confirmed
  case toConfirm = "to confirm"
  case coming, gone

  /// - Parameters:
  ///   - machine: as the register has it.
  ///   - day: the day that is looked at: a machine that is put into service later is still to come.
  package init(_ machine: Equipment, on day: Day) {
    self =
      switch machine.lifecycle {
      case .inService where !machine.isCommissioned(by: day): .coming
      case .unknown where !machine.isCommissioned(by: day): .coming
      case .planned, .ordered, .installing: .coming
      case .inService: machine.isConfirmed ? .confirmed : .toConfirm
      case .unknown: .toConfirm
      case .retired: .gone
      }
  }

  /// Said by somebody to stand there, confirmed or not.
  package var isReported: Bool { self == .confirmed || self == .toConfirm }
}

/// A machine as planning counts it: where it stands, and how much of a normal machine it is.
package struct FleetMachine: Equatable, Sendable {
  package let equipment: Equipment
  package let standing: Standing
  /// Nil where the organisation has no site at all.
  package let site: Centre?
  /// The source names only the organisation; its first hospital site stands for it.
  package let isSiteAssumed: Bool
  /// Share of the time that it works.
  package let availability: Fraction
  package let availabilityFrom: String
}

extension FleetMachine {
  /// The days before a plan's day over which availability is measured.
  package static let window: Int64 = 365

  /// The machines of a category on a day; the retired are left out.
  static func fleet(
    _ machines: [Equipment],
    _ logs: [Int64: [Equipment.StatusEntry]],
    _ book: NormBook,
    _ geography: Geography,
    on day: Day
  ) -> [FleetMachine] {
    let sites = Dictionary(uniqueKeysWithValues: geography.centres.map { ($0.code, $0) })
    return machines.filter { $0.lifecycle != .retired }.map { machine in
      let named = machine.centre.flatMap { sites[$0] }
      let works = availability(of: machine, logs[machine.id.rawValue] ?? [], book, on: day)
      return FleetMachine(
        equipment: machine,
        standing: Standing(machine, on: day),
        site: named ?? geography.principalSite(of: machine.organisation),
        isSiteAssumed: named == nil,
        availability: works.share,
        availabilityFrom: works.source
      )
    }
  }

  /// From the log of the last year where it says anything, else from the state, else from the norm.
  private static func availability(
    of machine: Equipment,
    _ log: [Equipment.StatusEntry],
    _ book: NormBook,
    on day: Day
  ) -> (share: Fraction, source: String) {
    if let known = Availability(log: log, from: day - window, to: day).perMille {
      return (Fraction(Int128(known), 1000), "its log of the last \(window) days")
    }
    if machine.function == .down { return (.zero, "reported down") }
    if let norm = book.norm(.availability) { return (norm.value.fraction, norm.citation) }
    return (
      Fraction(1), machine.function == .unknown ? "taken as available: nobody said" : "reported to work"
    )
  }

  /// When machines worked and when they were down, by machine; of one category where it is given.
  static func functionLogs(
    of category: EquipmentCategory.Code?,
    until day: Day,
    in connection: any Connection
  ) throws -> [Int64: [Equipment.StatusEntry]] {
    let condition: SQL = if let category { "k.code = \(category)" } else { "1 = 1" }
    let rows = try connection.query(
      """
      SELECT s.equipment_id, s.since, s.state, s.reason, s.actor, s.recorded_at
      FROM equipment_status s JOIN equipment e ON e.id = s.equipment_id
      JOIN equipment_category k ON k.id = e.category_id
      WHERE \(condition) AND s.axis = 'function' AND s.since < \(day)
      ORDER BY s.equipment_id, s.sequence
      """
    )
    return try rows.reduce(into: [:]) { logs, row in
      let (machine, since, state, reason, actor, at) = try row.decode(
        as: Int64.self,
        Day.self,
        String.self,
        String.self,
        String.self,
        Instant.self
      )
      let entry = Equipment.StatusEntry(
        since: since,
        axis: .function,
        state: state,
        reason: reason,
        actor: actor,
        recordedAt: at
      )
      logs[machine, default: []].append(entry)
    }
  }
}
