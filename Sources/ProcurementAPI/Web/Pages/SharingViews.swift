import Inventory
import Planning
import Procurement
import Storage

/// One supply under every rule, centre by centre, side by side.
struct ComparisonView {
  /// Days of cover that a comparison raises nobody above, where nobody says otherwise.
  static let usualCover: Int64 = 28

  private let item: Item.SKU
  private let supply: Quantity
  private let pack: Quantity
  private let cover: Int64
  private let visit: Visit
  private let register: Register
  private let comparison: AllocationComparison
  private var rules: [Allocation] { comparison.allocations }
  private var t: Language { visit.language }

  init(
    _ item: Item.SKU,
    _ supply: Quantity,
    pack: Quantity,
    cover: Int64,
    _ visit: Visit,
    _ register: Register,
    _ connection: any Connection
  ) throws {
    (self.item, self.supply, self.pack, self.cover) = (item, supply, pack, cover)
    (self.visit, self.register) = (visit, register)
    var question = AllocationQuestion(
      key: "comparison",
      item: item,
      rule: .equalCover,
      supply: .stated(supply, packUnits: pack, expiry: nil),
      day: visit.day,
      reason: "comparison"
    )
    question.coverTarget = cover
    comparison = try question.compare(in: connection)
  }

  var markup: HTML {
    let centres = rules.first?.totals.map(\.centre) ?? []
    return """
      <section class="card"><p class="note">\(t("\(quantity) as of \(t.day(visit.day)), raising nobody above \(t.days(cover)) of cover. “≠” marks a centre that the rules treat differently.", "\(quantity) au \(t.day(visit.day)), sans porter personne au-delà de \(t.days(cover)) de couverture. «\u{00A0}≠\u{00A0}» signale un centre que les règles traitent différemment."))</p>
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Cover before", "Couverture avant"))</th>\
      \(rules.markup { "<th class=\"n\">\(t.rule($0.rule.rawValue))</th>" })</tr></thead><tbody>
      \(centres.markup(row))
      </tbody><tfoot><tr><th>\(t("Lowest cover after", "Plus faible couverture ensuite"))</th><td></td>\
      \(rules.markup { "<td class=\"n\">\($0.lowestCover.map { t.days(Int64($0.roundedDown)) } ?? "–")</td>" })</tr>
      <tr><th>\(t("Not shared", "Non réparti"))</th><td></td>\(rules.markup { "<td class=\"n\">\(t.number(Int64($0.unallocated)))</td>" })</tr></tfoot></table></div>
      \(unknowns)\(decide)</section>
      """
  }

  /// Which rules are not shown, and of whom too little is known for them.
  private var unknowns: HTML { "\(comparison.lacking.markup(lack))" }

  private func lack(_ lacking: AllocationComparison.Lacking) -> HTML {
    let codes = lacking.findings.compactMap { $0.field.split(separator: ",").first.map(String.init) }
    let names = Set(codes).sorted().map(name).joined(separator: ", ")
    let rule = t.rule(lacking.rule.rawValue)
    return
      "<p class=\"note\">\(t("Not shown: \(rule), because too little is known of \(names).", "Non montrée : \(rule), faute d’information sur \(names)."))</p>"
  }

  private var quantity: String { SharingPages.quantity(supply, item, register, t) }

  private func row(_ centre: String) -> HTML {
    let totals = rules.map { rule in rule.totals.first { $0.centre == centre } }
    let before = totals.compactMap { $0?.coverBefore }.first.map { t.days(Int64($0.roundedDown)) }
    let differs = Set(totals.map { $0?.quantity }).count > 1
    return """
      <tr><th scope="row">\(name(centre))\(differs ? " <span title=\"\(t("the rules differ", "les règles diffèrent"))\">≠</span>" as HTML : .nothing)</th>\
      <td class="n">\(before ?? t.unknown)</td>\(totals.markup(cell))</tr>
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
      <input type="hidden" name="pack" value="\(pack.units)"><input type="hidden" name="coverTarget" value="\(cover)"><input type="hidden" name="day" value="\(visit.day)">
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

  static func table(_ transfers: [Transfer], _ register: Register, _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Transfer", "Transfert"))</th><th>\(t("State", "État"))</th><th>\(t("From", "De"))</th><th>\(t("To", "Vers"))</th>\
      <th>\(t("Item", "Article"))</th><th class="n">\(t("Units", "Unités"))</th><th>\(t("Proposed", "Proposé"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead><tbody>
      \(transfers.markup { transfer in
        """
        <tr><th scope="row" class="code"><a href="\(WebPath("sharing", "transfers", transfer.number))">\(transfer.number)</a></th><td class="state">\(tag(visit.state(of: transfer) ?? transfer.state, t))</td><td>\(register.link(transfer.from, for: visit))</td>\
        <td class="to">\(register.link(transfer.to, for: visit))</td><td>\(register.name(transfer.item, t))</td><td class="n">\(SharingPages.quantity(transfer.quantity, transfer.item, register, t))</td><td>\(t.shortDay(transfer.proposedOn))</td><td class="note why aside">\(register.sentence(transfer.reason, t))</td></tr>
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
    <p class="lead">\(Self.tag(transfer.state, t)) \(SharingPages.quantity(transfer.quantity, transfer.item, register, t)) · \(register.name(transfer.item, t)), \(register.link(transfer.from, for: visit)) → \(register.link(transfer.to, for: visit))</p>
    <section class="card"><dl class="facts">
    <dt>\(t("Why", "Pourquoi"))</dt><dd>\(register.sentence(transfer.reason, t))</dd>
    <dt>\(t("The donor keeps at least", "Le donneur garde au moins"))</dt><dd>\(SharingPages.quantity(transfer.keep, transfer.item, register, t))</dd>
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
