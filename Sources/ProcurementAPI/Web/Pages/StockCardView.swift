import Inventory
import Procurement

/// The movements of one item at one centre, the latest first, with what they came from.
struct StockCardView {
  let lines: [StockCardLine]
  let expiries: [String: Day]
  let centre: Centre.Code
  let item: Item.SKU
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }

  private static let most = 200

  var markup: HTML {
    guard !lines.isEmpty else {
      return
        "<p class=\"empty\">\(t("No movement was ever recorded.", "Aucun mouvement n’a été enregistré."))</p>"
    }
    let moving = lines.filter { $0.quantity != .zero }
    let shown = moving.suffix(Self.most)
    return """
      <div class="scroll" tabindex="0"><table>
      <caption>\(caption(moving.count, shown.count))</caption>
      <thead><tr><th>\(t("Day", "Jour"))</th><th>\(t("Reason", "Motif"))</th><th>\(t("Lot", "Lot"))</th><th>\(t("Expiry", "Péremption"))</th>\
      <th class="n">\(t("Quantity", "Quantité"))</th><th class="n">\(t("Balance", "Solde"))</th>\
      <th>\(t("Document", "Document"))</th><th>\(t("By", "Par"))</th></tr></thead><tbody>
      \(shown.reversed().markup(row))
      </tbody></table></div>
      """
  }

  private func caption(_ moving: Int, _ shown: Int) -> String {
    let unit = register.unit(item, t)
    let count =
      moving > shown
      ? t("The latest \(shown) of \(moving) movements", "Les \(shown) derniers de \(moving) mouvements")
      : t.counted(moving, ("movement", "mouvement"), ("movements", "mouvements"))
    let still = lines.count - moving
    let agreeing =
      still == 0
      ? ""
      : t("; ", " ; ")
        + t.counted(
          still,
          ("report that changed nothing is left out", "déclaration qui n’a rien changé est omise"),
          ("reports that changed nothing are left out", "déclarations qui n’ont rien changé sont omises")
        )
    return t("In \(unit). \(count)\(agreeing).", "En \(unit). \(count)\(agreeing).")
  }

  private func row(_ line: StockCardLine) -> HTML {
    """
    <tr><td>\(t.day(line.day))</td><td>\(line.reason.name(t))\(line.isReversal ? " <span class=\"tag\">\(t("reversal", "contre-passation"))</span>" as HTML : .nothing)</td>\
    <td>\(line.lot)</td><td>\(expiries[line.lot].map { t.day($0) } ?? "")</td><td class="n">\(line.quantity > .zero ? "+" : "")\(t.number(line.quantity))</td>\
    <td class="n">\(t.number(line.balance))</td><td>\(line.document.markup(document))</td><td>\(line.actor)</td></tr>
    """
  }

  /// `report 2020-10-18`, `receipt CA-2020-00001 BL-1`, `transfer TR-2020-00001`: with a link for who may open it.
  private func document(_ text: String) -> HTML {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return "\(text)" }
    switch parts[0] {
    case "report":
      return link(t("report", "déclaration"), parts[1], WebPath("reports", centre, parts[1]))
    case "transfer":
      return link(t("transfer", "transfert"), parts[1], WebPath("sharing", "transfers", parts[1]))
    case "receipt":
      let name = t("receipt", "réception")
      guard let order = parts[1].split(separator: " ").first, !visit.principal.isBoundToCentres else {
        return "\(name) \(parts[1])"
      }
      return link(name, parts[1], WebPath("orders", String(order)))
    default: return "\(text)"
    }
  }

  private func link(_ name: String, _ number: String, _ path: WebPath) -> HTML {
    "<a href=\"\(path)\">\(name) \(number)</a>"
  }
}
