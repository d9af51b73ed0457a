import Inventory
import Planning
import Procurement
import Storage

/// One supply under every rule, centre by centre, side by side.
struct ComparisonView {
  private let item: Item.SKU
  private let supply: Quantity
  private let pack: Quantity
  private let visit: Visit
  private let register: Register
  private let rules: [Allocation]
  private var t: Language { visit.language }

  init(
    _ item: Item.SKU,
    _ supply: Quantity,
    pack: Quantity,
    _ visit: Visit,
    _ register: Register,
    _ connection: any Connection
  ) throws {
    (self.item, self.supply, self.pack, self.visit, self.register) = (item, supply, pack, visit, register)
    var question = AllocationQuestion(
      key: "comparison",
      item: item,
      rule: .equalCover,
      supply: .stated(supply, packUnits: pack, expiry: nil),
      day: visit.day,
      reason: "comparison"
    )
    question.coverTarget = 28
    rules = try question.compare(in: connection)
  }

  var markup: HTML {
    let centres = rules.first?.totals.map(\.centre) ?? []
    return """
      <section class="card"><div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th>\
      \(rules.markup { "<th class=\"n\">\(t.rule($0.rule.rawValue))</th>" })</tr></thead><tbody>
      \(centres.markup { centre in
        "<tr><th scope=\"row\">\(name(centre))</th>\(rules.markup { rule in cell(rule.totals.first { $0.centre == centre }) })</tr>"
      })
      </tbody><tfoot><tr><th>\(t("Lowest cover after", "Plus faible couverture ensuite"))</th>\
      \(rules.markup { "<td class=\"n\">\($0.lowestCover.map { t.days(Int64($0.roundedDown)) } ?? "–")</td>" })</tr>
      <tr><th>\(t("Not shared", "Non réparti"))</th>\(rules.markup { "<td class=\"n\">\(t.number(Int64($0.unallocated)))</td>" })</tr></tfoot></table></div>
      \(decide)</section>
      """
  }

  private func name(_ code: String) -> String {
    Centre.Code(rawValue: code).map(register.name) ?? code
  }

  private func cell(_ total: Allocation.Total?) -> HTML {
    guard let total else { return "<td class=\"n\">–</td>" }
    let cover = total.coverAfter.map { t.days(Int64($0.roundedDown)) }
    return
      "<td class=\"n\">\(t.number(Int64(total.quantity)))\(cover.markup { "<br><span class=\"note\">\($0)</span>" })</td>"
  }

  private var decide: HTML {
    guard visit.may(.buyer, .planner) else { return .nothing }
    let options = rules.map { ($0.rule.rawValue, t.rule($0.rule.rawValue)) }
    return """
      <h3>\(t("Decide", "Décider"))</h3>\(Form.filled(visit, "allocationDecide", t("Share it so", "Répartir ainsi"), then: "/sharing", """
      <input type="hidden" name="item" value="\(item)"><input type="hidden" name="supply" value="\(supply.units)">\
      <input type="hidden" name="pack" value="\(pack.units)"><input type="hidden" name="coverTarget" value="28"><input type="hidden" name="day" value="\(visit.day)">
      <div class="row">\(Form.choice(visit, "rule", t("Rule", "Règle"), options))\(Form.field(visit, "key", t("Key", "Clé"), hint: "2020-W38"))</div>
      \(Form.field(visit, "because", t("Why it must be shared", "Pourquoi il faut répartir")))
      """))
      """
  }
}

/// One transfer and what is its next step.
struct TransferView {
  let transfer: Transfer
  let visit: Visit
  let register: Register
  private var t: Language { visit.language }

  static func table(_ transfers: [Transfer], _ register: Register, _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Transfer", "Transfert"))</th><th>\(t("State", "État"))</th><th>\(t("From", "De"))</th><th>\(t("To", "Vers"))</th>\
    <th>\(t("Item", "Article"))</th><th class="n">\(t("Units", "Unités"))</th><th>\(t("Proposed", "Proposé"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead><tbody>
    \(transfers.prefix(150).markup { transfer in
      """
      <tr><th scope="row"><a href="\(WebPath("sharing", "transfers", transfer.number))">\(transfer.number)</a></th><td>\(tag(transfer.state, t))</td><td>\(register.link(transfer.from))</td>\
      <td>\(register.link(transfer.to))</td><td>\(register.name(transfer.item, t))</td><td class="n">\(t.number(transfer.quantity))</td><td>\(t.shortDay(transfer.proposedOn))</td><td class="note">\(t.sentence(transfer.reason))</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private static func tag(_ state: Transfer.State, _ t: Language) -> HTML {
    let style: String
    switch state {
    case .proposed: style = "warn"
    case .agreed, .sent: style = "accent"
    case .received: style = "good"
    case .cancelled: style = ""
    }
    return "<span class=\"tag \(style)\">\(state.name(t))</span>"
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/sharing/transfers">\(t("Transfers", "Transferts"))</a> ›</p>
    <h1>\(transfer.number)</h1>
    <p class="lead">\(Self.tag(transfer.state, t)) \(t.number(transfer.quantity)) \(register.name(transfer.item, t)), \(register.link(transfer.from)) → \(register.link(transfer.to))</p>
    <section class="card"><dl class="facts">
    <dt>\(t("Why", "Pourquoi"))</dt><dd>\(t.sentence(transfer.reason))</dd>
    <dt>\(t("The donor keeps at least", "Le donneur garde au moins"))</dt><dd>\(t.number(transfer.keep))</dd>
    <dt>\(t("Proposed", "Proposé"))</dt><dd>\(t.day(transfer.proposedOn))</dd>
    <dt>\(t("Sent", "Expédié"))</dt><dd>\(transfer.sentOn.map { t.day($0) } ?? "–")</dd>
    <dt>\(t("Received", "Reçu"))</dt><dd>\(transfer.receivedOn.map { t.day($0) } ?? "–")</dd></dl>\(lots)</section>
    \(steps)
    """
  }

  private var lots: HTML {
    guard !transfer.lots.isEmpty else { return .nothing }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Lot", "Lot"))</th><th>\(t("Expiry", "Péremption"))</th><th class="n">\(t("Sent", "Expédié"))</th><th class="n">\(t("Received", "Reçu"))</th></tr></thead><tbody>
      \(transfer.lots.markup { lot in
        "<tr><td>\(lot.lot)</td><td>\(lot.expiry.map { t.day($0) } ?? "–")</td><td class=\"n\">\(t.number(lot.sent))</td><td class=\"n\">\(lot.received.map { t.number($0) } ?? "–") \(lot.reason ?? "")</td></tr>"
      })
      </tbody></table></div>
      """
  }

  private var steps: HTML {
    guard visit.may(.buyer, .planner) else { return .nothing }
    let number = [("number", transfer.number.rawValue)]
    let cancel = Form.button(visit, "transferCancel", t("Cancel", "Annuler"), style: "danger", number)
    switch transfer.state {
    case .proposed:
      return
        "<p>\(Form.button(visit, "transferAgree", t("Both centres agree", "Les deux centres acceptent"), style: "main", number))\(cancel)</p>"
    case .agreed:
      return
        "<p>\(Form.button(visit, "transferSend", t("It has left", "Il est parti"), style: "main", number + [("day", visit.day.description)]))\(cancel)</p>"
    case .sent:
      return
        "<p>\(Form.button(visit, "transferReceive", t("All of it has arrived", "Tout est arrivé"), style: "main", number + [("day", visit.day.description)]))</p>"
    case .received, .cancelled: return .nothing
    }
  }
}

/// One rollout: its waves as a timeline, centre by centre.
struct RolloutView {
  let plan: RolloutPlan
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/sharing/rollouts">\(t("Rollouts", "Déploiements"))</a> ›</p>
    <h1>\(plan.title)</h1>
    <p class="lead"><span class="tag">\(plan.state.rawValue)</span> <code>\(plan.code)</code> · \(plan.because)</p>
    <p>\(plan.lastFirstDay.map { t("The last centre begins on \(t.day($0)).", "Le dernier centre commence le \(t.day($0)).") } ?? "") <span class="note">\(plan.bound)</span></p>
    \(steps)
    <section class="card"><h2>\(t("Waves", "Vagues"))</h2>\(timeline)</section>
    """
  }

  private var steps: HTML {
    guard visit.may(.buyer, .planner), plan.state == .draft || plan.state == .revised else { return .nothing }
    return
      "<p>\(Form.button(visit, "rolloutApprove", t("Approve", "Approuver"), style: "main", [("code", plan.code.rawValue)]))</p>"
  }

  private struct Cell {
    var quantity: Int64
    var isOut: Bool
  }

  private var timeline: HTML {
    let days = Set(plan.lines.map(\.day) + plan.deliveries.map(\.day)).sorted()
    var cells: [Centre.Code: [Day: Cell]] = [:]
    for line in plan.lines {
      cells[line.centre, default: [:]][line.day] = Cell(quantity: line.quantity.units, isOut: false)
    }
    for line in plan.deliveries {
      cells[line.centre, default: [:]][line.day] = Cell(quantity: line.quantity.units, isOut: true)
    }
    let centres = plan.targets.sorted {
      ($0.firstDay ?? $0.ready, register.name($0.centre)) < (
        $1.firstDay ?? $1.ready, register.name($1.centre)
      )
    }
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\(days.markup { "<th class=\"up\">\(t.shortDay($0))</th>" })<th class="n">\(t("Target", "Cible"))</th></tr></thead><tbody>
      \(centres.markup { target in
        """
        <tr><th scope="row">\(register.link(target.centre))</th>\(days.markup { day in cell(cells[target.centre]?[day]) })\
        <td class="n">\(t.number(target.planned)) / \(t.number(target.target))</td></tr>
        """
      })
      </tbody></table></div>
      <ul class="legend"><li><i class="l-plenty">✓</i>\(t("went out", "expédié"))</li><li><i class="l-watch"></i>\(t("planned", "prévu"))</li></ul>
      """
  }

  private func cell(_ cell: Cell?) -> HTML {
    guard let cell else { return "<td></td>" }
    return
      "<td><span class=\"\(cell.isOut ? "l-plenty" : "l-watch")\">\(t.number(cell.quantity))\(cell.isOut ? " ✓" : "")</span></td>"
  }
}
