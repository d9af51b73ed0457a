import Inventory
import Procurement
import Storage

/// One campaign: what it may do next, its needs, its award and its orders.
struct CampaignPage {
  let campaign: Campaign
  let visit: Visit
  let names: PurchasingNames
  let needs: [Need]
  let award: Award?
  let orders: [PurchaseOrder]
  let offers: [Offer.Code: Offer]
  private var register: Register { names.register }
  private var t: Language { visit.language }
  private var code: String { campaign.terms.code.rawValue }

  init(_ campaign: Campaign, _ visit: Visit, _ connection: any Connection) throws {
    (self.campaign, self.visit) = (campaign, visit)
    names = PurchasingNames(try Register(in: connection), visit.language)
    needs = try Need.all(of: campaign.id, in: connection)
    award = try Award.latest(
      of: campaign,
      before: visit.isLookingBack ? Instant(visit.day + 1) : nil,
      in: connection
    )
    orders =
      visit.isLookingBack
      ? try visit.orders(in: connection).filter { $0.header.campaign == campaign.terms.code }
      : try PurchaseOrder.all(campaign: campaign.terms.code, in: connection)
    offers =
      award == nil
      ? [:] : Dictionary(try Offer.all(in: connection).map { ($0.code, $0) }) { first, _ in first }
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/campaigns">\(t("Campaigns", "Campagnes"))</a> ›</p>
    <h1>\(campaign.terms.title)</h1>
    <p class="lead">\(campaign.state.tag(t)) <code>\(code)</code> · \(t("needs", "besoins")) \(t.shortDay(campaign.terms.opens)) – \(t.day(campaign.terms.closes)) · \
    \(t("goods needed by", "livraison souhaitée le")) \(t.day(campaign.terms.neededBy))\(rounds)</p>
    \(visit.ofNow("The campaign, its award and its orders as they stood at the end of that day; the needs as they are now.", "La campagne, son attribution et ses commandes à la fin de ce jour ; les besoins tels qu’ils sont à présent."))
    \(steps)
    \(award.markup { AwardView(award: $0, names: names, offers: offers, language: t).markup })
    <section class="card"><h2>\(t("Needs of the centres", "Besoins des centres"))</h2>\(needTable)\(needForm)</section>
    \(orderList)
    """
  }

  private var rounds: String {
    guard !campaign.terms.rounds.isEmpty else { return "" }
    let days = campaign.terms.rounds.map { t.shortDay($0) }.joined(separator: ", ")
    return t(" · orders also on \(days)", " · commandes aussi le \(days)")
  }

  /// What can be done now, and nothing else.
  private var steps: HTML {
    guard visit.mayNow(.buyer) else { return .nothing }
    let values = [("code", code)]
    let buttons: [HTML] =
      switch campaign.state {
      case .draft: [button("campaignOpen", t("Open it for needs", "Ouvrir à la saisie"), values), cancel]
      case .open:
        [
          button(
            "campaignPrefill",
            t("Fill in needs from the forecast", "Préremplir depuis la prévision"),
            values
          ),
          button("campaignClose", t("Close it", "Clore la saisie"), values), cancel,
        ]
      case .closed, .awarded: awards + [cancel]
      case .ordered: [button("campaignComplete", t("Complete it", "Terminer"), values)]
      case .completed, .cancelled: []
      }
    return buttons.isEmpty ? .nothing : "<p>\(buttons)</p>\(next)"
  }

  /// Every way to an award, the proven one first; where not everything can be covered, the one that says what is left.
  private var awards: [HTML] {
    let isImpossible = visit.outcome?.problem?.code == "award.impossible"
    let timed = [("code", code), ("timeLimit", "30")]
    let proven = Form.button(
      visit,
      "campaignAward",
      award == nil ? t("Compute the award", "Calculer l’attribution") : t("Compute it again", "Recalculer"),
      style: award == nil && !isImpossible ? "main" : "",
      timed
    )
    let partial = Form.button(
      visit,
      "campaignAward",
      t("Award what offers can cover", "Attribuer ce que les offres couvrent"),
      style: isImpossible ? "main" : "",
      timed + [("partial", "true")]
    )
    let quick = Form.button(
      visit,
      "campaignAward",
      t("Award what a rule of thumb can", "Attribuer au mieux, sans preuve"),
      [("code", code), ("rule", "greedy")]
    )
    guard campaign.state == .awarded else { return [proven, partial, quick] }
    let order = Form.button(
      visit,
      "campaignOrder",
      t("Make the orders", "Établir les commandes"),
      style: "main",
      [("code", code)]
    )
    return [order, proven, partial, quick]
  }

  /// What follows a step, where its button does not say so.
  private var next: HTML {
    if visit.outcome?.problem?.code == "award.impossible", visit.outcome?.sent?["partial"] != nil {
      return """
        <p class="notice warn">\(t("No offer can cover any part of these needs: a ceiling that is spent has to be renewed, or another agreement to bring offers, before anything can be awarded.", "Aucune offre ne couvre la moindre part de ces besoins : un plafond épuisé doit être renouvelé, ou un autre accord-cadre apporter des offres, avant toute attribution."))</p>
        """
    }
    return switch campaign.state {
    case .closed, .awarded:
      """
      <p class="note">\(t("Where not every need can be covered, “award what offers can cover” leaves out what no offer can serve, says so need by need, and proves the rest.", "Si tous les besoins ne peuvent être couverts, « attribuer ce que les offres couvrent » laisse ce qu’aucune offre ne peut servir, le dit besoin par besoin, et démontre le reste."))\
      \(campaign.state == .awarded ? t(" The orders are made as drafts: each is then approved and sent.", " Les commandes sont établies en brouillon : chacune est ensuite approuvée puis envoyée.") : "")</p>
      """
    case .draft, .open, .ordered, .completed, .cancelled: .nothing
    }
  }

  private func button(_ operation: String, _ label: String, _ values: [(String, String)]) -> HTML {
    Form.button(visit, operation, label, values)
  }

  private var cancel: HTML {
    Form.button(
      visit,
      "campaignCancel",
      t("Cancel the campaign", "Annuler la campagne"),
      style: "danger",
      [("code", code)]
    )
  }

  private var needTable: HTML {
    guard !needs.isEmpty else {
      return "<p class=\"empty\">\(t("No need was entered yet.", "Aucun besoin saisi."))</p>"
    }
    let totals = Dictionary(grouping: needs, by: \.item).mapValues {
      $0.reduce(Quantity.zero) { $0 + $1.quantity }
    }
    return """
      <p class="note">\(totals.sorted(byName: { register.name($0.key, t) }).map { "\(register.name($0.key, t))\(t(":", "\u{00A0}:")) \(names.quantity($0.value, of: $0.key))" }.joined(separator: " · "))</p>
      <details\(needs.count <= 40 ? " open" as HTML : "")><summary>\(needs.count == 1 ? t("1 need", "1 besoin") : t("\(needs.count) needs", "\(needs.count) besoins"))</summary>
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Centre", "Centre"))</th><th>\(t("By", "Pour le"))</th><th class="n">\(t("Quantity", "Quantité"))</th>\
      <th class="n">\(t("Tolerance", "Tolérance"))</th><th>\(t("Where it comes from", "Origine"))</th></tr></thead><tbody>
      \(needs.prefix(300).markup { need in
        """
        <tr><td>\(register.link(need.item, t))</td><td>\(register.link(need.centre))</td><td>\(t.shortDay(need.neededBy ?? campaign.terms.neededBy))</td><td class="n">\(t.number(need.quantity))</td>\
        <td class="n">\(need.tolerance > .zero ? "+" + t.number(need.tolerance) : "–")</td><td class="note">\(origin(need))</td></tr>
        """
      })
      </tbody></table></div></details>
      \(needs.count > 300 ? "<p class=\"note\">\(t("The first 300 of \(needs.count).", "Les 300 premiers sur \(needs.count)."))</p>" as HTML : .nothing)
      """
  }

  /// A need as a centre says it, while the campaign is open.
  private var needForm: HTML {
    let centres = register.centres.filter { visit.covers($0.code) }
    guard campaign.state == .open, visit.mayNow(.buyer, .reporter), !centres.isEmpty else { return .nothing }
    let items = campaign.terms.items.map { ($0.rawValue, register.name($0, t)) }
    return """
      <details\(visit.sent("quantity").isEmpty ? "" : " open" as HTML)><summary>\(t("Enter a need", "Saisir un besoin"))</summary>\(Form.filled(visit, "needSet", t("Enter it", "Enregistrer"), """
      <input type="hidden" name="campaign" value="\(code)">
      <div class="row">\(Form.choice(visit, "centre", t("Centre", "Centre"), centres.map { ($0.code.rawValue, $0.name) }))\
      \(Form.choice(visit, "item", t("Item", "Article"), items))\
      \(Form.field(visit, "quantity", t("Quantity, in base units", "Quantité, en unités de base"), type: "number"))\
      \(Form.field(visit, "tolerance", t("More for a better price", "En plus pour un meilleur prix"), type: "number", isRequired: false))\
      \(Form.field(visit, "neededBy", t("Needed by, if sooner", "Pour le, si plus tôt"), type: "date", isRequired: false))</div>
      <label class="check"><input type="checkbox" name="add" value="true"\(visit.sent("add").isEmpty ? "" : " checked" as HTML)> \(t("Keep what the centre said for other days", "Garder ce que le centre a dit pour d’autres dates"))</label>
      \(Form.field(visit, "because", t("Why", "Motif"), isRequired: false))
      """))</details>
      """
  }

  private func origin(_ need: Need) -> String {
    switch need.origin {
    case .entered:
      need.justification.isEmpty ? t("entered by the centre", "saisi par le centre") : need.justification
    case .prefilled:
      need.justification.isEmpty ? t("computed", "calculé") : names.sentence(need.justification)
    }
  }

  private var orderList: HTML {
    guard !orders.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Orders", "Commandes"))</h2>\(toApprove)\(OrderPages.table(orders, names, on: visit.day))</section>
      """
  }

  /// The drafts that the award made: nothing goes to a supplier before each is approved.
  private var toApprove: HTML {
    let drafts = orders.filter { $0.state == .draft }
    guard visit.may(.buyer), !drafts.isEmpty else { return .nothing }
    return """
      <p>\(t("These orders are drafts and hold nothing of any ceiling: approve each, then mark it as sent.", "Ces commandes sont des brouillons et n’engagent aucun plafond : approuvez chacune, puis marquez-la comme envoyée."))</p>
      <ul class="plain">\(drafts.markup { order in
        let number = order.header.number.rawValue
        return """
          <li><a href="\(WebPath("orders", number))">\(number)</a> \(names.supplier(order.header.supplier)), \(t.money(order.header.total)) \
          \(Form.button(visit, "orderApprove", t("Approve \(number)", "Approuver \(number)"), [("number", number)]))</li>
          """
      })</ul>
      """
  }
}
