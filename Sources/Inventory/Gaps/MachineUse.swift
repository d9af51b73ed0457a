import Planning

/// What machines of a category did in one year, in one unit: never added to what is of another year or unit, and
/// compared only with a capacity in the same unit.
package struct MachineUse: Equatable, Sendable, Codable {
  package var year: Int64
  package var unit: String
  /// The sites whose latest report this is, and their machines that stood by the end of that year.
  package var sites: [String]
  package var machines: Int64
  package var treated: Int64
  /// The norm of what one machine does in a year in this unit; nil where there is none.
  package var capacity: EquipmentCategory.Norm?
  /// Treated ÷ (machines × capacity); nil where no norm is in this unit.
  package var share: ExactFigure?
}

/// A site's latest report.
package struct SiteActivity: Equatable, Sendable, Codable {
  package var site: String
  package var year: Int64
  package var treated: Int64
  package var unit: String
}

extension Activity {
  /// Whether a norm for a year counts the same things: `{patient}` and `{patient}/a`.
  func isCounted(like norm: EquipmentCategory.Norm) -> Bool {
    Self.counted(unit) == Self.counted(norm.unit)
  }

  /// `patient` of `{patient}`, `{patient}/a` and `patients`.
  static func counted(_ unit: String) -> String {
    var name = unit.lowercased().filter { !$0.isWhitespace }
    if name.hasSuffix("/a") { name.removeLast(2) }
    if name.hasPrefix("{"), name.hasSuffix("}") { name = String(name.dropFirst().dropLast()) }
    return name.count > 1 && name.hasSuffix("s") ? String(name.dropLast()) : name
  }

  var atSite: SiteActivity {
    SiteActivity(site: centre.rawValue, year: year, treated: treated, unit: unit)
  }
}

extension CategoryView {
  /// The norm of what one machine does in a year that counts what an activity counts.
  func capacity(for activity: Activity) -> EquipmentCategory.Norm? {
    NormName.throughputs.lazy.compactMap { book.norm($0) }.first {
      $0.value.digits > 0 && activity.isCounted(like: $0)
    }
  }

  /// Use over some sites, the latest year first: of each the latest report, of each report the machines that stood then.
  func use(of reports: [Activity], _ machines: [String: [FleetMachine]]) -> [MachineUse] {
    struct Kind: Hashable { let year: Int64, unit: String }
    let counted = reports.compactMap { report -> (report: Activity, machines: Int)? in
      let end = Day(year: Int(report.year), month: 12, day: 31)
      let stood = (machines[report.centre.rawValue] ?? []).count { machine in
        end.map { machine.equipment.isCommissioned(by: $0) } ?? true
      }
      return stood > 0 ? (report, stood) : nil
    }
    let kinds = Dictionary(grouping: counted) { entry in
      Kind(year: entry.report.year, unit: Activity.counted(entry.report.unit))
    }
    return kinds.values.compactMap { entries in
      entries.first.map { first in
        let machines = entries.reduce(0) { $0 + $1.machines }
        let treated = entries.reduce(Int64(0)) { $0 + $1.report.treated }
        let capacity = capacity(for: first.report)
        return MachineUse(
          year: first.report.year,
          unit: first.report.unit,
          sites: entries.map(\.report.centre.rawValue).sorted(),
          machines: Int64(machines),
          treated: treated,
          capacity: capacity,
          share: capacity.map { norm in
            ExactFigure(Fraction(Int128(treated)) / (Fraction(machines) * norm.value.fraction))
          }
        )
      }
    }.sorted { ($1.year, $0.unit) < ($0.year, $1.unit) }
  }
}
