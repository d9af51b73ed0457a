import Planning
package import Tabular

/// The picture of a siting plan: departments by their journey once the plan is carried out, sites by what they are.
package enum TravelMap {
  /// What the picture says, in the reader's language.
  package struct Words: Sendable {
    package var within: @Sendable (Int64) -> String = { "people within \($0) minutes" }
    package var beyond: @Sendable (Int64) -> String = { "people beyond \($0) minutes" }
    package var candidate = "site without"
    package var silent = "site that said nothing"
    package var toConfirm = "site with a machine to confirm"
    package var existing = "site with a confirmed machine"
    package var noJourney = "people whose journey is not known"
    package var new = "site chosen for the next"
    package var unknown = "unknown"
    /// What the plan does: people within a limit in minutes before and after it.
    package var effect: @Sendable (_ before: Int64, _ after: Int64, _ minutes: Int64) -> String = {
      "\(Quantity($0)) people within \($2) minutes before, \(Quantity($1)) after."
    }
    package var ground = TravelMap.groundLabel
    package var people: @Sendable (Int64) -> String = { "\(Quantity($0)) people" }

    package init() {}
  }

  private static let limits: [Int64] = [30, 45, 60, 90]

  /// How far the ground reaches around each department's middle: far enough to meet its neighbours'.
  package static let groundKilometres = 55.0
  package static let groundLabel = "within 55 km of the middle of a department: no coast or border is drawn"

  /// The ground under a map of metropolitan France, from the middles of its departments alone.
  package static func ground(_ points: some Sequence<Position>, label: String) -> MapPicture.Ground {
    MapPicture.Ground(
      points.map { .init(latitude: Double($0.latitude) / 1e6, longitude: Double($0.longitude) / 1e6) },
      kilometres: groundKilometres,
      label: label
    )
  }

  /// The styles of departments, from light to dark as journeys grow, each with its limit written within the mark.
  package static func bands(_ limits: [Int64], in words: Words) -> [MapPicture.Style] {
    let fills = ["#fde725", "#8fd744", "#35b779", "#21918c", "#31688e"]
    let last = limits.last ?? 0
    return zip(limits, fills).map { limit, fill in
      .init("within-\(limit)", label: words.within(limit), shape: .circle, fill: fill, sign: "\(limit)")
    } + [
      .init("beyond", label: words.beyond(last), shape: .circle, fill: "#440154", sign: ">"),
      .init("no-journey", label: words.noJourney, shape: .circle, fill: "#c9c9c9", sign: "?"),
    ]
  }

  /// The styles of sites: present, to confirm, unknown and absent are four things.
  package static func sites(in words: Words) -> [MapPicture.Style] {
    [
      .init("candidate", label: words.candidate, shape: .square, fill: "#7d8588", sign: "–"),
      .init("silent", label: words.silent, shape: .square, fill: "#dddddd", sign: "?"),
      .init("to-confirm", label: words.toConfirm, shape: .square, fill: "#f4a582", sign: "+"),
      .init("existing", label: words.existing, shape: .square, fill: "#b2182b"),
    ]
  }

  /// The style of a department by the seconds of its journey.
  package static func band(_ seconds: Int64?, _ limits: [Int64]) -> String {
    guard let seconds else { return "no-journey" }
    return limits.first { seconds <= 60 * $0 }.map { "within-\($0)" } ?? "beyond"
  }

  package static func picture(
    of inputs: SiteInputs,
    _ answer: SiteAnswer,
    in words: Words = Words()
  ) -> MapPicture {
    let open = Set(answer.sites.map(\.code))
    let new = Set(answer.newSites.map(\.code))
    let mainland = inputs.points.filter(\.isMetropolitan)
    let people = mainland.compactMap { mark($0, inputs, open, words) }
    let marks = inputs.sites.compactMap { mark($0, new.contains($0.code) ? "new" : presence(of: $0, inputs)) }
    var picture = MapPicture(
      title: "\(inputs.categoryName): \(answer.newSites.map(\.name).joined(separator: ", "))",
      description: words.effect(
        answer.before.peopleWithin,
        answer.after.peopleWithin,
        inputs.question.limitMinutes
      ),
      styles: bands(limits, in: words) + sites(in: words) + [
        .init("new", label: words.new, shape: .diamond, fill: "#c51b8a")
      ],
      marks: people + marks.sorted { rank($0.style) < rank($1.style) }
    )
    picture.ground = ground(mainland.compactMap(\.position), label: words.ground)
    return picture
  }

  /// What is known lies over what is not.
  private static func rank(_ style: String) -> Int {
    ["candidate", "silent", "to-confirm", "existing", "new"].firstIndex(of: style) ?? 0
  }

  private static func presence(of site: SitePlace, _ inputs: SiteInputs) -> String {
    if inputs.confirmed.contains(site.code) { return "existing" }
    if inputs.toConfirm.contains(site.code) { return "to-confirm" }
    return inputs.silent.contains(site.code) ? "silent" : "candidate"
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
    let journey = nearest.map { "\(Rounding.halfUp.divide($0, by: 60)) min" } ?? words.unknown
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: 4 + 12 * (Double(point.people) / 2_700_000).squareRoot(),
      style: band(nearest, limits),
      title: "\(point.name): \(words.people(point.people)), \(journey)"
    )
  }

  private static func mark(_ site: SitePlace, _ style: String) -> MapPicture.Mark? {
    guard let position = site.position, !Landmass.isOverseas(site.department) else { return nil }
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: ["candidate", "silent"].contains(style) ? 5 : 6,
      style: style,
      title: site.name,
      caption: style == "new" ? site.name : ""
    )
  }
}
