import Inventory
import Planning
import Tabular

/// Departments sized by population and coloured by minutes to the nearest machine, with the sites that have one.
struct AccessMap {
  let analysis: AccessAnalysis
  let geography: Geography
  let limits: [Int64]
  let language: Language
  private var t: Language { language }

  var picture: MapPicture {
    let words = t.mapWords
    var picture = MapPicture(
      title: t("Minutes to the nearest machine", "Minutes jusqu’à la machine la plus proche"),
      description: t(
        "The table below has the figures of every department.",
        "Le tableau plus bas donne les chiffres de chaque département."
      ),
      styles: TravelMap.bands(limits, in: words) + TravelMap.sites(in: words),
      marks: departments + sites
    )
    picture.ground = TravelMap.ground(
      geography.points.filter(\.isMetropolitan).compactMap(\.position),
      label: words.ground
    )
    return picture.gathered(
      ["candidate", "silent", "to-confirm", "existing"],
      to: t.marksOnMap,
      word: t.manyOnMap
    )
  }

  private var departments: [MapPicture.Mark] {
    let places = Dictionary(analysis.places.map { ($0.department, $0) }) { first, _ in first }
    return geography.points.filter(\.isMetropolitan).compactMap { point in
      guard let position = point.position, let place = places[point.code] else { return nil }
      let journey = place.seconds.map { "\(Rounding.halfUp.divide($0, by: 60)) min" } ?? t.unknown
      return MapPicture.Mark(
        latitude: Double(position.latitude) / 1e6,
        longitude: Double(position.longitude) / 1e6,
        radius: 4 + 12 * (Double(point.people) / 2_700_000).squareRoot(),
        style: TravelMap.band(place.seconds, limits),
        title: t("\(point.name): ", "\(point.name) : ") + "\(t.number(point.people)), \(journey)"
      )
    }
  }

  /// The sites that the analysis takes to have a machine under an assumption.
  private func equipped(_ assumption: AccessAnalysis.Assumption) -> Set<String> {
    Set(analysis.rows.first { $0.assumption == assumption }?.sites ?? [])
  }

  private var sites: [MapPicture.Mark] {
    let (confirmed, reported, possible) = (equipped(.confirmed), equipped(.reported), equipped(.possible))
    func style(_ code: String) -> String {
      if confirmed.contains(code) { return "existing" }
      if reported.contains(code) { return "to-confirm" }
      return possible.contains(code) ? "silent" : "candidate"
    }
    let order = ["candidate", "silent", "to-confirm", "existing"]
    return geography.sites.filter { !Landmass.isOverseas($0.department) }.compactMap { site in
      site.position.map { position in
        MapPicture.Mark(
          latitude: Double(position.latitude) / 1e6,
          longitude: Double(position.longitude) / 1e6,
          radius: reported.contains(site.code) ? 6 : 5,
          style: style(site.code),
          title: site.name
        )
      }
    }.sorted { (order.firstIndex(of: $0.style) ?? 0) < (order.firstIndex(of: $1.style) ?? 0) }
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
    words.silent = t("site that said nothing", "site sans réponse")
    words.toConfirm = t("site with a machine to confirm", "site équipé, à confirmer")
    words.existing = t("site with a confirmed machine", "site équipé, confirmé")
    words.noJourney = t("people whose journey is not known", "habitants au trajet inconnu")
    words.ground = t(
      TravelMap.groundLabel,
      "à moins de 55 km du milieu d’un département : ni côte ni frontière n’est tracée"
    )
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

extension TravelTime.Source {
  func name(_ t: Language) -> String {
    switch self {
    case .formula: t("by formula, from the distance", "par formule, selon la distance")
    case .imported: t("from a table", "d’un tableau")
    case .routed: t("by road", "par la route")
    case .sea: t("by sea or air", "par mer ou par air")
    }
  }
}
