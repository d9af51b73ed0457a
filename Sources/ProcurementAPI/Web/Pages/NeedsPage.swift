import HTTPTypes
import Inventory
import Procurement
import Storage

/// A centre's answer to a call for needs: item by item, while the campaign is open.
struct NeedsPage {
  let campaign: Campaign
  let centre: Centre
  /// The centres that the visitor may answer for.
  let centres: [Centre]
  /// The centre's own needs.
  let needs: [Need]
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }

  static let route = WebRoute("campaigns/{campaign}/needs", for: [.reporter, .buyer], page)

  /// Where a centre answers.
  static func path(_ campaign: Campaign, _ centre: Centre.Code? = nil) -> WebPath {
    WebPath("campaigns", campaign.terms.code.rawValue, "needs", query: [("centre", centre?.rawValue)])
  }

  private static func page(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let campaign = try visit.campaign(try visit.code("campaign"), in: connection)
    let register = try Register(in: connection)
    let centres = register.centres.filter { visit.covers($0.code) }
    let asked: Centre.Code? = visit.filter("centre") ?? visit.principal.centres.min() ?? centres.first?.code
    guard let asked, let centre = register.centre(asked) else { throw Problem.noSuchPage }
    try visit.requireCovered(asked)
    let page = NeedsPage(
      campaign: campaign,
      centre: centre,
      centres: centres,
      needs: try Need.all(of: campaign.id, in: connection).filter { $0.centre == asked },
      register: register,
      visit: visit
    )
    return WebPage(page.title, .campaigns, page.markup)
  }

  private var title: String { t("What \(centre.name) needs", "Les besoins de \(centre.name)") }

  private var markup: HTML {
    let crumb: HTML =
      visit.principal.roles.isDisjoint(with: WebRoute.network)
      ? "\(campaign.terms.title)"
      : "<a href=\"\(WebPath("campaigns", campaign.terms.code))\">\(campaign.terms.title)</a>"
    return """
      <p class="crumbs">\(crumb) ›</p><h1>\(title)</h1>
      <p class="lead">\(campaign.state.tag(t)) \(t("needs", "besoins")) \(t.shortDay(campaign.terms.opens)) – \(t.day(campaign.terms.closes)) · \
      \(t("goods needed by", "livraison souhaitée le")) \(t.day(campaign.terms.neededBy))</p>
      \(choice)\(isOpen ? .nothing : over)
      <div class="needs">\(campaign.terms.items.sorted(byName: { register.name($0, t) }).markup(card))</div>
      """
  }

  private var isOpen: Bool { campaign.state == .open && !visit.isLookingBack }

  private var over: HTML {
    "<p class=\"notice warn\">\(t("Needs are not taken now: this is what was said.", "Les besoins ne sont pas recueillis à présent : voici ce qui a été dit."))</p>"
  }

  private var choice: HTML {
    guard centres.count > 1 else { return .nothing }
    let options = centres.map { ($0.code.rawValue, $0.name) }
    return """
      <form class="filters" method="get" action="\(WebPath("campaigns", campaign.terms.code.rawValue, "needs"))">\
      \(StockPages.select("centre", t("Centre", "Centre"), options, centre.code.rawValue))<button>\(t("Show", "Afficher"))</button></form>
      """
  }

  // MARK: - One item

  private func card(_ item: Item.SKU) -> HTML {
    let own = needs.filter { $0.item == item }
    return """
      <section class="card"><h2>\(register.name(item, t)) <span class="note">\(t("in", "en")) \(register.unit(item, t))</span></h2>
      \(own.isEmpty ? "<p class=\"empty\">\(t("Nothing was said yet. Zero is an answer too.", "Rien n’a encore été dit. Zéro est aussi une réponse."))</p>" as HTML : said(own))
      \(isOpen ? form(item, own) : .nothing)</section>
      """
  }

  private func said(_ own: [Need]) -> HTML {
    let lines = own.map { need -> HTML in
      let tolerance = need.tolerance > .zero ? " + \(t.number(need.tolerance))" : ""
      let why =
        switch need.origin {
        case .prefilled: t("from the forecast", "d’après la prévision")
        case .entered: need.justification
        }
      return """
        <li><strong>\(t.number(need.quantity))\(tolerance)</strong> \(t("by", "pour le")) \(t.day(need.neededBy ?? campaign.terms.neededBy)) <span class="note">\(why)</span></li>
        """
    }
    return "<ul class=\"plain\">\(lines)</ul>"
  }

  /// It stands in place of what was said before, or, where the box is ticked, beside it for another day.
  private func form(_ item: Item.SKU, _ own: [Need]) -> HTML {
    // What was sent of another item is not shown here.
    var visit = visit
    if visit.sent("item") != item.rawValue { visit.outcome = nil }
    return Form.filled(
      visit,
      "needSet",
      own.isEmpty ? t("Say it", "Le dire") : t("Say it anew", "Le redire"),
      """
      <input type="hidden" name="campaign" value="\(campaign.terms.code)"><input type="hidden" name="centre" value="\(centre.code)"><input type="hidden" name="item" value="\(item)">
      <div class="row">\(Form.field(visit, "quantity", t("What it needs", "Ce qu’il lui faut"), type: "number", value: own.count == 1 ? "\(own[0].quantity)" : ""))\
      \(Form.field(visit, "tolerance", t("Would take on top for a better price", "Prendrait en plus pour un meilleur prix"), type: "number", value: own.count == 1 ? "\(own[0].tolerance)" : "", isRequired: false))\
      \(Form.field(visit, "neededBy", t("Needed by, if earlier", "Au plus tard, si c’est avant"), type: "date", value: own.count == 1 ? own[0].neededBy?.description ?? "" : "", isRequired: false))\
      \(Form.field(visit, "because", t("Why", "Pourquoi"), value: own.first?.justification ?? "", isRequired: false))</div>
      \(own.isEmpty ? .nothing : "<label class=\"check\"><input type=\"checkbox\" name=\"add\" value=\"true\"> <span>\(t("Keep what was said for other days", "Conserver ce qui a été dit pour d’autres jours"))</span></label>" as HTML)
      """
    )
  }
}
