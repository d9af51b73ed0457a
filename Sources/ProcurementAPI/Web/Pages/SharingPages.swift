import HTTPTypes
import Inventory
import Planning
import Procurement
import Storage

/// What is scarce and how it is shared: allocations, the comparison of rules, transfers.
enum SharingPages {
  static let routes = [
    WebRoute("sharing", for: WebRoute.network, list), WebRoute("sharing/new", for: WebRoute.network, compare),
    WebRoute("sharing/allocations/{key}", for: WebRoute.network, decision),
    WebRoute("sharing/transfers", transfers),
    WebRoute("sharing/transfers/{transfer}", transfer),
  ]

  // MARK: - Allocations

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let item: Item.SKU? = visit.filter("item")
    let decisions = try AllocationSummary.list(of: item, in: connection)
      .filter { $0.decidedOn <= visit.day }
    return WebPage(
      t("Allocations", "Répartitions"),
      .shortages,
      """
      <h1>\(t("Allocations", "Répartitions"))</h1>
      <p class="lead">\(t("Who got how much of what was scarce, by which rule, and why.", "Qui a reçu combien de ce qui manquait, selon quelle règle, et pourquoi."))</p>
      \(ShortagePages.tabs(visit, here: "allocations"))
      \(visit.may(.buyer, .planner) ? "<p><a class=\"main\" href=\"/sharing/new\">\(t("Compare rules for a supply", "Comparer les règles pour un approvisionnement"))</a></p>" as HTML : .nothing)
      <form class="filters" method="get" action="/sharing">\(itemFilter(register, item, t))<button>\(t("Filter", "Filtrer"))</button></form>
      <section class="card">\(decisions.isEmpty ? "<p class=\"empty\">\(t("Nothing was shared yet.", "Rien n’a encore été réparti."))</p>" as HTML : table(decisions, register, visit))</section>
      """
    )
  }

  static func itemFilter(_ register: Register, _ item: Item.SKU?, _ t: Language) -> HTML {
    let items = register.items(by: t).map { ($0.sku.rawValue, register.name($0.sku, t)) }
    return StockPages.select(
      "item",
      t("Item", "Article"),
      [("", t("all", "tous"))] + items,
      item?.rawValue ?? ""
    )
  }

  /// As many rows as a phone can show without end, and a way to all that a page can hold.
  static func limit(_ visit: Visit) -> Int { visit.query["all"] == "1" ? 150 : 25 }

  static func rest(_ count: Int, _ path: String, _ visit: Visit) -> HTML {
    let (t, shown) = (visit.language, limit(visit))
    guard count > shown else { return .nothing }
    let query: [(String, String?)] = [
      ("item", visit.query["item"]), ("state", visit.query["state"]), ("all", "1"),
    ]
    let more: HTML =
      visit.query["all"] == "1"
      ? .nothing
      : """
       <a href="\(WebPath(segments: path.split(separator: "/").map(String.init), query: query))">\(t("Show more", "En montrer plus"))</a>
      """
    let said = t("The latest \(shown) of \(count).", "Les \(shown) derniers sur \(count).")
    return "<p class=\"note\">\(said)\(more)</p>"
  }

  private static func table(_ decisions: [AllocationSummary], _ register: Register, _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Allocation", "Répartition"))</th><th>\(t("Day", "Jour"))</th><th>\(t("Item", "Article"))</th><th>\(t("Rule", "Règle"))</th>\
      <th class="n">\(t("Supply", "Quantité"))</th><th class="n">\(t("Centres", "Centres"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead><tbody>
      \(decisions.prefix(limit(visit)).markup { decision in
        """
        <tr><th scope="row" class="code"><a href="\(WebPath("sharing", "allocations", decision.key))">\(decision.key)</a></th><td>\(t.shortDay(decision.decidedOn))</td><td>\(register.link(decision.item, t))</td>\
        <td>\(t.rule(decision.rule))</td><td class="n">\(quantity(decision.supply, decision.item, register, t))</td><td class="n" data-label="\(t("centres:", "centres :"))">\(decision.centres)</td>\
        <td class="note">\(register.sentence(decision.reason, t))\(decision.state == .cancelled ? " <span class=\"tag\">\(t("cancelled", "annulée"))</span>" as HTML : .nothing)</td></tr>
        """
      })
      </tbody></table></div>\(rest(decisions.count, "/sharing", visit))
      """
  }

  /// A quantity with its item's unit.
  static func quantity(_ quantity: Quantity, _ item: Item.SKU, _ register: Register, _ t: Language) -> String
  {
    register.amount(quantity.units, of: item, t)
  }

  private static func decision(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    guard let key = visit.values["key"] else { throw Problem.noSuchPage }
    let decision = try AllocationDecision.find(key, in: connection)
    let register = try Register(in: connection)
    return WebPage(
      decision.key,
      .shortages,
      """
      <p class="crumbs"><a href="/sharing">\(t("Allocations", "Répartitions"))</a> ›</p><h1>\(register.name(decision.item, t))</h1>
      <p class="lead">\(quantity(decision.supply, decision.item, register, t)) \(t("shared on", "répartis le")) \(t.day(decision.decidedOn)), \(t.rule(decision.rule)) · \(register.sentence(decision.reason, t)) · <code>\(decision.key)</code></p>
      <section class="card"><div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Had", "Avait"))</th><th class="n">\(t("Gets", "Reçoit"))</th>\
      <th class="n">\(t("Cover before", "Couverture avant"))</th><th class="n">\(t("after", "après"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead><tbody>
      \(decision.lines.sorted { $1.quantity < $0.quantity }.markup { line in
        """
        <tr><th scope="row">\(register.link(line.centre, for: visit))</th><td class="n">\(t.number(line.stock))</td><td class="n">\(t.number(line.quantity))</td>\
        <td class="n">\(line.coverBefore.map { t.days($0) } ?? "–")</td><td class="n">\(line.coverAfter.map { t.days($0) } ?? "–")</td><td class="note">\(register.sentence(line.sentence, t))</td></tr>
        """
      })
      </tbody></table></div></section>
      """
    )
  }

  // MARK: - Comparing the rules

  private static func compare(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let item: Item.SKU? = visit.filter("item")
    let supply = visit.query["supply"].flatMap(Int64.init)
    let pack = visit.query["pack"].flatMap(Int64.init) ?? 1
    let cover = visit.query["cover"].flatMap(Int64.init) ?? ComparisonView.usualCover
    let comparison: HTML =
      if let item, let supply {
        try ComparisonView(
          item,
          Quantity(supply),
          pack: Quantity(pack),
          cover: cover,
          visit,
          register,
          connection
        ).markup
      } else {
        .nothing
      }
    return WebPage(
      t("Compare rules", "Comparer les règles"),
      .shortages,
      """
      <p class="crumbs"><a href="/sharing">\(t("Allocations", "Répartitions"))</a> ›</p><h1>\(t("Compare the rules", "Comparer les règles"))</h1>
      <p class="lead">\(t("The same supply under every rule that enough is known for, before one is chosen.", "Le même approvisionnement sous chaque règle applicable, avant d’en choisir une."))</p>
      <form class="filters" method="get" action="/sharing/new">
      \(StockPages.select("item", t("Item", "Article"), register.items(by: t).map { ($0.sku.rawValue, register.name($0.sku, t)) }, item?.rawValue ?? ""))
      <label>\(t("Units to share", "Unités à répartir"))<input name="supply" type="number" min="1" value="\(supply.map { "\($0)" } ?? "")" required></label>
      <label>\(t("Units in a pack", "Unités par conditionnement"))<input name="pack" type="number" min="1" value="\(pack)"></label>
      <label>\(t("Days of cover to reach at most", "Jours de couverture à atteindre au plus"))<input name="cover" type="number" min="1" max="3650" value="\(cover)"></label>
      <button>\(t("Compare", "Comparer"))</button></form>
      \(comparison)
      """
    )
  }

  // MARK: - Transfers

  private static func transfers(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let item: Item.SKU? = visit.filter("item")
    let state = visit.query["state"].flatMap(Transfer.State.init(rawValue:))
    let all = try Transfer.list(in: connection).filter { transfer in
      let stood = visit.state(of: transfer)
      return (visit.covers(transfer.from) || visit.covers(transfer.to))
        && (item == nil || transfer.item == item)
        && stood != nil && (state == nil || stood == state)
    }
    let states = Transfer.State.allCases.map { ($0.rawValue, $0.name(t)) }
    return WebPage(
      t("Transfers", "Transferts"),
      .shortages,
      """
      <h1>\(t("Transfers between centres", "Transferts entre centres"))</h1>
      <p class="lead">\(t("What moves from a centre that has enough to one that has not, with proof of receipt.", "Ce qui passe d’un centre bien pourvu à un centre en tension, avec preuve de réception."))</p>
      \(ShortagePages.tabs(visit, here: "transfers"))
      <form class="filters" method="get" action="/sharing/transfers">\(itemFilter(register, item, t))\
      \(StockPages.select("state", t("State", "État"), [("", t("all", "tous"))] + states, state?.rawValue ?? ""))<button>\(t("Filter", "Filtrer"))</button></form>
      <section class="card">\(all.isEmpty ? "<p class=\"empty\">\(t("No transfer.", "Aucun transfert."))</p>" as HTML : TransferView.table(Array(all.prefix(limit(visit))), register, visit) + rest(all.count, "/sharing/transfers", visit))</section>
      """
    )
  }

  private static func transfer(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let transfer = try Transfer.find(try visit.code("transfer"), in: connection)
    guard visit.covers(transfer.from) || visit.covers(transfer.to) else {
      throw Problem(.forbidden, "access.centre", "this is another centre's")
    }
    let view = TransferView(transfer: transfer, visit: visit, register: try Register(in: connection))
    return WebPage(transfer.number.rawValue, .shortages, view.markup)
  }
}

extension Language {
  /// A rule of sharing by its name in the register.
  func rule(_ name: String) -> String {
    switch AllocationRule(rawValue: name) {
    case .equalCover: self("equal cover", "couverture égale")
    case .need: self("proportional to need", "proportionnelle au besoin")
    case .baseline: self("proportional to normal use", "proportionnelle à l’usage normal")
    case .priority: self("priority classes", "classes de priorité")
    case .equalAwards: self("equal awards", "dotations égales")
    case .equalLosses: self("equal losses", "pertes égales")
    case .talmud: self("Talmud rule", "règle du Talmud")
    case nil: name
    }
  }
}
