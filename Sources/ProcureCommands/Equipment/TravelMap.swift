import Inventory
import Planning
import Tabular

/// The picture of a siting plan: departments by their journey once the plan is carried out, sites by what they are.
enum TravelMap {
  private static let limits: [Int64] = [30, 45, 60, 90]
  private static let fills = ["#1a9850", "#91cf60", "#fee08b", "#fc8d59", "#d73027"]

  static func picture(of inputs: SiteInputs, _ answer: SiteAnswer) -> MapPicture {
    let open = Set(answer.sites.map(\.code))
    let new = Set(answer.newSites.map(\.code))
    let mainland = inputs.points.filter(\.isMetropolitan)
    let people = mainland.compactMap { mark($0, inputs, open) }
    let sites = inputs.sites.sorted { open.contains($1.code) && !open.contains($0.code) }
    return MapPicture(
      title: "\(inputs.categoryName): \(answer.newSites.map(\.name).joined(separator: ", "))",
      description: "\(grouped(answer.before.peopleWithin)) people within \(inputs.question.limitMinutes) "
        + "minutes before, \(grouped(answer.after.peopleWithin)) after.",
      styles: styles,
      marks: people
        + sites.compactMap { site in
          mark(site, open.contains(site.code) ? (new.contains(site.code) ? "new" : "existing") : "candidate")
        }
    )
  }

  private static var styles: [MapPicture.Style] {
    let bands = zip(limits, fills).map { limit, fill in
      MapPicture.Style("within-\(limit)", label: "people within \(limit) minutes", shape: .circle, fill: fill)
    }
    return bands + [
      .init("beyond", label: "people beyond \(limits.last ?? 0) minutes", shape: .circle, fill: fills[4]),
      .init("candidate", label: "site without", shape: .square, fill: "#999999"),
      .init("existing", label: "site with a machine", shape: .square, fill: "#08519c"),
      .init("new", label: "site chosen for the next", shape: .diamond, fill: "#c51b8a"),
    ]
  }

  private static func mark(_ point: DemandPoint, _ inputs: SiteInputs, _ open: Set<String>) -> MapPicture
    .Mark?
  {
    guard let position = point.position else { return nil }
    let times = inputs.sites.filter { open.contains($0.code) }.compactMap { site in
      inputs.journeys.time(from: point, to: site).seconds
    }
    let nearest = times.min()
    let band = nearest.flatMap { time in limits.first { time <= 60 * $0 } }
    let journey = nearest.map { "\(minutes($0)) min" } ?? unknown
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: 4 + 12 * (Double(point.people) / 2_700_000).squareRoot(),
      style: band.map { "within-\($0)" } ?? "beyond",
      title: "\(point.name): \(grouped(point.people)) people, \(journey)"
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
