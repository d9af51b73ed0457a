import Inventory
import Procurement
import Storage

/// Campaigns: the list, a new one, and one from its needs to its orders.
enum CampaignPages {
  static let routes = [
    WebRoute("campaigns", for: WebRoute.network, list), WebRoute("campaigns/new", for: [.buyer], new),
    WebRoute("campaigns/{campaign}", for: WebRoute.network, campaign), NeedsPage.route,
  ]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let campaigns = try visit.campaigns(in: connection).sorted { $1.terms.opens < $0.terms.opens }
    return WebPage(
      t("Campaigns", "Campagnes"),
      .campaigns,
      """
      <h1>\(t("Campaigns", "Campagnes d’achat groupé"))</h1>
      <p class="lead">\(t("Needs of the centres, pooled, awarded and ordered together.", "Les besoins des centres, regroupés, attribués et commandés ensemble."))</p>
      \(visit.mayNow(.buyer) ? "<p><a class=\"main\" href=\"/campaigns/new\">\(t("New campaign", "Nouvelle campagne"))</a></p>" as HTML : .nothing)
      <section class="card">\(campaigns.isEmpty ? "<p class=\"empty\">\(t("No campaign yet.", "Aucune campagne."))</p>" as HTML : table(campaigns, t))</section>
      """
    )
  }

  private static func table(_ campaigns: [Campaign], _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Campaign", "Campagne"))</th><th>\(t("State", "État"))</th><th>\(t("Needs taken", "Saisie des besoins"))</th>\
    <th>\(t("Goods needed by", "Livraison souhaitée"))</th><th class="n">\(t("Items", "Articles"))</th></tr></thead><tbody>
    \(campaigns.prefix(200).markup { campaign in
      """
      <tr><th scope="row"><a href="\(WebPath("campaigns", campaign.terms.code))">\(campaign.terms.title)</a> <code>\(campaign.terms.code)</code></th>\
      <td class="state">\(campaign.state.tag(t))</td><td data-label="\(t("needs", "besoins"))">\(t.shortDay(campaign.terms.opens)) – \(t.day(campaign.terms.closes))</td>\
      <td data-label="\(t("goods by", "livraison"))">\(t.day(campaign.terms.neededBy))</td><td class="n" data-label="\(t("items", "articles"))">\(campaign.terms.items.count)</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private static func new(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let chosen = visit.query["item"]
    let items = register.items(by: t).filter { $0.state == .active }
    let boxes = items.markup { item in
      let isChosen =
        chosen == item.sku.rawValue
        || (visit.outcome?.sent?.all("items").contains(item.sku.rawValue) ?? false)
      return """
        <label class="check"><input type="checkbox" name="items" value="\(item.sku)"\(isChosen ? " checked" as HTML : "")> \
        <span>\(register.name(item.sku, t)) <code>\(item.sku)</code></span></label>
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
      <div class="row">\(Form.field(visit, "opens", t("Needs from", "Besoins à partir du"), type: "date", value: visit.today.description))\
      \(Form.field(visit, "closes", t("Needs until", "Besoins jusqu’au"), type: "date", value: (visit.today + 14).description))\
      \(Form.field(visit, "neededBy", t("Goods needed by", "Livraison souhaitée"), type: "date", value: (visit.today + 42).description))</div>
      <details\(visit.sent("round").isEmpty ? "" : " open" as HTML)><summary>\(t("Order in several rounds", "Commander en plusieurs fois"))</summary>
      <p class="note">\(t("The award may then order on its own day and on these: each need is served by the round that costs least and still arrives in time.", "L’attribution peut alors commander le jour même et à ces dates : chaque besoin est servi par la commande la moins chère qui arrive encore à temps."))</p>
      <div class="row">\(Form.field(visit, "round", t("Second round of orders on", "Deuxième commande le"), type: "date", isRequired: false))\
      \(Form.field(visit, "round", t("Third on", "Troisième le"), type: "date", isRequired: false, at: 1))\
      \(Form.field(visit, "round", t("Fourth on", "Quatrième le"), type: "date", isRequired: false, at: 2))</div></details>
      <fieldset><legend>\(t("Items", "Articles"))</legend><div class="choices">\(boxes)</div></fieldset>
      """))</section>
      """
    )
  }

  private static func campaign(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let page = try CampaignPage(
      try visit.campaign(try visit.code("campaign"), in: connection),
      visit,
      connection
    )
    return WebPage(page.campaign.terms.title, .campaigns, page.markup)
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
