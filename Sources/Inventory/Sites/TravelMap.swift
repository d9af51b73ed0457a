import Planning
package import Tabular

/// The picture of a siting plan: departments by their journey once the plan is carried out, sites by what they are.
package enum TravelMap {
  /// What the picture says, in the reader's language.
  package struct Words: Sendable {
    package var within: @Sendable (Int64) -> String = { "people within \($0) minutes" }
    package var beyond: @Sendable (Int64) -> String = { "people beyond \($0) minutes" }
    package var candidate = "site without"
    package var existing = "site with a machine"
    package var new = "site chosen for the next"
    package var unknown = "unknown"
    /// What the plan does: people within a limit in minutes before and after it.
    package var effect: @Sendable (_ before: Int64, _ after: Int64, _ minutes: Int64) -> String = {
      "\(Quantity($0)) people within \($2) minutes before, \(Quantity($1)) after."
    }
    package var people: @Sendable (Int64) -> String = { "\(Quantity($0)) people" }

    package init() {}
  }

  private static let limits: [Int64] = [30, 45, 60, 90]
  private static let fills = ["#1a9850", "#91cf60", "#fee08b", "#fc8d59", "#d73027"]

  package static func picture(
    of inputs: SiteInputs,
    _ answer: SiteAnswer,
    in words: Words = Words()
  ) -> MapPicture {
    let open = Set(answer.sites.map(\.code))
    let new = Set(answer.newSites.map(\.code))
    let mainland = inputs.points.filter(\.isMetropolitan)
    let people = mainland.compactMap { mark($0, inputs, open, words) }
    let sites = inputs.sites.sorted { open.contains($1.code) && !open.contains($0.code) }
    return MapPicture(
      title: "\(inputs.categoryName): \(answer.newSites.map(\.name).joined(separator: ", "))",
      description: words.effect(
        answer.before.peopleWithin,
        answer.after.peopleWithin,
        inputs.question.limitMinutes
      ),
      styles: styles(words),
      marks: people
        + sites.compactMap { site in
          mark(site, open.contains(site.code) ? (new.contains(site.code) ? "new" : "existing") : "candidate")
        }
    )
  }

  private static func styles(_ words: Words) -> [MapPicture.Style] {
    let bands = zip(limits, fills).map { limit, fill in
      MapPicture.Style("within-\(limit)", label: words.within(limit), shape: .circle, fill: fill)
    }
    return bands + [
      .init("beyond", label: words.beyond(limits.last ?? 0), shape: .circle, fill: fills[4]),
      .init("candidate", label: words.candidate, shape: .square, fill: "#999999"),
      .init("existing", label: words.existing, shape: .square, fill: "#08519c"),
      .init("new", label: words.new, shape: .diamond, fill: "#c51b8a"),
    ]
  }

  private static func mark(
    _ point: DemandPoint,
    _ inputs: SiteInputs,
    _ open: Set<String>,
    _ words: Words
  ) -> MapPicture.Mark? {
    guard let position = point.position else { return nil }
    let times = inputs.sites.filter { open.contains($0.code) }.compactMap { site in
      inputs.journeys.time(from: point, to: site).seconds
    }
    let nearest = times.min()
    let band = nearest.flatMap { time in limits.first { time <= 60 * $0 } }
    let journey = nearest.map { "\(Rounding.halfUp.divide($0, by: 60)) min" } ?? words.unknown
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: 4 + 12 * (Double(point.people) / 2_700_000).squareRoot(),
      style: band.map { "within-\($0)" } ?? "beyond",
      title: "\(point.name): \(words.people(point.people)), \(journey)"
    )
  }

  private static func mark(_ site: SitePlace, _ style: String) -> MapPicture.Mark? {
    guard let position = site.position, !Landmass.isOverseas(site.department) else { return nil }
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: style == "candidate" ? 4 : 6,
      style: style,
      title: site.name,
      caption: style == "candidate" ? "" : site.code
    )
  }
}
