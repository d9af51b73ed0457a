import Inventory
import Procurement
import Storage

/// One order: where it stands, who gets what, what came and what came short.
struct OrderView {
  let order: PurchaseOrder
  let visit: Visit
  let names: PurchasingNames
  let receipts: [Receipt]
  /// What decisions said on the goods of the order.
  let sharing: [OrderSharing]
  /// Whether the agreement says who buys, which an electronic order must.
  let hasBuyer: Bool
  private var t: Language { visit.language }
  private var register: Register { names.register }
  private var number: String { order.header.number.rawValue }

  init(_ number: PurchaseOrder.Number, _ visit: Visit, _ connection: any Connection) throws {
    (order, receipts) = try visit.order(number, in: connection)
    self.visit = visit
    names = PurchasingNames(try Register(in: connection), visit.language)
    sharing = try OrderSharing.all(of: order, in: connection).filter { $0.decidedOn <= visit.day }
    hasBuyer = try Agreement.find(order.header.agreement, in: connection).terms.buyerName != nil
  }

  /// When an order of a later round goes out.
  private var sendOn: String {
    order.header.sendOn.map { t(", to be sent on \(t.shortDay($0))", ", à envoyer le \(t.shortDay($0))") }
      ?? ""
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/orders">\(t("Orders", "Commandes"))</a> ›</p>
    <h1>\(number)</h1>
    <p class="lead">\(order.state.tag(t))\(order.overdueTag(on: visit.day, t)) \(names.supplier(order.header.supplier)) · \(t("agreement", "accord-cadre")) \(order.header.agreement), \(t("lot", "lot")) \(order.header.lot)\
    \(order.header.campaign.markup { " · <a href=\"\(WebPath("campaigns", $0))\">\($0)</a>" })</p>
    \(visit.ofNow("The order as it stood at the end of that day; come back to today to act on it.", "La commande telle qu’elle était à la fin de ce jour ; revenez à aujourd’hui pour agir."))
    <div class="figures">
    <div class="figure"><b>\(t.money(order.header.total))</b><span>\(t("of which freight", "dont transport")) \(t.money(order.header.freight))</span></div>
    <div class="figure"><b>\(t.shortDay(order.header.orderedOn))</b><span>\(t("ordered", "commandée"))\(sendOn)</span></div>
    <div class="figure"><b>\(order.header.expectedOn.map { t.shortDay($0) } ?? "–")</b><span>\(t("expected", "attendue"))</span></div>
    <div class="figure"><b>\(outstanding)</b><span>\(t("outstanding", "restant à livrer"))</span></div>
    </div>
    \(steps)
    <section class="card"><h2>\(t("Who gets what", "Qui reçoit quoi"))</h2>\(shares)\(reasons)</section>
    <section class="card"><h2>\(t("Receipts", "Réceptions"))</h2>\(receiptList)</section>
    <p class="note"><a href="\(WebPath("orders", number, "print"))">\(t("Printable order", "Bon à imprimer"))</a> · \
    \(hasBuyer ? "<a href=\"\(WebPath("v1", "orders", number, "ubl"))\">UBL</a> · " as HTML : .nothing)<a href="\(WebPath("v1", "orders", number, "csv"))">CSV</a></p>
    """
  }

  private var steps: HTML {
    guard visit.mayNow(.buyer) else { return .nothing }
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
        """))</details>\(delivery)\(cancel(hidden, why))
        """
    case .acknowledged, .partlyReceived:
      return delivery + (order.state == .acknowledged ? cancel(hidden, why) : close(hidden, why))
    case .received: return close(hidden, why)
    case .closed, .cancelled: return .nothing
    }
  }

  private var delivery: HTML { DeliveryForm(order: order, visit: visit, register: register).markup }

  private func cancel(_ hidden: HTML, _ why: HTML) -> HTML {
    "<details class=\"card\"><summary>\(t("Cancel the order", "Annuler la commande"))</summary>\(Form.filled(visit, "orderCancel", t("Cancel it", "Annuler"), "\(hidden)\(why)"))</details>"
  }

  private func close(_ hidden: HTML, _ why: HTML) -> HTML {
    "<details class=\"card\"><summary>\(t("Close the order", "Clore la commande"))</summary>\(Form.filled(visit, "orderClose", t("Close it", "Clore"), "\(hidden)\(why)"))</details>"
  }

  /// What is still to come, item by item: units of different items add up to nothing.
  private var outstanding: String {
    let items = Dictionary(grouping: order.lines, by: \.item).mapValues { lines in
      lines.reduce(Quantity.zero) { $0 + max(Quantity.zero, $1.outstanding) }
    }
    return items.sorted { $0.key < $1.key }.map { names.quantity($1, of: $0) }.joined(separator: ", ")
  }

  /// Line by line, each centre's share of it.
  private var shares: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Ordered", "Commandé"))</th>\
    <th class="n">\(t("Received", "Reçu"))</th><th class="n">\(t("Refused", "Refusé"))</th><th class="n">\(t("Outstanding", "Reste"))</th><th class="n">\(t("Cost", "Coût"))</th></tr></thead>
    \(order.lines.prefix(60).markup(group))</table></div>
    """
  }

  private func group(_ line: OrderLine) -> HTML {
    """
    <tbody class="group"><tr><th colspan="6" scope="rowgroup">\(line.number) · \(register.link(line.item, t)) <span class="note">\(t("in", "en")) \(register.unit(line.item, t)), \(t("packs of", "conditionnées par")) \(t.number(line.packUnits))</span></th></tr>
    \(line.shares.prefix(200).markup { share in
      let units = line.packUnits * share.packs
      let missing = max(Quantity.zero, units - share.received)
      return """
        <tr><td>\(register.link(share.centre, for: visit))</td><td class="n">\(t.number(units))</td>\
        <td class="n">\(t.number(share.received))</td><td class="n">\(share.refused > .zero ? t.number(share.refused) : "")</td>\
        <td class="n">\(missing > .zero ? t.number(missing) : "✓")</td><td class="n">\(t.money(share.cost))</td></tr>
        """
    })
    </tbody>
    """
  }

  /// Who got how much of what came, decision by decision, and why.
  private var reasons: HTML {
    guard !sharing.isEmpty else { return .nothing }
    let decisions = Dictionary(grouping: sharing.prefix(300), by: \.key)
    return """
      <h3>\(t("How what came was shared, and why", "Comment ce qui est arrivé a été réparti, et pourquoi"))</h3>
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th>\
      <th class="n">\(t("Got", "A reçu"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead>
      \(decisions.keys.sorted().reversed().markup { key in decision(key, decisions[key] ?? []) })</table></div>
      """
  }

  private func decision(_ key: String, _ parts: [OrderSharing]) -> HTML {
    guard let first = parts.first else { return .nothing }
    return """
      <tbody class="group"><tr><th colspan="3" scope="rowgroup"><a href="\(WebPath("sharing", "allocations", key))">\(t.day(first.decidedOn)), \(t.rule(first.rule))</a> · \(register.name(first.item, t))</th></tr>
      \(parts.markup { part in
        """
        <tr><td>\(register.name(part.centre))</td><td class="n">\(names.quantity(part.quantity, of: part.item))</td><td class="note">\(t.sentence(part.sentence))</td></tr>
        """
      })
      </tbody>
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
          <td class="n">+\(names.quantity(line.accepted, of: line.item))</td><td class="n">\(line.refused > .zero ? t("\(t.number(line.refused)) refused", "\(t.number(line.refused)) refusés") : "")</td>\
          <td class="note">\(t.sentence(line.reason ?? ""))</td></tr>
          """
        })</tbody></table></div>
        """
      })
      """
  }
}
