import Inventory
import Procurement

/// An order on paper: what the supplier needs, and nothing else.
struct PrintedOrder {
  let document: OrderDocument
  let register: Register
  let language: Language
  private var t: Language { language }
  private var header: PurchaseOrder.Header { document.order.header }

  var markup: HTML {
    """
    <h1>\(t("Order", "Bon de commande")) \(header.number)</h1>
    <dl class="facts">
    <dt>\(t("Supplier", "Fournisseur"))</dt><dd>\(supplier)</dd>
    <dt>\(t("Buyer", "Acheteur"))</dt><dd>\(buyer)</dd>
    <dt>\(t("Framework agreement", "Accord-cadre"))</dt><dd>\(header.agreement), \(document.agreement.title), \(t("lot", "lot")) \(header.lot)\(t(":", "\u{00A0}:")) \(document.lotTitle)</dd>
    \(header.supplierReference.markup { "<dt>\(t("Your number", "Votre référence"))</dt><dd>\($0)</dd>" })
    <dt>\(t("Ordered on", "Commandé le"))</dt><dd>\(t.day(header.orderedOn))</dd>
    \(header.sendOn.markup { "<dt>\(t("To be sent on", "À envoyer le"))</dt><dd>\(t.day($0))</dd>" })
    \(header.expectedOn.markup { "<dt>\(t("Expected on", "Attendu le"))</dt><dd>\(t.day($0))</dd>" })
    <dt>\(t("Payment", "Paiement"))</dt><dd>\(t.days(document.agreement.paymentDays)), \(header.currency)</dd>
    </dl>
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Deliver to", "Livrer à"))</th><th class="n">\(t("Packs", "Nombre"))</th>\
    <th class="n">\(t("In all", "En tout"))</th><th class="n">\(t("Amount", "Montant"))</th></tr></thead>
    \(document.order.lines.markup(group))<tfoot>\(total(t("Goods", "Fournitures"), header.goods))\(total(t("Freight", "Transport"), header.freight))\
    \(total(t("Total before tax", "Total hors taxes"), header.total))</tfoot></table></div>
    """
  }

  private var supplier: String {
    [document.supplier.name, document.supplier.siret.map { "SIRET \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// Who buys, as the agreement says it; a paper without a buyer is no order, so that the gap is shown.
  private var buyer: String {
    guard let name = document.agreement.buyerName else {
      return t("not stated in the agreement", "non précisé dans l’accord-cadre")
    }
    return [name, document.agreement.buyerSIRET.map { "SIRET \($0)" }].compactMap(\.self).joined(
      separator: ", "
    )
  }

  private func total(_ name: String, _ amount: Money) -> HTML {
    "<tr><th colspan=\"3\">\(name)</th><td class=\"n\">\(t.money(amount))</td></tr>"
  }

  /// One line: what it is of and what a pack costs, then where how much of it goes.
  private func group(_ line: OrderLine) -> HTML {
    let unit = register.unit(line.item, t)
    return """
      <tbody class="group"><tr><th colspan="4" scope="rowgroup">\(line.number) · \(register.name(line.item, t))<br>\
      <span class="note">\(codes(of: line.item)) · \(t("Pack of", "Conditionnement de")) \(t.number(line.packUnits))\u{00A0}\(unit) · \(t("Price a pack", "Prix unitaire")) \(price(of: line))</span></th></tr>
      \(line.shares.markup { share in
        let centre = document.centre(share.centre)
        return """
          <tr><td>\(centre.map { "\($0.name), \($0.address ?? $0.city)" } ?? share.centre.rawValue)</td><td class="n">\(t.number(share.packs))</td>\
          <td class="n">\(t.number(line.packUnits * share.packs))\u{00A0}\(unit)</td><td class="n">\(t.money(share.cost))</td></tr>
          """
      })
      </tbody>
      """
  }

  /// The supplier's own number first: that is what it looks for.
  private func codes(of item: Item.SKU) -> String {
    let article = document.article(item)
    return [
      article?.supplierReference.map { t("your reference \($0)", "votre référence \($0)") },
      t("our code \(item)", "notre code \(item)"), article?.gtin.map { "GTIN \($0)" },
    ].compactMap(\.self).joined(separator: " · ")
  }

  /// What a pack costs; where tiers make packs cost differently there is no one price.
  private func price(of line: OrderLine) -> String {
    guard line.packs > 0, line.cost.cents.isMultiple(of: line.packs) else {
      return t("by tier", "par palier")
    }
    return t.money(Money(cents: line.cost.cents / line.packs))
  }
}
