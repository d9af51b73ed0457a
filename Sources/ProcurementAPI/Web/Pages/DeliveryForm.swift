import Inventory
import Procurement

/// The form of a delivery, row by row; what was filled in stands in it again after a mistake.
struct DeliveryForm {
  let order: PurchaseOrder
  let visit: Visit
  let register: Register
  private var t: Language { visit.language }

  private static let columns = ["lot", "expiry", "accepted", "refused", "reason"]

  var markup: HTML {
    """
    <details class="card"\(isSent ? " open" as HTML : "")><summary>\(t("A delivery has come", "Une livraison est arrivée"))</summary>
    <form class="fields wide" method="post" action="/do/orderReceive">\(Form.hidden(visit, then: nil))
    <input type="hidden" name="number" value="\(order.header.number)"><input type="hidden" name="_given" value="line,centre">
    <div class="row">\(Form.field(visit, "key", t("Delivery note’s number", "Numéro du bon de livraison")))\
    \(Form.field(visit, "day", t("Came on", "Arrivée le"), type: "date", value: visit.day.description))</div>
    <p class="note">\(t("Leave the table empty where everything came. Of several lots for one centre, record one delivery note after the other.", "Laissez le tableau vide si tout est arrivé. Pour plusieurs lots d’un même centre, enregistrez les bons l’un après l’autre."))</p>
    <div class="scroll" tabindex="0"><table class="entry"><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Centre", "Centre"))</th>\(Self.columns.markup { "<th>\(name($0))</th>" })</tr></thead><tbody>
    \(shares.enumerated().markup { row($0, $1.line, $1.share) })
    </tbody></table></div>
    <div><button class="main">\(t("Record the delivery", "Enregistrer la livraison"))</button></div></form></details>
    """
  }

  /// Whether the page is shown again because of this form.
  private var isSent: Bool { visit.outcome?.problem != nil && visit.outcome?.sent?["cell.line"] != nil }

  /// What each centre waits for, line by line; where nothing is outstanding, all of it, since more may come.
  private var shares: [(line: OrderLine, share: OrderShare)] {
    let all = order.lines.flatMap { line in line.shares.map { (line, $0) } }
    let outstanding = all.filter { Self.outstanding($0, $1) > .zero }
    return outstanding.isEmpty ? all : outstanding
  }

  private static func outstanding(_ line: OrderLine, _ share: OrderShare) -> Quantity {
    Quantity(share.packs * line.packUnits.units) - share.received
  }

  private func row(_ index: Int, _ line: OrderLine, _ share: OrderShare) -> HTML {
    let sent = Self.columns.map { column -> String in
      let values = isSent ? visit.outcome?.sent?.all("cell.\(column)") ?? [] : []
      return index < values.count ? values[index] : ""
    }
    let due = max(Quantity.zero, Self.outstanding(line, share))
    let whose = "\(register.name(line.item, t)), \(register.name(share.centre))"
    return """
      <tr><td data-label="\(t("Item", "Article"))">\(register.name(line.item, t))<input type="hidden" name="cell.line" value="\(line.number)"></td>\
      <td data-label="\(t("Centre", "Centre"))">\(register.name(share.centre))<input type="hidden" name="cell.centre" value="\(share.centre)"></td>\
      \(zip(Self.columns, sent).markup { cell($0, $1, whose, due: due) })</tr>
      """
  }

  private func cell(_ column: String, _ value: String, _ whose: String, due: Quantity) -> HTML {
    let attributes: HTML =
      switch column {
      case "expiry": "type=\"date\""
      case "accepted": "inputmode=\"numeric\" size=\"8\" placeholder=\"\(t.number(due))\""
      case "refused": "inputmode=\"numeric\" size=\"8\""
      default: "size=\"12\""
      }
    return """
      <td data-label="\(name(column))"><input name="cell.\(column)" aria-label="\(name(column)), \(whose)" value="\(value)" \(attributes)></td>
      """
  }

  private func name(_ column: String) -> String {
    switch column {
    case "lot": t("Lot", "Lot")
    case "expiry": t("Expiry", "Péremption")
    case "accepted": t("Accepted", "Accepté")
    case "refused": t("Refused", "Refusé")
    case "reason": t("Reason", "Motif")
    default: column
    }
  }
}
