import Planning

extension CategoryView {
  /// Every journey and machine that the figures of access come from, then the sums.
  func trace(of access: AccessAnalysis) -> [GapTrace] {
    tracedNorms([.travelLimit, .circuity, .speed]) + tracedMachines + tracedSilence
      + access.rows.flatMap(sums)
      + access.rows.flatMap { row in
        tracedJourneys(to: Set(row.sites), as: "nearest, \(row.assumption.rawValue)")
      }
      + plainRatios(access) + catchments(access)
  }

  /// Who is within each limit, and who is in none.
  private func sums(_ row: AccessAnalysis.Access) -> [GapTrace] {
    let open = Set(row.sites)
    let total = geography.people
    let times = geography.points.indices.map { index in
      (code: geography.points[index].code, time: nearest(from: index, among: open)?.seconds)
    }
    let sites = trace(row.assumption.rawValue, "sites", "\(row.sites.count)", row.sites.counted)
    let bands = row.bands.map { band in
      let within = times.filter { ($0.time ?? .max) <= 60 * band.limitMinutes }.map(\.code)
      return trace(
        row.assumption.rawValue,
        "within \(band.limitMinutes) min",
        "\(band.people) (\(band.percent.text()) %)",
        "\(band.people) ÷ \(total) people; departments, \(within.counted)"
      )
    }
    let lost = times.filter { $0.time == nil }.map(\.code)
    return [sites] + bands
      + [
        trace(row.assumption.rawValue, "journey unknown", "\(row.unknown)", "departments, \(lost.counted)")
      ]
  }

  private func plainRatios(_ access: AccessAnalysis) -> [GapTrace] {
    let (people, machines) = regions
    let shown = Dictionary(zip(geography.points.map(\.region), access.places)) { first, _ in first }
    return people.sorted { $0.key < $1.key }.map { region, people in
      trace(
        region,
        "plain per million",
        shown[region]?.plainPerMillion.text(places: 2) ?? "unknown",
        "\(machines[region] ?? 0) machines × 1000000 ÷ \(people) people of the region"
      )
    }
  }

  /// Each site's machines shared among who reaches it, then each department's sum of shares.
  private func catchments(_ access: AccessAnalysis) -> [GapTrace] {
    let (supply, catchment) = (supply(), catchment(steps: access.steps))
    let weight = Self.weights(of: access.steps)
    let ratios = zip(supply, catchment.demand).map { $1 > 0 ? Double($0) * 1e6 / $1 : 0 }
    let words = ratios.map(Self.decimal)
    let steps = access.steps.map(String.init).joined(separator: ", ")
    let sites = places.indices.filter { supply[$0] > 0 }.map { site in
      trace(
        places[site].code,
        "catchment: machines per million in reach",
        words[site],
        "\(supply[site]) machines × 1000000 ÷ \(Self.decimal(catchment.demand[site])) people, weighted 1, 0.68 and"
          + " 0.22 up to \(steps) min"
      )
    }
    let departments = zip(geography.points.indices, access.places).map { point, place in
      let terms = table.legs(from: point).compactMap { leg -> String? in
        let share = weight.value(at: Double(leg.time))
        return share > 0 && ratios[leg.site] > 0
          ? "\(share) × \(words[leg.site]) (\(places[leg.site].code))" : nil
      }
      return trace(
        place.department,
        "catchment per million",
        place.catchmentPerMillion.text(places: 2),
        terms.isEmpty ? "no machine within the longest step" : terms.joined(separator: " + ")
      )
    }
    return sites + departments
  }

  /// Two decimals, halves away from zero.
  private static func decimal(_ value: Double) -> String {
    Fraction(Int128((value * 100).rounded(.toNearestOrAwayFromZero)), 100).decimal(places: 2)
  }
}
