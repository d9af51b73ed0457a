import Planning

/// One input of a figure, or the sum that it comes from, with its source.
package struct GapTrace: Equatable, Sendable, Codable {
  /// `network` where it is of all categories together.
  package var category: String
  /// A department, a site, an organisation, a region, or `all`.
  package var area: String
  package var what: String
  package var value: String
  package var source: String
}

extension GapTrace {
  /// A norm in force.
  static func norm(_ norm: EquipmentCategory.Norm, of category: String, as what: String? = nil) -> GapTrace {
    GapTrace(
      category: category,
      area: "all",
      what: what ?? norm.name,
      value: "\(norm.value)",
      source: "norm \(norm.name) \(norm.citation), from \(norm.validFrom)"
    )
  }
}

extension CategoryView {
  func trace(_ area: String, _ what: String, _ value: String, _ source: String) -> GapTrace {
    GapTrace(category: category.code.rawValue, area: area, what: what, value: value, source: source)
  }

  /// Those of some norms that are in force.
  func tracedNorms(_ names: [NormName]) -> [GapTrace] {
    names.compactMap { book.norm($0) }.map { GapTrace.norm($0, of: category.code.rawValue) }
  }

  /// Every machine: what it counts as, where, and who says so.
  var tracedMachines: [GapTrace] {
    let risky = Set(atRisk(among: fleet).map(\.equipment.code))
    return fleet.map { machine in
      let equipment = machine.equipment
      let assumed = machine.isSiteAssumed ? " (assumed: only \(equipment.organisation) is named)" : ""
      let works = "availability \(machine.availability.decimal(places: 3)), \(machine.availabilityFrom)"
      return trace(
        machine.site?.code.rawValue ?? "no site",
        "machine \(equipment.code)",
        "\(machine.standing.rawValue)\(assumed); \(works)"
          + (risky.contains(equipment.code) ? "; its maker is no longer in business" : ""),
        "\(equipment.source); \(equipment.certainty)"
      )
    }
  }

  /// Organisations of which nobody said whether they have one.
  var tracedSilence: [GapTrace] {
    silent.sorted().map {
      trace($0.rawValue, "presence", "unknown", "nobody said; see procure equipment survey")
    }
  }

  /// The journey of every department to the nearest of some sites.
  func tracedJourneys(to open: Set<String>, as what: String) -> [GapTrace] {
    let sites = Dictionary(places.map { ($0.code, $0) }) { first, _ in first }
    return geography.points.indices.map { index in
      let point = geography.points[index]
      let people = "\(point.people) people"
      guard let nearest = nearest(from: index, among: open), let site = sites[nearest.site],
        case .known(_, let source) = journeys.time(from: point, to: site)
      else {
        let lost = noWays(from: point, among: open)
        let source = lost.isEmpty ? "no journey to any of them is known" : lost
        return trace(point.code, what, "unknown; \(people)", source)
      }
      let detail = journeys.detail(from: point.code, to: nearest.site, source)
      return trace(
        point.code,
        what,
        "\(Self.minutes(nearest.seconds)) min to \(nearest.site); \(people)",
        detail.isEmpty ? source.rawValue : "\(source.rawValue): \(detail)"
      )
    }
  }

  /// Whole minutes, halves up.
  static func minutes(_ seconds: Int64) -> Int64 { Rounding.halfUp.divide(seconds, by: 60) }
}

extension Sequence<String> {
  /// `3: a, b, c`; `none` where there is nothing.
  var counted: String {
    let all = Array(self)
    return all.isEmpty ? "none" : "\(all.count): " + all.joined(separator: ", ")
  }
}
