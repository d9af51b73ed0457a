import Inventory
import Procurement
import Storage

/// Campaigns: the list, a new one, and one from its needs to its orders.
enum CampaignPages {
  static let routes = [
    WebRoute("campaigns", for: WebRoute.network, list), WebRoute("campaigns/new", for: [.buyer], new),
    WebRoute("campaigns/{campaign}", for: WebRoute.network, campaign),
  ]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let campaigns = try Campaign.all(in: connection).sorted { $1.terms.opens < $0.terms.opens }
    return WebPage(
      t("Campaigns", "Campagnes"),
      .campaigns,
      """
      <h1>\(t("Campaigns", "Campagnes d’achat groupé"))</h1>
      <p class="lead">\(t("Needs of the centres, pooled, awarded and ordered together.", "Les besoins des centres, regroupés, attribués et commandés ensemble."))</p>
      \(visit.may(.buyer) ? "<p><a href=\"/campaigns/new\"><strong>\(t("New campaign", "Nouvelle campagne"))</strong></a></p>" as HTML : .nothing)
      <section class="card">\(campaigns.isEmpty ? "<p class=\"empty\">\(t("No campaign yet.", "Aucune campagne."))</p>" as HTML : table(campaigns, t))</section>
      """
    )
  }

  private static func table(_ campaigns: [Campaign], _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Campaign", "Campagne"))</th><th>\(t("State", "État"))</th><th>\(t("Needs taken", "Saisie des besoins"))</th>\
    <th>\(t("Goods needed by", "Livraison souhaitée"))</th><th class="n">\(t("Items", "Articles"))</th></tr></thead><tbody>
    \(campaigns.prefix(200).markup { campaign in
      """
      <tr><th scope="row"><a href="\(WebPath("campaigns", campaign.terms.code))">\(campaign.terms.title)</a> <code>\(campaign.terms.code)</code></th>\
      <td>\(campaign.state.tag(t))</td><td>\(t.shortDay(campaign.terms.opens)) – \(t.day(campaign.terms.closes))</td>\
      <td>\(t.day(campaign.terms.neededBy))</td><td class="n">\(campaign.terms.items.count)</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private static func new(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let chosen = visit.query["item"]
    let items = register.items.filter { $0.state == .active }
    let boxes = items.markup { item in
      let isChosen =
        chosen == item.sku.rawValue
        || (visit.outcome?.sent?.all("items").contains(item.sku.rawValue) ?? false)
      return """
        <label class="check"><input type="checkbox" name="items" value="\(item.sku)"\(isChosen ? " checked" as HTML : "")> \
        \(register.name(item.sku, t)) <code>\(item.sku)</code></label>
        """
    }
    return WebPage(
      t("New campaign", "Nouvelle campagne"),
      .campaigns,
      """
      <p class="crumbs"><a href="/campaigns">\(t("Campaigns", "Campagnes"))</a> ›</p><h1>\(t("New campaign", "Nouvelle campagne"))</h1>
      <section class="card">\(Form.filled(visit, "campaignNew", t("Start it", "La créer"), then: "/campaigns", """
      <div class="row">\(Form.field(visit, "code", t("Code", "Code"), hint: "2020-AUTUMN"))\
      \(Form.field(visit, "title", t("What it is about", "Objet")))</div>
      <div class="row">\(Form.field(visit, "opens", t("Needs from", "Besoins à partir du"), type: "date", value: visit.day.description))\
      \(Form.field(visit, "closes", t("Needs until", "Besoins jusqu’au"), type: "date", value: (visit.day + 14).description))\
      \(Form.field(visit, "neededBy", t("Goods needed by", "Livraison souhaitée"), type: "date", value: (visit.day + 42).description))</div>
      <fieldset><legend>\(t("Items", "Articles"))</legend>\(boxes)</fieldset>
      """))</section>
      """
    )
  }

  private static func campaign(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let page = try CampaignPage(
      try Campaign.find(try visit.code("campaign"), in: connection),
      visit,
      connection
    )
    return WebPage(page.campaign.terms.title, .campaigns, page.markup)
  }
}

/// One campaign: what it may do next, its needs, its award and its orders.
private struct CampaignPage {
  let campaign: Campaign
  let visit: Visit
  let register: Register
  let needs: [Need]
  let award: Award?
  let orders: [PurchaseOrder]
  private var t: Language { visit.language }
  private var code: String { campaign.terms.code.rawValue }

  init(_ campaign: Campaign, _ visit: Visit, _ connection: any Connection) throws {
    (self.campaign, self.visit) = (campaign, visit)
    register = try Register(in: connection)
    needs = try Need.all(of: campaign.id, in: connection)
    award = try Award.latest(of: campaign, in: connection)
    orders = try PurchaseOrder.all(campaign: campaign.terms.code, in: connection)
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/campaigns">\(t("Campaigns", "Campagnes"))</a> ›</p>
    <h1>\(campaign.terms.title)</h1>
    <p class="lead">\(campaign.state.tag(t)) <code>\(code)</code> · \(t("needs", "besoins")) \(t.shortDay(campaign.terms.opens)) – \(t.day(campaign.terms.closes)) · \
    \(t("goods needed by", "livraison souhaitée le")) \(t.day(campaign.terms.neededBy))</p>
    \(steps)
    \(award.markup { AwardView(award: $0, register: register, language: t).markup })
    <section class="card"><h2>\(t("Needs of the centres", "Besoins des centres"))</h2>\(needTable)</section>
    \(orderList)
    """
  }

  /// What can be done now, and nothing else.
  private var steps: HTML {
    guard visit.may(.buyer) else { return .nothing }
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
      case .closed, .awarded:
        [
          Form.button(
            visit,
            "campaignAward",
            award == nil
              ? t("Compute the award", "Calculer l’attribution") : t("Compute it again", "Recalculer"),
            style: award == nil ? "main" : "",
            values + [("timeLimit", "30")]
          ),
          Form.button(
            visit,
            "campaignAward",
            t("Award what a rule of thumb can", "Attribuer au mieux, sans preuve"),
            values + [("rule", "greedy")]
          ),
          campaign.state == .awarded
            ? Form.button(
              visit,
              "campaignOrder",
              t("Approve and place the orders", "Approuver et commander"),
              style: "main",
              values
            ) : .nothing,
          cancel,
        ]
      case .ordered: [button("campaignComplete", t("Complete it", "Terminer"), values)]
      case .completed, .cancelled: []
      }
    return buttons.isEmpty ? .nothing : "<p>\(buttons)</p>"
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
      <p class="note">\(totals.sorted { $0.key < $1.key }.map { "\(register.name($0.key, t)): \(t.number($0.value))" }.joined(separator: " · "))</p>
      <details\(needs.count <= 40 ? " open" as HTML : "")><summary>\(t("\(needs.count) needs", "\(needs.count) besoins"))</summary>
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Quantity", "Quantité"))</th>\
      <th class="n">\(t("Tolerance", "Tolérance"))</th><th>\(t("Where it comes from", "Origine"))</th></tr></thead><tbody>
      \(needs.prefix(300).markup { need in
        """
        <tr><td>\(register.link(need.item, t))</td><td>\(register.link(need.centre))</td><td class="n">\(t.number(need.quantity))</td>\
        <td class="n">\(need.tolerance > .zero ? "+" + t.number(need.tolerance) : "–")</td><td class="note">\(origin(need))</td></tr>
        """
      })
      </tbody></table></div></details>
      """
  }

  private func origin(_ need: Need) -> String {
    switch need.origin {
    case .entered:
      need.justification.isEmpty ? t("entered by the centre", "saisi par le centre") : need.justification
    case .prefilled: need.justification.isEmpty ? t("computed", "calculé") : need.justification
    }
  }

  private var orderList: HTML {
    guard !orders.isEmpty else { return .nothing }
    return
      "<section class=\"card\"><h2>\(t("Orders", "Commandes"))</h2>\(OrderPages.table(orders, t))</section>"
  }
}

/// An award in words: what it costs, what it saves, how good it is, what would change it.
struct AwardView {
  let award: Award
  let register: Register
  let language: Language
  private var t: Language { language }

  var markup: HTML {
    """
    <section class="card"><h2>\(t("Award", "Attribution")) \(award.number)</h2>
    <div class="figures">\(figures)</div>
    <p>\(quality)</p>
    <div class="split"><div><h3>\(t("By supplier", "Par fournisseur"))</h3>\(lines)</div>
    <div><h3>\(t("By centre, against buying alone", "Par centre, comparé à un achat seul"))</h3>\(savings)</div></div>
    \(uncovered)\(advice)\(remarks)
    </section>
    """
  }

  private var figures: HTML {
    """
    <div class="figure"><b>\(t.money(award.cost))</b><span>\(t("goods and freight", "fournitures et transport"))</span></div>
    <div class="figure good"><b>\(award.saving.map { t.money($0) } ?? "–")</b><span>\(t("saved against each centre alone", "économisés par rapport à des achats séparés"))</span></div>
    <div class="figure"><b>\(award.slack.map { t.money($0) } ?? "–")</b><span>\(t("at most above the optimum", "au plus au-dessus de l’optimum"))</span></div>
    \(award.report.remarks.markup { "<div class=\"figure\"><b>\(t.money($0.greedy.cost))</b><span>\(t("the greedy rule would cost", "coûterait la règle gloutonne"))</span></div>" })
    """
  }

  /// Bound and gap in plain words.
  private var quality: String {
    switch award.method.status {
    case .optimal:
      t(
        "No cheaper award exists under these offers, limits and tolerances: that is proven.",
        "Aucune attribution moins chère n’existe avec ces offres, limites et tolérances : c’est démontré."
      )
    case .withinGap, .feasible:
      t(
        "The search stopped before the proof: a cheaper award may exist, but by no more than \(award.slack.map { t.money($0) } ?? t.unknown).",
        "La recherche s’est arrêtée avant la preuve : une attribution moins chère peut exister, mais d’au plus \(award.slack.map { t.money($0) } ?? t.unknown)."
      )
    case nil:
      t(
        "Made by the greedy rule: the cheapest feasible offer first. How far it is from the best is not known.",
        "Établie par la règle gloutonne : l’offre réalisable la moins chère d’abord. L’écart à l’optimum est inconnu."
      )
    }
  }

  private var lines: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Supplier", "Fournisseur"))</th><th>\(t("Item", "Article"))</th><th class="n">\(t("Packs", "Conditionnements"))</th>\
    <th class="n">\(t("Cost", "Coût"))</th></tr></thead><tbody>
    \(award.lines.markup { line in
      """
      <tr><td>\(line.supplier) <span class="note">\(line.agreement)/\(line.lot)</span></td><td>\(register.link(line.item, t))</td>\
      <td class="n">\(t.number(line.packs)) × \(t.number(line.packUnits))</td><td class="n">\(t.money(line.cost))</td></tr>
      """
    })
    </tbody><tfoot><tr><th colspan="3">\(t("Goods", "Fournitures")) / \(t("freight", "transport"))</th>\
    <td class="n">\(t.money(award.goods)) / \(t.money(award.freight))</td></tr></tfoot></table></div>
    """
  }

  private var savings: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Pays", "Paie"))</th><th class="n">\(t("Alone", "Seul"))</th>\
    <th class="n">\(t("Saves", "Économise"))</th></tr></thead><tbody>
    \(award.report.savings.markup { saving in
      """
      <tr><td>\(register.link(saving.centre))</td><td class="n">\(t.money(saving.cost))</td>\
      <td class="n">\(saving.alone.map { t.money($0) } ?? t("not possible", "impossible"))</td><td class="n">\(saving.saving.map { t.money($0) } ?? "–")</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private var uncovered: HTML {
    guard !award.report.uncovered.isEmpty else { return .nothing }
    return """
      <div class="notice bad"><strong>\(t("Not covered", "Non couvert"))</strong><ul>\(award.report.uncovered.prefix(30).markup { part in
        "<li>\(register.name(part.centre)): \(t.number(part.quantity)) \(register.name(part.item, t)) — \(t.sentence(part.reason))</li>"
      })</ul></div>
      """
  }

  private var advice: HTML {
    guard !award.report.advice.isEmpty else { return .nothing }
    return """
      <h3>\(t("What would reach the next price", "Ce qui atteindrait le palier suivant"))</h3><ul>\(award.report.advice.prefix(12).markup { advice in
        """
        <li><code>\(advice.offer)</code>: \(t("\(t.number(advice.packs)) packs more", "\(t.number(advice.packs)) conditionnements de plus")) → \
        \(t.money(advice.price)) \(t("a pack", "l’unité")), \(advice.extraCost < .zero ? t("\(t.money(.zero - advice.extraCost)) less in all", "\(t.money(.zero - advice.extraCost)) de moins au total") : t("\(t.money(advice.extraCost)) more in all", "\(t.money(advice.extraCost)) de plus au total"))</li>
        """
      })</ul>
      """
  }

  private var remarks: HTML {
    guard let remarks = award.report.remarks, !remarks.binding.isEmpty || !remarks.dearer.isEmpty else {
      return .nothing
    }
    return """
      <details><summary>\(t("What holds the cost up", "Ce qui pèse sur le coût"))</summary><ul>
      \(remarks.binding.markup { "<li>\($0.limit): \(t("easing it would save", "l’assouplir économiserait")) \(t.money($0.saving.amount))</li>" })
      \(remarks.dearer.markup { "<li>\(register.name($0.centre)): \(t("pays \(t.money($0.excess)) more than alone", "paie \(t.money($0.excess)) de plus que seul")) — \(t.sentence($0.reason))</li>" })
      </ul></details>
      """
  }
}

extension Campaign.State {
  func tag(_ t: Language) -> HTML {
    let (style, name) =
      switch self {
      case .draft: ("", t("draft", "brouillon"))
      case .open: ("accent", t("open", "ouverte"))
      case .closed: ("warn", t("closed, to award", "close, à attribuer"))
      case .awarded: ("warn", t("awarded, to order", "attribuée, à commander"))
      case .ordered: ("good", t("ordered", "commandée"))
      case .completed: ("good", t("completed", "terminée"))
      case .cancelled: ("", t("cancelled", "annulée"))
      }
    return "<span class=\"tag \(style)\">\(name)</span>"
  }
}
