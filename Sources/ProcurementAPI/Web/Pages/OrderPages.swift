import Inventory
import Procurement
import Storage

/// Orders and receipts, the printable order, and what is left of the agreements.
enum OrderPages {
  static let routes = [
    WebRoute("orders", for: WebRoute.network, list),
    WebRoute("orders/agreements", for: WebRoute.network, agreements),
    WebRoute("orders/{order}", for: WebRoute.network, order),
    WebRoute("orders/{order}/print", for: WebRoute.network, printable),
  ]

  private static func tabs(_ t: Language, here: String) -> HTML {
    let entries = [
      ("orders", "/orders", t("Orders", "Commandes")),
      ("agreements", "/orders/agreements", t("Agreements", "Accords-cadres")),
    ]
    return """
      <ul class="tabs">\(entries.markup { key, path, name in
        "<li><a href=\"\(path)\"\(key == here ? " aria-current=\"page\"" as HTML : "")>\(name)</a></li>"
      })</ul>
      """
  }

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let state = visit.query["state"].flatMap(PurchaseOrder.State.init(rawValue:))
    let orders = try visit.orders(in: connection).filter { state == nil || $0.state == state }
      .sorted { $1.header.orderedOn < $0.header.orderedOn }
    let names = PurchasingNames(try Register(in: connection), t)
    let states = PurchaseOrder.State.allCases.map { ($0.rawValue, $0.name(t)) }
    return WebPage(
      t("Orders", "Commandes"),
      .orders,
      """
      <h1>\(t("Orders", "Commandes"))</h1>
      <p class="lead">\(t("Call-offs under the framework agreements, from draft to closing.", "Bons de commande sur accords-cadres, du brouillon à la clôture."))</p>
      \(tabs(t, here: "orders"))
      <form class="filters" method="get" action="/orders">\(StockPages.select("state", t("State", "État"), [("", t("all", "tous"))] + states, state?.rawValue ?? ""))\
      <button>\(t("Filter", "Filtrer"))</button>\(visit.workbook("orders", query: [("state", state?.rawValue)]))</form>
      <section class="card">\(orders.isEmpty ? "<p class=\"empty\">\(t("No order.", "Aucune commande."))</p>" as HTML : table(orders, names, on: visit.day, limit: 120))</section>
      """
    )
  }

  static func table(
    _ orders: [PurchaseOrder],
    _ names: PurchasingNames,
    on day: Day,
    limit: Int = 60
  ) -> HTML {
    let t = names.language
    return """
      <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Order", "Commande"))</th><th>\(t("Supplier", "Fournisseur"))</th><th>\(t("Agreement, lot", "Accord, lot"))</th>\
      <th>\(t("State", "État"))</th><th>\(t("Ordered", "Commandée"))</th><th>\(t("Expected", "Attendue"))</th><th class="n">\(t("Total", "Total"))</th></tr></thead><tbody>
      \(orders.prefix(limit).markup { order in
        """
        <tr><th scope="row" class="code"><a href="\(WebPath("orders", order.header.number))">\(order.header.number)</a></th><td>\(names.supplier(order.header.supplier))</td>\
        <td class="aside code">\(order.header.agreement)/\(order.header.lot)</td><td class="state">\(order.state.tag(t))</td><td data-label="\(t("ordered", "commandée"))">\(t.shortDay(order.header.orderedOn))</td>\
        <td data-label="\(t("expected", "attendue"))">\(order.header.expectedOn.map { t.shortDay($0) } ?? "–")\(order.overdueTag(on: day, t))</td><td class="n">\(t.money(order.header.total))</td></tr>
        """
      })
      </tbody></table></div>
      \(orders.count > limit ? "<p class=\"note\">\(t("The latest \(limit) of \(orders.count).", "Les \(limit) dernières sur \(orders.count)."))</p>" as HTML : .nothing)
      """
  }

  private static func order(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let page = try OrderView(try visit.code("order"), visit, connection)
    return WebPage("\(page.order.header.number)", .orders, page.markup)
  }

  private static func printable(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let document = try OrderDocument.read(try visit.code("order"), in: connection)
    return WebPage(
      "\(document.order.header.number)",
      .orders,
      isBare: true,
      PrintedOrder(
        document: document,
        register: try Register(in: connection),
        language: visit.language
      ).markup
    )
  }

  // MARK: - Agreements

  private static func agreements(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let lots = try visit.agreements(in: connection).flatMap { agreement in
      agreement.lots.map { (agreement, $0) }
    }
    .sorted { $1.1.ceiling.percentUsed < $0.1.ceiling.percentUsed }
    let names = PurchasingNames(try Register(in: connection), t)
    return WebPage(
      t("Agreements", "Accords-cadres"),
      .orders,
      """
      <h1>\(t("Framework agreements", "Accords-cadres"))</h1>
      <p class="lead">\(t("How much of each lot’s ceiling is committed, and until when it runs.", "Part du plafond engagée pour chaque lot, et échéance."))</p>
      \(tabs(t, here: "agreements"))
      <section class="card"><div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Agreement", "Accord-cadre"))</th><th>\(t("Lot", "Lot"))</th><th>\(t("Holders", "Titulaires"))</th>\
      <th class="n">\(t("Ceiling", "Plafond"))</th><th class="n">\(t("Committed", "Engagé"))</th><th>\(t("Used", "Consommé"))</th><th>\(t("Until", "Échéance"))</th></tr></thead><tbody>
      \(lots.prefix(200).markup { agreement, lot in
        let used = lot.ceiling.percentUsed
        let style = used >= 90 ? "bad" : used >= 70 ? "warn" : "good"
        return """
          <tr><th scope="row">\(agreement.terms.title) <code>\(agreement.terms.reference)</code></th><td data-label="\(t("lot", "lot"))">\(lot.terms.number) · \(lot.terms.title)</td>\
          <td>\(lot.holders.map { names.supplier($0.supplier) }.joined(separator: ", "))</td><td class="n" data-label="\(t("ceiling", "plafond"))">\(ceiling(lot.ceiling, t))</td>\
          <td class="n" data-label="\(t("committed", "engagé"))">\(lot.ceiling.maximumValue == nil ? units(lot.ceiling.committedQuantity, t) : t.money(lot.ceiling.committedValue))</td>\
          <td><span class="tag \(style)">\(used)\u{202F}%</span></td><td data-label="\(t("until", "jusqu’au"))">\(t.day(agreement.terms.ends))\(agreement.terms.isInForce(on: visit.day) ? "" : t(" (not in force)", " (pas en vigueur)"))</td></tr>
          """
      })
      </tbody></table></div></section>
      """
    )
  }

  private static func ceiling(_ ceiling: Ceiling, _ t: Language) -> String {
    [ceiling.maximumValue.map { t.money($0) }, ceiling.maximumQuantity.map { units($0, t) }]
      .compactMap(\.self).joined(separator: ", ")
  }

  /// A ceiling may be of several items: it counts their base units.
  private static func units(_ quantity: Quantity, _ t: Language) -> String {
    "\(t.number(quantity))\u{00A0}\(t("units", "unités"))"
  }
}

extension PurchaseOrder.State {
  func name(_ t: Language) -> String {
    switch self {
    case .draft: t("draft", "brouillon")
    case .approved: t("approved", "approuvée")
    case .sent: t("sent", "envoyée")
    case .acknowledged: t("acknowledged", "confirmée")
    case .partlyReceived: t("partly received", "partiellement reçue")
    case .received: t("received", "reçue")
    case .closed: t("closed", "close")
    case .cancelled: t("cancelled", "annulée")
    }
  }

  func tag(_ t: Language) -> HTML {
    let style: String
    switch self {
    case .draft, .cancelled, .closed: style = ""
    case .approved, .sent: style = "accent"
    case .acknowledged, .received: style = "good"
    case .partlyReceived: style = "warn"
    }
    return "<span class=\"tag \(style)\">\(name(t))</span>"
  }
}

extension PurchaseOrder {
  /// Whether it was to be there before a day, and is not there in full.
  func isOverdue(on day: Day) -> Bool {
    switch state {
    case .sent, .acknowledged, .partlyReceived: header.expectedOn.map { $0 < day } ?? false
    case .draft, .approved, .received, .closed, .cancelled: false
    }
  }

  func overdueTag(on day: Day, _ t: Language) -> HTML {
    guard isOverdue(on: day), let expected = header.expectedOn else { return .nothing }
    let days = t.days(day - expected)
    return " <span class=\"tag bad\">\(t("\(days) late", "\(days) de retard"))</span>"
  }
}
