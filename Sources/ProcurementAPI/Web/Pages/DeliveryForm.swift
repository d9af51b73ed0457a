import Inventory
import Procurement

/// The form of a delivery, row by row; what was filled in stands in it again after a mistake.
struct DeliveryForm {
  let order: PurchaseOrder
  let visit: Visit
  let register: Register
  private var t: Language { visit.language }

  private static let columns = ["line", "centre", "lot", "expiry", "accepted", "refused", "reason"]

  var markup: HTML {
    """
    <details class="card"\(isSent ? " open" as HTML : "")><summary>\(t("A delivery has come", "Une livraison est arrivée"))</summary>
    \(Form.filled(visit, "orderReceive", t("Record the delivery", "Enregistrer la livraison"), """
    <input type="hidden" name="number" value="\(order.header.number)"><div class="row">\(Form.field(visit, "key", t("Delivery note’s number", "Numéro du bon de livraison")))\
    \(Form.field(visit, "day", t("Came on", "Arrivée le"), type: "date", value: visit.day.description))</div>
    <p class="note">\(t("Leave the table empty where everything came.", "Laissez le tableau vide si tout est arrivé.")) \(lines)</p>
    <div class="scroll" tabindex="0"><table data-grows><thead><tr>\(Self.columns.markup { "<th>\(name($0))</th>" })</tr></thead><tbody>
    \(rows.markup(row))
    </tbody></table></div>
    """))</details>
    """
  }

  /// Whether the page is shown again because of this form.
  private var isSent: Bool { visit.outcome?.problem != nil && visit.outcome?.sent?["cell.line"] != nil }

  /// What the numbers of the lines and the codes of the centres stand for.
  private var lines: String {
    order.lines.map { line in
      let centres = line.shares.map(\.centre.rawValue).joined(separator: ", ")
      let head = t("Line \(line.number):", "Ligne \(line.number)\u{00A0}:")
      return "\(head) \(register.name(line.item, t)) (\(centres))"
    }.joined(separator: " · ")
  }

  /// The rows as they were sent, and an empty one after them.
  private var rows: [[String]] {
    let empty = Self.columns.map { _ in "" }
    guard isSent, let sent = visit.outcome?.sent else { return [empty] }
    let cells = Self.columns.map { sent.all("cell.\($0)") }
    let filled = (0..<(cells.map(\.count).max() ?? 0)).map { row in
      cells.map { row < $0.count ? $0[row] : "" }
    }.filter { $0 != empty }
    return filled + [empty]
  }

  private func row(_ values: [String]) -> HTML {
    """
    <tr>\(zip(Self.columns, values).markup { column, value in
      "<td><input name=\"cell.\(column)\" aria-label=\"\(name(column))\" value=\"\(value)\" size=\"8\"></td>"
    })</tr>
    """
  }

  private func name(_ column: String) -> String {
    switch column {
    case "line": t("Line", "Ligne")
    case "centre": t("Centre", "Centre")
    case "lot": t("Lot", "Lot")
    case "expiry": t("Expiry", "Péremption")
    case "accepted": t("Accepted", "Accepté")
    case "refused": t("Refused", "Refusé")
    case "reason": t("Reason", "Motif")
    default: column
    }
  }
}
