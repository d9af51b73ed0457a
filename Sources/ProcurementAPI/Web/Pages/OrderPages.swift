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
    let orders = try PurchaseOrder.all(in: connection).filter { state == nil || $0.state == state }
      .sorted { $1.header.orderedOn < $0.header.orderedOn }
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
      <section class="card">\(orders.isEmpty ? "<p class=\"empty\">\(t("No order.", "Aucune commande."))</p>" as HTML : table(orders, t, limit: 120))</section>
      """
    )
  }

  static func table(_ orders: [PurchaseOrder], _ t: Language, limit: Int = 60) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Order", "Commande"))</th><th>\(t("Supplier", "Fournisseur"))</th><th>\(t("Agreement, lot", "Accord, lot"))</th>\
    <th>\(t("State", "État"))</th><th>\(t("Ordered", "Commandée"))</th><th>\(t("Expected", "Attendue"))</th><th class="n">\(t("Total", "Total"))</th></tr></thead><tbody>
    \(orders.prefix(limit).markup { order in
      """
      <tr><th scope="row"><a href="\(WebPath("orders", order.header.number))">\(order.header.number)</a></th><td>\(order.header.supplier)</td>\
      <td>\(order.header.agreement)/\(order.header.lot)</td><td>\(order.state.tag(t))</td><td>\(t.shortDay(order.header.orderedOn))</td>\
      <td>\(order.header.expectedOn.map { t.shortDay($0) } ?? "–")</td><td class="n">\(t.money(order.header.total))</td></tr>
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
      PrintedOrder(document: document, language: visit.language).markup
    )
  }

  // MARK: - Agreements

  private static func agreements(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let lots = try Agreement.all(in: connection).flatMap { agreement in agreement.lots.map { (agreement, $0) }
    }
    .sorted { $1.1.ceiling.percentUsed < $0.1.ceiling.percentUsed }
    return WebPage(
      t("Agreements", "Accords-cadres"),
      .orders,
      """
      <h1>\(t("Framework agreements", "Accords-cadres"))</h1>
      <p class="lead">\(t("How much of each lot’s ceiling is committed, and until when it runs.", "Part du plafond engagée pour chaque lot, et échéance."))</p>
      \(tabs(t, here: "agreements"))
      <section class="card"><div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Agreement", "Accord-cadre"))</th><th>\(t("Lot", "Lot"))</th><th>\(t("Holders", "Titulaires"))</th>\
      <th class="n">\(t("Ceiling", "Plafond"))</th><th class="n">\(t("Committed", "Engagé"))</th><th>\(t("Used", "Consommé"))</th><th>\(t("Until", "Échéance"))</th></tr></thead><tbody>
      \(lots.prefix(200).markup { agreement, lot in
        let used = lot.ceiling.percentUsed
        let style = used >= 90 ? "bad" : used >= 70 ? "warn" : "good"
        return """
          <tr><th scope="row">\(agreement.terms.title) <code>\(agreement.terms.reference)</code></th><td>\(lot.terms.number) · \(lot.terms.title)</td>\
          <td>\(lot.holders.map(\.supplier.rawValue).joined(separator: ", "))</td><td class="n">\(ceiling(lot.ceiling, t))</td>\
          <td class="n">\(lot.ceiling.maximumValue == nil ? t.number(lot.ceiling.committedQuantity) : t.money(lot.ceiling.committedValue))</td>\
          <td><span class="tag \(style)">\(used)\u{202F}%</span></td><td>\(t.day(agreement.terms.ends))\(agreement.terms.isInForce(on: visit.day) ? "" : t(" (not in force)", " (pas en vigueur)"))</td></tr>
          """
      })
      </tbody></table></div></section>
      """
    )
  }

  private static func ceiling(_ ceiling: Ceiling, _ t: Language) -> String {
    [ceiling.maximumValue.map { t.money($0) }, ceiling.maximumQuantity.map { t.number($0) }].compactMap(
      \.self
    )
    .joined(separator: ", ")
  }
}

/// One order: where it stands, who gets what, what came and what came short.
private struct OrderView {
  let order: PurchaseOrder
  let visit: Visit
  let register: Register
  let receipts: [Receipt]
  /// Whether the agreement says who buys, which an electronic order must.
  let hasBuyer: Bool
  private var t: Language { visit.language }
  private var number: String { order.header.number.rawValue }

  init(_ number: PurchaseOrder.Number, _ visit: Visit, _ connection: any Connection) throws {
    order = try PurchaseOrder.find(number, in: connection)
    self.visit = visit
    register = try Register(in: connection)
    receipts = try Receipt.all(of: number, in: connection)
    hasBuyer = try Agreement.find(order.header.agreement, in: connection).terms.buyerName != nil
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/orders">\(t("Orders", "Commandes"))</a> ›</p>
    <h1>\(number)</h1>
    <p class="lead">\(order.state.tag(t)) \(order.header.supplier) · \(t("agreement", "accord-cadre")) \(order.header.agreement), \(t("lot", "lot")) \(order.header.lot)\
    \(order.header.campaign.markup { " · <a href=\"\(WebPath("campaigns", $0))\">\($0)</a>" })</p>
    <div class="figures">
    <div class="figure"><b>\(t.money(order.header.total))</b><span>\(t("of which freight", "dont transport")) \(t.money(order.header.freight))</span></div>
    <div class="figure"><b>\(t.shortDay(order.header.orderedOn))</b><span>\(t("ordered", "commandée"))</span></div>
    <div class="figure"><b>\(order.header.expectedOn.map { t.shortDay($0) } ?? "–")</b><span>\(t("expected", "attendue"))</span></div>
    <div class="figure"><b>\(t.number(order.lines.reduce(Quantity.zero) { $0 + $1.outstanding }))</b><span>\(t("units outstanding", "unités restant à livrer"))</span></div>
    </div>
    \(steps)
    <section class="card"><h2>\(t("Who gets what", "Qui reçoit quoi"))</h2>\(shares)</section>
    <section class="card"><h2>\(t("Receipts", "Réceptions"))</h2>\(receiptList)</section>
    <p class="note"><a href="\(WebPath("orders", number, "print"))">\(t("Printable order", "Bon à imprimer"))</a> · \
    \(hasBuyer ? "<a href=\"\(WebPath("v1", "orders", number, "ubl"))\">UBL</a> · " as HTML : .nothing)<a href="\(WebPath("v1", "orders", number, "csv"))">CSV</a></p>
    """
  }

  private var steps: HTML {
    guard visit.may(.buyer) else { return .nothing }
    let values = [("number", number)]
    let why = Form.field(visit, "because", t("Why", "Motif"))
    let hidden: HTML = "<input type=\"hidden\" name=\"number\" value=\"\(number)\">"
    switch order.state {
    case .draft:
      return
        "<p>\(Form.button(visit, "orderApprove", t("Approve", "Approuver"), style: "main", values))</p>\(cancel(hidden, why))"
    case .approved:
      return
        "<p>\(Form.button(visit, "orderSend", t("Mark as sent", "Marquer comme envoyée"), style: "main", values))</p>\(cancel(hidden, why))"
    case .sent:
      return """
        <details class="card" open><summary>\(t("The supplier has answered", "Le fournisseur a répondu"))</summary>
        \(Form.filled(visit, "orderAcknowledge", t("Record the acknowledgement", "Enregistrer l’accusé"), """
        \(hidden)<div class="row">\(Form.field(visit, "reference", t("Supplier’s number", "Numéro du fournisseur"), isRequired: false))\
        \(Form.field(visit, "expected", t("Promised for", "Promise pour le"), type: "date", isRequired: false))</div>
        """))</details>\(receive(hidden))\(cancel(hidden, why))
        """
    case .acknowledged, .partlyReceived:
      return receive(hidden) + (order.state == .acknowledged ? cancel(hidden, why) : close(hidden, why))
    case .received: return close(hidden, why)
    case .closed, .cancelled: return .nothing
    }
  }

  private func cancel(_ hidden: HTML, _ why: HTML) -> HTML {
    "<details class=\"card\"><summary>\(t("Cancel the order", "Annuler la commande"))</summary>\(Form.filled(visit, "orderCancel", t("Cancel it", "Annuler"), "\(hidden)\(why)"))</details>"
  }

  private func close(_ hidden: HTML, _ why: HTML) -> HTML {
    "<details class=\"card\"><summary>\(t("Close the order", "Clore la commande"))</summary>\(Form.filled(visit, "orderClose", t("Close it", "Clore"), "\(hidden)\(why)"))</details>"
  }

  private func receive(_ hidden: HTML) -> HTML {
    """
    <details class="card"><summary>\(t("A delivery has come", "Une livraison est arrivée"))</summary>
    \(Form.filled(visit, "orderReceive", t("Record the delivery", "Enregistrer la livraison"), """
    \(hidden)<div class="row">\(Form.field(visit, "key", t("Delivery note’s number", "Numéro du bon de livraison")))\
    \(Form.field(visit, "day", t("Came on", "Arrivée le"), type: "date", value: visit.day.description))</div>
    <p class="note">\(t("Leave the table empty where everything came.", "Laissez le tableau vide si tout est arrivé."))</p>
    <div class="scroll" tabindex="0"><table data-grows><thead><tr><th>\(t("Line", "Ligne"))</th><th>\(t("Centre", "Centre"))</th><th>\(t("Lot", "Lot"))</th><th>\(t("Expiry", "Péremption"))</th>\
    <th>\(t("Accepted", "Accepté"))</th><th>\(t("Refused", "Refusé"))</th><th>\(t("Reason", "Motif"))</th></tr></thead><tbody>
    <tr>\(["line", "centre", "lot", "expiry", "accepted", "refused", "reason"].markup { "<td><input name=\"cell.\($0)\" aria-label=\"\($0)\" size=\"8\"></td>" })</tr>
    </tbody></table></div>
    """))</details>
    """
  }

  private var shares: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Line", "Ligne"))</th><th>\(t("Item", "Article"))</th><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Ordered", "Commandé"))</th>\
    <th class="n">\(t("Received", "Reçu"))</th><th class="n">\(t("Refused", "Refusé"))</th><th class="n">\(t("Outstanding", "Reste"))</th><th class="n">\(t("Cost", "Coût"))</th></tr></thead><tbody>
    \(order.lines.flatMap { line in line.shares.map { (line, $0) } }.prefix(200).markup { line, share in
      let units = line.packUnits * share.packs
      let missing = max(Quantity.zero, units - share.received)
      return """
        <tr><td>\(line.number)</td><td>\(register.link(line.item, t))</td><td>\(register.link(share.centre))</td><td class="n">\(t.number(units))</td>\
        <td class="n">\(t.number(share.received))</td><td class="n">\(share.refused > .zero ? t.number(share.refused) : "")</td>\
        <td class="n">\(missing > .zero ? t.number(missing) : "✓")</td><td class="n">\(t.money(share.cost))</td></tr>
        """
    })
    </tbody></table></div>
    """
  }

  private var receiptList: HTML {
    guard !receipts.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing has come yet.", "Rien n’est encore arrivé."))</p>"
    }
    return """
      \(receipts.markup { receipt in
        """
        <h3>\(receipt.key) · \(t.day(receipt.receivedOn)) <span class="note">\(receipt.actor)</span></h3>
        <div class="scroll" tabindex="0"><table><tbody>\(receipt.lines.prefix(100).markup { line in
          """
          <tr><td>\(register.name(line.item, t))</td><td>\(register.name(line.centre))</td><td>\(line.lot.map { t("lot \($0)", "lot \($0)") } ?? "")</td>\
          <td class="n">+\(t.number(line.accepted))</td><td class="n">\(line.refused > .zero ? t("\(t.number(line.refused)) refused", "\(t.number(line.refused)) refusés") : "")</td>\
          <td class="note">\(t.sentence(line.reason ?? ""))</td></tr>
          """
        })</tbody></table></div>
        """
      })
      """
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
