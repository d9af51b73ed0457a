import Inventory
import Tabular

/// Departments sized by population and coloured by minutes to the nearest machine, with the sites that have one.
struct AccessMap {
  let analysis: AccessAnalysis
  let geography: Geography
  let limits: [Int64]
  let language: Language
  private var t: Language { language }

  private static let fills = ["#1a9850", "#91cf60", "#e8c547", "#fc8d59", "#d73027"]

  var picture: MapPicture {
    let equipped = Set(analysis.rows.first { $0.assumption == .reported }?.sites ?? [])
    let words = t.mapWords
    let bands = zip(limits, Self.fills).map { limit, fill in
      MapPicture.Style("within-\(limit)", label: words.within(limit), shape: .circle, fill: fill)
    }
    return MapPicture(
      title: t("Minutes to the nearest machine", "Minutes jusqu’à la machine la plus proche"),
      description: t("The tables beside have the figures.", "Les tableaux à côté donnent les chiffres."),
      styles: bands + [
        .init("beyond", label: words.beyond(limits.last ?? 0), shape: .circle, fill: Self.fills[4]),
        .init("candidate", label: words.candidate, shape: .square, fill: "#9a9a9a"),
        .init("existing", label: words.existing, shape: .square, fill: "#2463a8"),
      ],
      marks: departments + sites(equipped)
    ).gathered(["candidate", "existing"], to: t.marksOnMap, word: t.manyOnMap)
  }

  private var departments: [MapPicture.Mark] {
    let places = Dictionary(analysis.places.map { ($0.department, $0) }) { first, _ in first }
    return geography.points.filter(\.isMetropolitan).compactMap { point in
      guard let position = point.position, let place = places[point.code] else { return nil }
      let band = place.seconds.flatMap { time in limits.first { time <= 60 * $0 } }
      let journey = place.seconds.map { "\(Rounding.halfUp.divide($0, by: 60)) min" } ?? t.unknown
      return MapPicture.Mark(
        latitude: Double(position.latitude) / 1e6,
        longitude: Double(position.longitude) / 1e6,
        radius: 4 + 12 * (Double(point.people) / 2_700_000).squareRoot(),
        style: band.map { "within-\($0)" } ?? "beyond",
        title: "\(point.name): \(t.number(point.people)), \(journey)"
      )
    }
  }

  private func sites(_ equipped: Set<String>) -> [MapPicture.Mark] {
    geography.sites.filter { !Landmass.isOverseas($0.department) }
      .sorted { !equipped.contains($0.code) && equipped.contains($1.code) }
      .compactMap { site in
        site.position.map { position in
          let has = equipped.contains(site.code)
          return MapPicture.Mark(
            latitude: Double(position.latitude) / 1e6,
            longitude: Double(position.longitude) / 1e6,
            radius: has ? 6 : 4,
            style: has ? "existing" : "candidate",
            title: site.name
          )
        }
      }
  }
}

extension Language {
  /// A page of more would be large, and its marks would hide each other.
  var marksOnMap: Int { 280 }

  /// What a mark says that stands for several of a kind.
  func manyOnMap(_ count: Int, _ first: String) -> String {
    self("\(count) side by side: \(first) …", "\(count) côte à côte : \(first) …")
  }

  var mapWords: TravelMap.Words {
    let t = self
    var words = TravelMap.Words()
    words.within = { t("people within \($0) minutes", "habitants à moins de \($0) minutes") }
    words.beyond = { t("people beyond \($0) minutes", "habitants à plus de \($0) minutes") }
    words.candidate = t("site without", "site sans machine")
    words.existing = t("site with a machine", "site équipé")
    words.new = t("site chosen for the next", "site retenu pour la prochaine")
    words.unknown = unknown
    words.people = { t("\(t.number($0)) people", "\(t.number($0)) habitants") }
    words.effect = { before, after, minutes in
      t(
        "\(t.number(before)) people within \(minutes) minutes before, \(t.number(after)) after.",
        "\(t.number(before)) habitants à moins de \(minutes) minutes avant, \(t.number(after)) après."
      )
    }
    return words
  }

  /// An exact figure with one decimal.
  func figure(_ figure: ExactFigure?) -> String {
    guard let figure else { return unknown }
    return self(figure.text(), figure.text().replacing(".", with: ","))
  }
}

extension SiteQuestion.Objective {
  func name(_ t: Language) -> String {
    switch self {
    case .coverage: t("most people within the limit", "le plus d’habitants sous la limite")
    case .median: t("shortest mean journey", "trajet moyen le plus court")
    case .centre: t("shortest longest journey", "trajet le plus long minimal")
    case .worstRegion: t("worst region served best", "région la moins bien servie")
    }
  }
}

extension AccessAnalysis.Assumption {
  func name(_ t: Language) -> String {
    switch self {
    case .confirmed: t("confirmed machines only", "machines confirmées seulement")
    case .reported: t("with those to confirm", "avec celles à confirmer")
    case .possible: t("were every unknown site equipped", "si tous les sites inconnus étaient équipés")
    }
  }
}
