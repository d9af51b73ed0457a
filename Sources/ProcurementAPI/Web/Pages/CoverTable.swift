import Inventory
import Procurement

/// Days of cover, centre by item: the worst rows first where there are many.
struct CoverTable {
  let positions: [StockPosition]
  let register: Register
  let visit: Visit
  /// The most rows.
  var limit = 60
  /// The most cells: a page stays under 100 kB. The rest is counted and found by the filters.
  static let cells = 420

  private var t: Language { visit.language }

  var markup: HTML {
    let items = columns
    let rows = ranked
    guard !items.isEmpty, !rows.isEmpty else {
      return
        "<p class=\"empty\">\(t("No stock was reported yet.", "Aucun stock n’a encore été déclaré."))</p>"
    }
    let limit = max(5, min(limit, Self.cells / items.count))
    let hidden = rows.count - min(rows.count, limit)
    return """
      <div class="scroll" tabindex="0"><table class="heat">
      <caption>\(t("Days of cover at the mean use of four weeks", "Jours de couverture à la consommation moyenne de quatre semaines")), \
      \(t.day(visit.day))</caption>
      <thead><tr><th>\(t("Centre", "Centre"))</th>\
      \(items.markup { "<th class=\"up\" scope=\"col\"><a href=\"\(WebPath("stock", "items", $0))\">\(register.name($0, t))</a></th>" })\
      </tr></thead><tbody>
      \(rows.prefix(limit).markup { row($0.centre, $0.cells, items) })
      </tbody></table></div>
      \(hidden > 0 ? more(hidden) : .nothing)
      \(CoverLevel.legend(t))
      \(scale)
      """
  }

  /// The shades are not the alerts, which have the same words.
  private var scale: HTML {
    let limits = Item.Criticality.allCases.compactMap { criticality in
      register.policies[criticality].map { policy in
        t.labelled(
          criticality.name(t),
          "\(policy.criticalDays) / \(policy.alertDays) / \(policy.watchDays)"
        )
      }
    }
    guard !limits.isEmpty else { return .nothing }
    return """
      <p class="note">\(t(
        "Shades go by days of cover alone: critical, alert, watch below these days.",
        "Les teintes suivent les seuls jours de couverture : critique, alerte, vigilance en dessous de ces jours."
      )) \(limits.joined(separator: " · ")). \(t(
        "Where a plan has a forecast, alerts go by the risk to run out before a delivery: they can be more or less severe.",
        "Quand un plan donne une prévision, les alertes suivent le risque de rupture avant une livraison : elles peuvent être plus ou moins graves."
      ))</p>
      """
  }

  private func more(_ count: Int) -> HTML {
    """
    <p class="note">\(t("\(count) more centres stand better: choose an item or a centre to see them.", "\(count) autres centres sont mieux couverts : choisissez un article ou un centre pour les voir."))</p>
    """
  }

  private var columns: [Item.SKU] {
    var seen: Set<Item.SKU> = []
    return positions.map(\.item).filter { seen.insert($0).inserted }
      .map { (rank($0), register.name($0, t).sortKey, $0) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private func rank(_ sku: Item.SKU) -> Int {
    register.item(sku).flatMap { Item.Criticality.allCases.firstIndex(of: $0.criticality) } ?? 9
  }

  private var ranked: [(centre: Centre.Code, cells: [Item.SKU: StockPosition])] {
    let rows = Dictionary(grouping: positions, by: \.centre).map { centre, positions in
      (centre: centre, cells: Dictionary(positions.map { ($0.item, $0) }) { first, _ in first })
    }
    let named = rows.map { row in
      (row, row.cells.values.map { level($0).rank }.min() ?? 9, register.name(row.centre).sortKey)
    }
    return named.sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
  }

  private func level(_ position: StockPosition) -> CoverLevel {
    CoverLevel(position, policy(position.item))
  }

  private func policy(_ sku: Item.SKU) -> AlertPolicy? {
    register.item(sku).flatMap { register.policies[$0.criticality] }
  }

  private func row(_ centre: Centre.Code, _ cells: [Item.SKU: StockPosition], _ items: [Item.SKU]) -> HTML {
    """
    <tr><th scope="row">\(register.link(centre))</th>\(items.markup { item in
      cells[item].map { cell($0, centre) } ?? "<td><span class=\"l-unknown\">–</span></td>"
    })</tr>
    """
  }

  private func cell(_ position: StockPosition, _ centre: Centre.Code) -> HTML {
    let level = level(position)
    let isStale = position.age.map { age in age > (policy(position.item)?.staleDays ?? .max) } ?? false
    let figure =
      switch position.cover {
      case .days(let days): t.number(days)
      case .noUse: "∞"
      case .unknown: level == .unknown ? "" : "?"
      }
    return """
      <td><a class="l-\(level.rawValue)\(isStale ? " l-stale" : "")" title="\(title(position, level, centre))" \
      href="\(WebPath("stock", "centres", centre, "items", position.item))">\(figure)\
      \(level.sign.isEmpty ? .nothing : "<small> \(level.sign)</small>" as HTML)</a></td>
      """
  }

  private func title(_ position: StockPosition, _ level: CoverLevel, _ centre: Centre.Code) -> String {
    let age = position.age.map { t("reported \(t.before($0))", "déclaré \(t.before($0))") }
    let cover =
      position.cover == .unknown
      ? t("cover unknown", "couverture inconnue") : "\(level.name(t)), \(position.cover.text(t))"
    let usable =
      position.reported == nil && position.stock.onHand == 0
      ? nil : "\(t.number(position.stock.usable)) \(t("usable", "utilisables"))"
    return t.labelled(
      "\(register.name(position.item, t)), \(register.name(centre))",
      [cover, usable, age ?? t("never reported", "jamais déclaré")].compactMap(\.self).joined(separator: ", ")
    )
  }
}
