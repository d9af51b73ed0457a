import Inventory
import Procurement
import Tabular

/// The centres on a map, each with the worst of its alerts.
struct OverviewMap {
  let visit: Visit
  let centres: [Centre]
  /// Positions of the metropolitan departments: they show the shape of the country.
  let departments: [Position]
  /// By centre; of no centre, those of the network.
  let worst: [Centre.Code?: Severity?]
  /// Centres that have reported stock.
  let reporting: Set<Centre.Code>
  private var t: Language { visit.language }

  /// With more centres the names of their towns would leave no place for each other.
  private static let mostNamed = 60

  /// What is known of a centre: that it has no alert is known only of one that reports and that the visitor may see.
  private enum State {
    case hidden, silent, calm
    case alert(Severity)

    var style: String {
      switch self {
      case .hidden: "unseen"
      case .silent: "silent"
      case .calm: "none"
      case .alert(let severity): severity.rawValue
      }
    }

    func name(_ t: Language) -> String {
      switch self {
      case .hidden: t("not shown to you", "non affiché pour vous")
      case .silent: t("nothing reported", "rien de déclaré")
      case .calm: t("no alert", "aucune alerte")
      case .alert(let severity): severity.name(t)
      }
    }
  }

  private func state(_ centre: Centre.Code) -> State {
    guard visit.covers(centre) else { return .hidden }
    if let severity = worst[centre].flatMap(\.self) { return .alert(severity) }
    return reporting.contains(centre) ? .calm : .silent
  }

  var markup: HTML {
    let order = styles.map(\.name)
    let marks = centres.compactMap(mark).sorted {
      (order.firstIndex(of: $0.style) ?? 0) < (order.firstIndex(of: $1.style) ?? 0)
    }
    guard !marks.isEmpty else { return .nothing }
    var picture = MapPicture(
      title: t("Centres and their worst alert", "Centres et leur alerte la plus grave"),
      description: t("One mark for each centre with a known position.", "Un repère par centre localisé."),
      styles: styles,
      marks: marks
    )
    picture.ground = TravelMap.ground(departments, label: t.mapWords.ground)
    let shown = picture.gathered(Set(styles.map(\.name)), to: t.marksOnMap, word: t.manyOnMap)
    return HTML(drawing: shown.partOfPage)
  }

  private var styles: [MapPicture.Style] {
    let hidden: [MapPicture.Style] =
      visit.principal.isBoundToCentres
      ? [.init("unseen", label: State.hidden.name(t), shape: .circle, fill: "#a9aeae")] : []
    return [
      .init("none", label: State.calm.name(t), shape: .circle, fill: "#4d8f6a"),
      .init("watch", label: Severity.watch.name(t), shape: .circle, fill: "#d9b24a"),
      .init("alert", label: Severity.alert.name(t), shape: .diamond, fill: "#cf7d1c"),
      .init("critical", label: Severity.critical.name(t), shape: .square, fill: "#c43d33"),
      .init("stock_out", label: Severity.stockOut.name(t), shape: .square, fill: "#7a1712"),
      .init("silent", label: State.silent.name(t), shape: .diamond, fill: "#8a8f98"),
    ] + hidden
  }

  private func mark(_ centre: Centre) -> MapPicture.Mark? {
    guard let position = centre.position, position.latitude > 41_000_000, position.longitude > -6_000_000
    else { return nil }
    let state = state(centre.code)
    return MapPicture.Mark(
      latitude: Double(position.latitude) / 1e6,
      longitude: Double(position.longitude) / 1e6,
      radius: 9,
      style: state.style,
      title: t.labelled("\(centre.name), \(centre.city)", state.name(t)),
      caption: centres.count <= Self.mostNamed ? centre.city : ""
    )
  }
}
