import Inventory
import Procurement
import Storage
import Tabular

/// One item across the network: what was used, what is forecast, who has how much, what is coming, what expires.
struct ItemPage {
  let item: Item
  let visit: Visit
  let register: Register
  let positions: [StockPosition]
  let used: [Consumption]
  let run: PlanRun?
  let line: PlanLine?
  let coming: [DatedComing]
  let expiring: [ExpiringLot]
  let alerts: [ShortageAlert]
  private var t: Language { visit.language }

  static let weeks: Int64 = 16

  init(_ item: Item, _ visit: Visit, _ connection: any Connection) throws {
    (self.item, self.visit) = (item, visit)
    register = try Register(in: connection)
    let filter = StockPosition.Filter(item: item.sku)
    positions = try StockPosition.all(UseWindow(endingOn: visit.day), filter: filter, in: connection)
      .filter { visit.covers($0.centre) }
    let window = UseWindow(endingOn: visit.day, bucketDays: 7, buckets: Self.weeks)
    used = try Consumption.all(window, filter: filter, in: connection).filter { visit.covers($0.centre) }
    let isBound = visit.principal.isBoundToCentres
    run = isBound ? nil : try PlanRun.standing(on: visit.day, in: connection)
    line = try run.flatMap { run in
      try PlanLine.list(of: run.id, .init(item: item.sku), in: connection).first { $0.centre == nil }
    }
    coming = try DatedComing.all(of: item.id, in: connection).filter { visit.covers($0.centre) }
    expiring = try ExpiringLot.all(until: visit.day + 90, today: visit.day, filter: filter, in: connection)
      .filter { visit.covers($0.centre) }
    alerts = try ShortageAlert.list(item: item.sku, in: connection)
      .filter { $0.centre.map(visit.covers) ?? true }
  }

  var title: String { register.name(item.sku, t) }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/stock">\(t("Stock", "Stocks"))</a> ›</p>
    <h1>\(title)</h1>
    <p class="lead"><code>\(item.sku)</code> · \(item.criticality.name(t)) · \(t("counted in", "compté en")) \(register.unit(item.sku, t)) \
    \(item.minimumCoverDays.map { " · \(t("legal minimum", "minimum légal")) \(t.days($0))" } ?? "")</p>
    \(alertNotice)
    <div class="figures">\(figures)</div>
    <section class="card"><h2>\(t("Used and expected each week", "Consommé et attendu par semaine"))</h2>\(chart)</section>
    <div class="split"><section class="card"><h2>\(t("By centre", "Par centre"))</h2>\(table)</section>
    <div>\(comingList)\(expiringList)</div></div>
    """
  }

  private var alertNotice: HTML {
    guard let worst = alerts.max(by: { $0.severity < $1.severity }) else { return .nothing }
    return """
      <div class="notice bad"><strong>\(worst.severity.tag(t)) \(alerts.count == 1 ? t("one alert open", "une alerte ouverte") : t("\(alerts.count) alerts open", "\(alerts.count) alertes ouvertes"))</strong> \
      <a href="\(WebPath("shortages", query: [("item", item.sku.rawValue)]))">\(t("See them", "Les voir"))</a></div>
      """
  }

  private var figures: HTML {
    let usable = positions.reduce(Int64(0)) { $0 + $1.stock.usable }
    let held = positions.reduce(Int64(0)) { $0 + $1.stock.held }
    let coming = coming.reduce(Int64(0)) { $0 + $1.quantity.units }
    let unknown = positions.filter { $0.cover == .unknown }.count
    return """
      <div class="figure"><b>\(t.number(usable))</b><span>\(t("usable", "utilisables"))</span></div>
      <div class="figure"><b>\(line.flatMap(\.coverDays).map { t.days($0) } ?? "–")</b><span>\(t("cover at the forecast use", "de couverture à la consommation prévue"))</span></div>
      <div class="figure"><b>\(t.number(coming))</b><span>\(t("on the way", "en route"))</span></div>
      <div class="figure\(held > 0 ? " warn" : "")"><b>\(t.number(held))</b><span>\(t("held or in quarantine", "bloqués ou en quarantaine"))</span></div>
      <div class="figure"><b>\(unknown)</b><span>\(t("centres whose cover is unknown", "centres sans couverture connue"))</span></div>
      """
  }

  // MARK: - Chart

  private var chart: HTML {
    let (past, t) = (Consumption.totals(used), t)
    guard past.contains(where: { $0.used != nil }) else {
      return "<p class=\"empty\">\(t("No use was reported yet.", "Aucune consommation déclarée."))</p>"
    }
    let forecast = line?.forecast?.weeks ?? []
    let picture = FanChart(
      title: t("Weekly use of \(title)", "Consommation hebdomadaire : \(title)"),
      description: t(
        "Past weeks and the forecast; the table below has the figures.",
        "Semaines passées et prévision ; les chiffres sont dans le tableau."
      ),
      past: past.map { .init(label: t.shortDay($0.firstDay), value: $0.used) },
      future: forecast.map { week in
        .init(
          label: t.shortDay(week.from),
          low: week.quantiles[0],
          median: week.quantiles[1],
          high: week.quantiles[2],
          highest: week.quantiles[3]
        )
      },
      number: { t.number($0) }
    )
    return """
      \(HTML(drawing: picture.svg))
      <p class="note">\(caption)</p>
      <details><summary>\(t("Figures", "Chiffres"))</summary>\(figureTable(past, forecast))</details>
      """
  }

  private var caption: String {
    let gap = t(
      "Gaps are weeks that no centre reported.",
      "Les interruptions sont des semaines sans déclaration."
    )
    guard let run, let forecast = line?.forecast else {
      return gap + " "
        + t("No plan has a forecast as of this day.", "Aucun plan ne contient de prévision à cette date.")
    }
    let surge = forecast.isSurging ? t(" Demand is surging.", " La demande s’emballe.") : ""
    return gap + " "
      + t(
        "Line: median; bands: 8 in 10 and 9 in 10 futures, plan \(run.id.rawValue) of \(t.day(run.asOf)).",
        "Trait : médiane ; bandes : 8 et 9 avenirs sur 10, plan \(run.id.rawValue) du \(t.day(run.asOf))."
      ) + surge
  }

  private func figureTable(_ past: [Consumption.Total], _ weeks: [PlanLine.Week]) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Week from", "Semaine du"))</th><th class="n">\(t("Used", "Consommé"))</th>\
    <th class="n">\(t("Centres that reported", "Centres ayant déclaré"))</th><th class="n">10 %</th><th class="n">\(t("median", "médiane"))</th>\
    <th class="n">90 %</th><th class="n">95 %</th></tr></thead><tbody>
    \(past.markup { week in
      "<tr><td>\(t.day(week.firstDay))</td><td class=\"n\">\(week.used.map { t.number($0) } ?? t.unknown)</td><td class=\"n\">\(week.known)</td><td></td><td></td><td></td><td></td></tr>"
    })
    \(weeks.markup { week in
      "<tr><td>\(t.day(week.from))</td><td></td><td></td>\(week.quantiles.markup { "<td class=\"n\">\(t.number($0))</td>" })</tr>"
    })
    </tbody></table></div>
    """
  }

  // MARK: - Lists

  private var table: HTML {
    let rows = positions.sorted { left, right in
      (CoverLevel(left, policy).rank, register.name(left.centre)) < (
        CoverLevel(right, policy).rank, register.name(right.centre)
      )
    }.prefix(80)
    guard !rows.isEmpty else {
      return "<p class=\"empty\">\(t("No centre holds it.", "Aucun centre n’en détient."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Usable", "Utilisable"))</th>\
      <th class="n">\(t("Held, expired", "Bloqué, périmé"))</th><th>\(t("Cover", "Couverture"))</th><th>\(t("Reported", "Déclaré"))</th></tr></thead><tbody>
      \(rows.markup { position in
        let level = CoverLevel(position, policy)
        return """
          <tr><th scope="row"><a href="\(WebPath("stock", "centres", position.centre, "items", item.sku))">\(register.name(position.centre))</a></th>\
          <td class="n">\(t.number(position.stock.usable))</td><td class="n">\(t.number(position.stock.held + position.stock.expired))</td>\
          <td><span class="tag l-\(level.rawValue)">\(position.cover.text(t))\(level.sign.isEmpty ? "" : " \(level.sign)")</span></td>\
          <td>\(position.reported.map { t.shortDay($0) } ?? t("never", "jamais"))</td></tr>
          """
      })
      </tbody></table></div>
      """
  }

  private var policy: AlertPolicy? { register.policies[item.criticality] }

  private var comingList: HTML {
    """
    <section class="card"><h2>\(t("On the way", "En route"))</h2>
    \(coming.isEmpty ? "<p class=\"empty\">\(t("Nothing is ordered or moved.", "Rien de commandé ni de transféré."))</p>" as HTML : .nothing)
    <ul class="plain">\(coming.prefix(20).markup { part in
      "<li>\(t.number(part.quantity)) → \(register.name(part.centre)), \(part.day.map { t.day($0) } ?? t("day not confirmed", "date non confirmée"))</li>"
    })</ul></section>
    """
  }

  private var expiringList: HTML {
    """
    <section class="card"><h2>\(t("Expiring within 90 days", "Périmant sous 90 jours"))</h2>
    \(expiring.isEmpty ? "<p class=\"empty\">\(t("No lot.", "Aucun lot."))</p>" as HTML : .nothing)
    <ul class="plain">\(expiring.prefix(20).markup { lot in
      "<li>\(t.day(lot.expiry)) · \(register.name(lot.centre)) · \(t("lot", "lot")) \(lot.lot) · \(t.number(lot.quantity))</li>"
    })</ul></section>
    """
  }
}
