import Inventory
import Procurement
import Storage

/// One item across the network: what was used, what is forecast, who has how much, what is coming, what expires.
struct ItemPage {
  let item: Item
  let visit: Visit
  let register: Register
  let positions: [StockPosition]
  let used: [Consumption]
  let run: PlanRun?
  let line: PlanLine?
  let coming: [ComingPart]
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
    let isBound = visit.principal.isBoundToCentres
    run = isBound ? nil : try PlanRun.standing(on: visit.day, in: connection)
    line = try run.flatMap { run in
      try PlanLine.list(of: run.id, .init(item: item.sku), in: connection).first { $0.centre == nil }
    }
    let window = ItemChart.window(Self.weeks, endingBy: visit.day, with: line?.forecast)
    used = try Consumption.all(window, filter: filter, in: connection).filter { visit.covers($0.centre) }
    coming = try ComingPart.all(of: item.id, in: connection).filter { visit.covers($0.centre) }
    expiring = try ExpiringLot.all(until: visit.day + 90, today: visit.day, filter: filter, in: connection)
      .filter { visit.covers($0.centre) }
    alerts = try visit.alerts(item: item.sku, in: connection).alerts
      .filter { $0.centre.map(visit.covers) ?? true }
  }

  var title: String { register.name(item.sku, t) }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/stock">\(t("Stock", "Stocks"))</a> ›</p>
    <h1>\(title)</h1>
    <p class="lead"><code>\(item.sku)</code> · \(item.criticality.name(t)) · \(t("counted in", "compté en")) \(unit) \
    \(item.minimumCoverDays.map { " · \(t("legal minimum", "minimum légal")) \(t.days($0))" } ?? "")</p>
    \(alertNotice)
    <div class="figures">\(figures)</div>
    <section class="card"><h2>\(t("Used and expected each week", "Consommé et attendu par semaine"))</h2>\(chart.markup)</section>
    <div class="split"><section class="card"><h2>\(t("By centre", "Par centre"))</h2>\(table)</section>
    <div>\(comingList)\(expiringList)</div></div>
    """
  }

  private var chart: ItemChart {
    ItemChart(
      title: title,
      unit: unit,
      past: Consumption.totals(used),
      forecast: line?.forecast,
      run: run,
      language: t
    )
  }

  private var alertNotice: HTML {
    guard let worst = alerts.max(by: { $0.severity < $1.severity }) else { return .nothing }
    return """
      <div class="notice \(worst.severity >= .critical ? "bad" : "warn")"><strong>\(worst.severity.tag(t)) \(alerts.count == 1 ? t("one alert open", "une alerte ouverte") : t("\(alerts.count) alerts open", "\(alerts.count) alertes ouvertes"))</strong> \
      <a href="\(WebPath("shortages", query: [("item", item.sku.rawValue)]))">\(alerts.count == 1 ? t("See it", "La voir") : t("See them", "Les voir"))</a></div>
      """
  }

  // MARK: - Figures

  private var usable: Int64 { positions.reduce(Int64(0)) { $0 + $1.stock.usable } }

  private var figures: HTML {
    let held = positions.reduce(Int64(0)) { $0 + $1.stock.held }
    let coming = coming.reduce(Int64(0)) { $0 + $1.quantity.units }
    let unknown = positions.filter { $0.cover == .unknown }.count
    let (cover, coverText) = cover
    return """
      <div class="figure"><b>\(t.number(usable))</b><span>\(unit) \(t("usable", "utilisables"))\(age)</span></div>
      <div class="figure"><b>\(cover)</b><span>\(coverText)</span></div>
      <div class="figure"><b>\(t.number(coming))</b><span>\(unit) \(visit.isLookingBack ? t("on the way now", "en route aujourd’hui") : t("on the way", "en route"))</span></div>
      <div class="figure\(held > 0 ? " warn" : "")"><b>\(t.number(held))</b><span>\(unit) \(t("held or in quarantine", "en stock bloqué ou en quarantaine"))</span></div>
      <div class="figure"><b>\(unknown)</b><span>\(t("centres whose cover is unknown", "centres sans couverture connue"))</span></div>
      """
  }

  private var unit: String { register.unit(item.sku, t) }

  /// How old the reports are that the stock rests on.
  private var age: String {
    let days = positions.compactMap(\.reported)
    guard let oldest = days.min(), let newest = days.max() else {
      return t(", never reported", "; rien n’a été déclaré")
    }
    return oldest == newest
      ? t(", reported \(t.shortDay(newest))", "; déclaration du \(t.shortDay(newest))")
      : t(
        ", reported \(t.shortDay(oldest)) to \(t.shortDay(newest))",
        "; déclarations du \(t.shortDay(oldest)) au \(t.shortDay(newest))"
      )
  }

  /// How long the stock of the day lasts: at the use that the plan expects from the day on, or, where the visitor sees
  /// no plan, at what was used.
  private var cover: (figure: String, text: String) {
    guard let run, let forecast = line?.forecast else { return measuredCover }
    let name = t(
      "plan \(run.id.rawValue) of \(t.shortDay(run.asOf))",
      "plan \(run.id.rawValue) du \(t.shortDay(run.asOf))"
    )
    return (
      forecastCover(forecast).map { t.days($0) } ?? t.unknown,
      t("cover at the use that \(name) expects", "de couverture à la consommation prévue par le \(name)")
    )
  }

  private func forecastCover(_ forecast: PlanLine.Forecast) -> Int64? {
    guard var now = line else { return nil }
    var ahead = forecast
    ahead.weeks.removeAll { $0.from + 6 < visit.day }
    (now.forecast, now.usable) = (ahead, Quantity(usable))
    return now.coverDays
  }

  private var measuredCover: (figure: String, text: String) {
    let known = positions.compactMap(\.cover.days)
    if positions.count == 1, let only = positions.first {
      return (
        only.cover.text(t),
        t("cover at the mean use of four weeks", "de couverture à la consommation moyenne de quatre semaines")
      )
    }
    return (
      known.min().map { t.days($0) } ?? t.unknown,
      t(
        "least cover of a centre, at its mean use of four weeks",
        "plus faible couverture d’un centre, à sa consommation moyenne de quatre semaines"
      )
    )
  }

  // MARK: - Lists

  private var table: HTML {
    let ranked = positions.map { position in
      (CoverLevel(position, policy).rank, register.name(position.centre).sortKey, position)
    }
    let rows = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(80).map(\.2)
    guard !rows.isEmpty else {
      return "<p class=\"empty\">\(t("No centre holds it.", "Aucun centre n’en détient."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><caption>\(t("In \(unit)", "En \(unit)"))\(positions.count > rows.count ? t("; the \(rows.count) least covered of \(positions.count)", " ; les \(rows.count) moins couverts sur \(positions.count)") : "")</caption><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Usable", "Utilisable"))</th>\
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
      """
      <li>\(t.number(part.quantity)) → \(register.name(part.centre)), \(part.day.map { t.day($0) } ?? t("day not confirmed", "date non confirmée")) \
      \(part.day.map { $0 < visit.day } == true ? "<span class=\"tag bad\">\(t("late", "en retard"))</span> " as HTML : .nothing)\(source(part))</li>
      """
    })</ul>\(coming.count > 20 ? "<p class=\"note\">\(t("The first 20 of \(coming.count).", "Les 20 premiers sur \(coming.count)."))</p>" as HTML : .nothing)</section>
    """
  }

  /// What brings it; a link for who may open it.
  private func source(_ part: ComingPart) -> HTML {
    let path: WebPath
    switch part.source {
    case .transfer: path = WebPath("sharing", "transfers", part.number)
    case .order where visit.principal.isBoundToCentres:
      return "<span class=\"note code\">\(part.number)</span>"
    case .order: path = WebPath("orders", part.number)
    }
    return "<a class=\"code\" href=\"\(path)\">\(part.number)</a>"
  }

  private var expiringList: HTML {
    """
    <section class="card"><h2>\(t("Expiring within 90 days", "Périmant sous 90 jours"))</h2>
    \(expiring.isEmpty ? "<p class=\"empty\">\(t("No lot.", "Aucun lot."))</p>" as HTML : .nothing)
    <ul class="plain">\(expiring.prefix(20).markup { lot in
      "<li>\(t.day(lot.expiry)) · \(register.name(lot.centre)) · \(t("lot", "lot")) \(lot.lot) · \(register.amount(lot.quantity.units, of: item.sku, t))</li>"
    })</ul>\(expiring.count > 20 ? "<p class=\"note\">\(t("The first 20 of \(expiring.count).", "Les 20 premiers sur \(expiring.count)."))</p>" as HTML : .nothing)</section>
    """
  }
}
