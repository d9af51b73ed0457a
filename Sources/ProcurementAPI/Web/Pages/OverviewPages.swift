import Inventory
import Procurement
import Storage
import Tabular

/// What needs attention now, for the one who looks.
enum OverviewPages {
  static let routes = [WebRoute("", overview)]

  private static func overview(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let overview = try Overview(visit, connection)
    return WebPage(
      t("Overview", "Synthèse"),
      .overview,
      """
      <h1>\(overview.heading)</h1>
      <p class="lead">\(overview.summary)</p>
      \(Live.notice(visit, ["alert", "order", "report", "transfer"]))
      \(overview.staleNotice)
      <div class="figures">\(overview.figures)</div>
      <div class="split morning">
      <section class="card now"><h2>\(t("First to look at", "À voir d’abord"))</h2>\(overview.alertList)</section>
      <section class="card wide"><h2>\(t("Cover of critical items", "Couverture des articles critiques"))</h2>\(overview.cover.markup)</section>
      <div>
      \(overview.reportList)
      \(overview.orderList)
      <section class="card"><h2>\(t("The centres", "Les centres"))</h2>\(overview.map)</section>
      </div></div>
      """
    )
  }
}

private struct Overview {
  let visit: Visit
  let register: Register
  let positions: [StockPosition]
  let alerts: [ShortageAlert]
  /// What was said of each, on a day that is over.
  let said: [ShortageAlert.ID: String]
  let reports: [ExpectedReport]
  let orders: [PurchaseOrder]
  let campaigns: [Campaign]
  let lots: [(agreement: Agreement, lot: AgreementLot)]
  /// Positions of the metropolitan departments.
  let departments: [Position]
  private var t: Language { visit.language }

  init(_ visit: Visit, _ connection: any Connection) throws {
    self.visit = visit
    register = try Register(in: connection)
    positions = try StockPosition.all(UseWindow(endingOn: visit.day), in: connection)
      .filter { visit.covers($0.centre) }
    let ofDay = try visit.alerts(in: connection)
    said = ofDay.said
    alerts = ofDay.alerts
      .filter { alert in alert.centre.map(visit.covers) ?? true }
      .sorted(by: ShortageAlert.comesFirst)
    reports = try ExpectedReport.all(from: visit.day - 13, to: visit.day, today: visit.day, in: connection)
      .filter { visit.covers($0.centre) }
    departments = try Department.all(in: connection).filter { !Landmass.isOverseas($0.code) }
      .compactMap(\.position)
    let isBound = visit.principal.isBoundToCentres
    orders = isBound ? [] : try visit.orders(in: connection)
    campaigns = try Campaign.all(in: connection)
    lots =
      isBound
      ? []
      : try visit.agreements(in: connection).flatMap { agreement in agreement.lots.map { (agreement, $0) } }
  }

  var heading: String {
    guard visit.principal.isBoundToCentres else {
      return visit.isLookingBack
        ? t("The network on \(t.day(visit.day))", "Le réseau le \(t.day(visit.day))")
        : t("The network today", "Le réseau aujourd’hui")
    }
    return visit.principal.centres.sorted().map(register.name).joined(separator: ", ")
  }

  var summary: String { "\(alertSummary) \(reportSummary)" }

  /// No alert says nothing of what nobody reported, or reported long ago.
  private var alertSummary: String {
    let urgent = alerts.filter { $0.severity >= .critical }.count
    guard urgent == 0 else {
      return t.counted(
        urgent,
        ("critical shortage to deal with.", "tension critique à traiter."),
        ("critical shortages to deal with.", "tensions critiques à traiter.")
      )
    }
    guard let newest else {
      return t(
        "No stock was reported yet: what is short is unknown.",
        "Aucun stock n’a encore été déclaré : les tensions sont inconnues."
      )
    }
    guard visit.day - newest <= Self.oldDays else {
      return t(
        "No alert is critical, but nothing was reported for \(t.days(visit.day - newest)).",
        "Aucune alerte critique, mais rien n’a été déclaré depuis \(t.days(visit.day - newest))."
      )
    }
    return t("Nothing is critical.", "Rien de critique.")
  }

  private var reportSummary: String {
    guard !reports.isEmpty else {
      return t(
        "No report was expected in the last two weeks.",
        "Aucune déclaration n’était attendue ces deux dernières semaines."
      )
    }
    let missing = reports.filter { $0.state == .missing }.count
    let awaited = reports.filter { $0.state == .awaited }.count
    guard missing == 0 else {
      return t.counted(
        missing,
        ("report is missing of the last two weeks.", "déclaration manque sur deux semaines."),
        ("reports are missing of the last two weeks.", "déclarations manquent sur deux semaines.")
      )
    }
    guard awaited == 0 else {
      return t.counted(
        awaited,
        ("report is still awaited, none is missing.", "déclaration est encore attendue, aucune ne manque."),
        (
          "reports are still awaited, none is missing.",
          "déclarations sont encore attendues, aucune ne manque."
        )
      )
    }
    return t("Every expected report is in.", "Toutes les déclarations attendues sont arrivées.")
  }

  /// Figures older than this are not taken for the state of the day.
  private static let oldDays: Int64 = 21

  private var newest: Day? { positions.compactMap(\.reported).max() }

  /// Old data must not be taken for the state of today.
  var staleNotice: HTML {
    guard let newest, visit.day - newest > Self.oldDays else { return .nothing }
    return """
      <div class="notice warn"><strong>\(t("The newest report is of", "La dernière déclaration date du")) \(t.day(newest)), \
      \(t.days(visit.day - newest)) \(t("old", "de retard")).</strong>
      <form class="inline" method="post" action="/preferences">\(Form.hidden(visit))\
      <input type="hidden" name="day" value="\(newest)">\
      <button>\(t("Show figures as of that day", "Afficher les chiffres à cette date"))</button></form></div>
      """
  }

  // MARK: - Figures

  var figures: HTML {
    let urgent = alerts.filter { $0.severity >= .critical }.count
    let late = reports.filter { $0.state == .missing || $0.state == .late }.count
    let own: HTML = """
      \(figure(urgent, t("critical alerts", "alertes critiques"), "/shortages", urgent > 0 ? "bad" : newest == nil ? "" : "good"))
      \(figure(alerts.count, t("alerts open", "alertes ouvertes"), "/shortages", alerts.isEmpty ? newest == nil ? "" : "good" : "warn"))
      \(figure(late, t("reports late or missing, 14 days", "déclarations en retard ou manquantes, 14 jours"), "/reports", late > 0 ? "warn" : reports.isEmpty ? "" : "good"))
      """
    let open = campaigns.filter(isOpen).count
    guard !visit.principal.isBoundToCentres else { return "\(own)\(calls)" }
    let near = lots.filter { !$0.lot.ceiling.levels.isEmpty }.count
    return """
      \(own)
      \(figure(overdue.count, t("orders overdue", "commandes en retard"), "/orders", overdue.isEmpty ? "good" : "warn"))
      \(figure(near, t("ceilings above 70\u{00A0}%", "plafonds au-delà de 70\u{00A0}%"), "/orders/agreements", near > 0 ? "warn" : "good"))
      \(figure(open, t("campaigns open", "campagnes ouvertes"), "/campaigns", ""))
      """
  }

  /// What a centre's reporter is asked to answer, the one that closes first by one click.
  private var calls: HTML {
    let open = campaigns.filter(isOpen).sorted { $0.terms.closes < $1.terms.closes }
    guard let first = open.first, visit.may(.reporter) else { return .nothing }
    let text = t("calls for needs open", "recueils des besoins en cours")
    return figure(open.count, text, NeedsPage.path(first).description, "warn")
  }

  /// On a day that is over, a campaign was open while it took needs.
  private func isOpen(_ campaign: Campaign) -> Bool {
    guard visit.isLookingBack else { return campaign.state == .open }
    return campaign.state != .draft && campaign.state != .cancelled && campaign.terms.opens <= visit.day
      && visit.day <= campaign.terms.closes
  }

  private func figure(_ count: Int, _ text: String, _ path: String, _ style: String) -> HTML {
    "<a class=\"figure \(style)\" href=\"\(path)\"><b>\(t.number(Int64(count)))</b><span>\(text)</span></a>"
  }

  var cover: CoverTable {
    let critical = positions.filter { register.item($0.item)?.criticality != .standard }
    return CoverTable(
      positions: critical.isEmpty ? positions : critical,
      register: register,
      visit: visit,
      limit: 40
    )
  }

  // MARK: - Lists

  var alertList: HTML {
    guard !alerts.isEmpty else {
      return "<p class=\"empty\">\(t("No shortage in sight.", "Aucune tension en vue."))</p>"
    }
    return """
      <ul class="plain">\(alerts.prefix(8).markup { alert in
        """
        <li>\(alert.severity.tag(t)) <a href="\(WebPath("shortages", alert.id.rawValue))">\(register.name(alert.item, t))</a> · \
        \(alert.centre.map(register.name) ?? t("network", "réseau"))<br>\
        <span class="note">\(AlertText(alert: alert, language: t, register: register, said: said[alert.id]).short)</span></li>
        """
      })</ul>
      <p><a href="/shortages">\(t("All alerts", "Toutes les alertes"))</a></p>
      """
  }

  var reportList: HTML {
    let waiting = reports.filter { $0.state == .missing || $0.state == .awaited }.suffix(8)
    guard !waiting.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Reports not in", "Déclarations attendues"))</h2>
      <ul class="plain">\(waiting.markup { report in
        """
        <li>\(register.link(report.centre)) · \(t("due", "attendue le")) \(t.shortDay(report.due)) \
        <span class="tag \(report.state == .missing ? "bad" : "")">\(report.state.name(t))</span></li>
        """
      })</ul></section>
      """
  }

  private var overdue: [PurchaseOrder] {
    orders.filter { order in
      order.isUnderWay && (order.header.expectedOn.map { $0 < visit.day } ?? false)
    }
  }

  var orderList: HTML {
    let due = orders.filter(\.isUnderWay)
      .sorted { ($0.header.expectedOn ?? visit.day) < ($1.header.expectedOn ?? visit.day) }.prefix(6)
    guard !due.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Deliveries expected", "Livraisons attendues"))</h2>
      <ul class="plain">\(due.markup { order in
        """
        <li><a href="\(WebPath("orders", order.header.number))">\(order.header.number)</a> · \(register.name(order.header.supplier)) · \
        \(order.header.expectedOn.map { t.shortDay($0) } ?? t("day not confirmed", "date non confirmée")) \
        \((order.header.expectedOn.map { $0 < visit.day } ?? false) ? "<span class=\"tag bad\">\(t("late", "en retard"))</span>" as HTML : .nothing)</li>
        """
      })</ul></section>
      """
  }

  var map: HTML {
    OverviewMap(
      visit: visit,
      centres: register.centres,
      departments: departments,
      worst: Dictionary(grouping: alerts) { $0.centre }.mapValues { $0.map(\.severity).max() },
      reporting: Set(positions.filter { $0.reported != nil }.map(\.centre))
    ).markup
  }
}

extension PurchaseOrder {
  /// Whether the supplier has it and not all of it is there.
  var isUnderWay: Bool { [.sent, .acknowledged, .partlyReceived].contains(state) }
}

extension ExpectedReport.State {
  func name(_ t: Language) -> String {
    switch self {
    case .onTime: t("on time", "à l’heure")
    case .late: t("late", "en retard")
    case .missing: t("missing", "manquante")
    case .awaited: t("awaited", "attendue")
    }
  }
}
