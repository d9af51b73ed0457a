import Inventory
import Procurement

/// An order on paper: what the supplier needs, and nothing else.
struct PrintedOrder {
  let document: OrderDocument
  let language: Language
  private var t: Language { language }
  private var header: PurchaseOrder.Header { document.order.header }

  var markup: HTML {
    """
    <h1>\(t("Order", "Bon de commande")) \(header.number)</h1>
    <dl class="facts">
    <dt>\(t("Supplier", "Fournisseur"))</dt><dd>\(document.supplier.name)</dd>
    <dt>\(t("Buyer", "Acheteur"))</dt><dd>\(document.agreement.buyerName ?? t("the network", "le réseau"))\(document.agreement.buyerSIRET.map { ", SIRET \($0)" } ?? "")</dd>
    <dt>\(t("Framework agreement", "Accord-cadre"))</dt><dd>\(header.agreement), \(t("lot", "lot")) \(header.lot): \(document.lotTitle)</dd>
    <dt>\(t("Ordered on", "Commandé le"))</dt><dd>\(t.day(header.orderedOn))</dd>
    \(header.expectedOn.markup { "<dt>\(t("Expected on", "Attendu le"))</dt><dd>\(t.day($0))</dd>" })
    <dt>\(t("Payment", "Paiement"))</dt><dd>\(t.days(document.agreement.paymentDays))</dd>
    </dl>
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Line", "Ligne"))</th><th>\(t("Item", "Article"))</th><th>\(t("Deliver to", "Livrer à"))</th><th class="n">\(t("Packs", "Conditionnements"))</th>\
    <th class="n">\(t("Units", "Unités"))</th><th class="n">\(t("Amount", "Montant"))</th></tr></thead><tbody>
    \(document.order.lines.flatMap { line in line.shares.map { (line, $0) } }.markup(row))
    </tbody><tfoot><tr><th colspan="5">\(t("Goods", "Fournitures"))</th><td class="n">\(t.money(header.goods))</td></tr>
    <tr><th colspan="5">\(t("Freight", "Transport"))</th><td class="n">\(t.money(header.freight))</td></tr>
    <tr><th colspan="5">\(t("Total before tax", "Total hors taxes"))</th><td class="n">\(t.money(header.total))</td></tr></tfoot></table></div>
    """
  }

  private func row(_ line: OrderLine, _ share: OrderShare) -> HTML {
    let article = document.items.first { $0.sku == line.item }
    let centre = document.centres.first { $0.code == share.centre }
    return """
      <tr><td>\(line.number)</td><td>\(article?.name ?? line.item.rawValue)\(article?.supplierReference.map { " (\($0))" } ?? "")</td>\
      <td>\(centre.map { "\($0.name), \($0.address ?? $0.city)" } ?? share.centre.rawValue)</td><td class="n">\(t.number(share.packs))</td>\
      <td class="n">\(t.number(line.packUnits * share.packs))</td><td class="n">\(t.money(share.cost))</td></tr>
      """
  }
}
