import Inventory
import Procurement
import Storage
import Tabular

/// Cover across the network, one item, one centre, one stock card.
enum StockPages {
  static let routes = [
    WebRoute("stock", cover),
    WebRoute("stock/items/{item}", item),
    WebRoute("stock/centres/{centre}", centre),
    WebRoute("stock/centres/{centre}/items/{item}", card),
  ]

  // MARK: - Cover

  private static func cover(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let criticality = visit.query["criticality"].flatMap(Item.Criticality.init(rawValue:))
    let region = visit.query["region"] ?? ""
    let positions = try StockPosition.all(UseWindow(endingOn: visit.day), in: connection).filter { position in
      visit.covers(position.centre)
        && (criticality == nil || register.item(position.item)?.criticality == criticality)
        && (region.isEmpty || register.centre(position.centre)?.region == region)
    }
    let regions = Set(register.centres.map(\.region)).sorted { ($0.sortKey, $0) < ($1.sortKey, $1) }
    let table = CoverTable(positions: positions, register: register, visit: visit)
    return WebPage(
      t("Stock", "Stocks"),
      .stock,
      """
      <h1>\(t("Cover across the network", "Couverture dans le réseau"))</h1>
      <p class="lead">\(t("How long what can be used lasts, by centre and item. Held, expired and soon expiring stock does not count.", "Durée pendant laquelle le stock utilisable suffit, par centre et article. Le stock bloqué, périmé ou bientôt périmé ne compte pas."))</p>
      <form class="filters" method="get" action="/stock">
      \(select("criticality", t("Criticality", "Criticité"), [("", t("all", "toutes"))] + Item.Criticality.allCases.map { ($0.rawValue, $0.name(t)) }, criticality?.rawValue ?? ""))
      \(select("region", t("Region", "Région"), [("", t("all", "toutes"))] + regions.map { ($0, $0) }, region))
      <button>\(t("Filter", "Filtrer"))</button>\(visit.workbook("stock", "cover", query: [("day", "\(visit.day)")]))</form>
      <section class="card">\(table.markup)</section>
      """
    )
  }

  static func select(_ name: String, _ label: String, _ options: [(String, String)], _ chosen: String) -> HTML
  {
    """
    <label>\(label)<select name="\(name)">\(options.markup { value, text in
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(text)</option>"
    })</select></label>
    """
  }

  // MARK: - One item

  private static func item(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let sku: Item.SKU = try visit.code("item")
    let item = try Item.find(sku, in: connection)
    let page = try ItemPage(item, visit, connection)
    return WebPage(page.title, .stock, page.markup)
  }

  // MARK: - One centre

  private static func centre(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let code: Centre.Code = try visit.code("centre")
    try visit.requireCovered(code)
    let page = try CentrePage(try Centre.find(code, in: connection), visit, connection)
    return WebPage(page.centre.name, .stock, page.markup)
  }

  // MARK: - One stock card

  private static func card(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let (t, code, sku) = (
      visit.language, try visit.code("centre") as Centre.Code, try visit.code("item") as Item.SKU
    )
    try visit.requireCovered(code)
    let register = try Register(in: connection)
    let lines = try StockCardLine.card(centre: code, item: sku, in: connection).filter { $0.day <= visit.day }
    let name = register.name(sku, t)
    let view = StockCardView(
      lines: lines,
      expiries: try Lot.expiries(of: sku, in: connection),
      centre: code,
      item: sku,
      register: register,
      visit: visit
    )
    return WebPage(
      "\(name) · \(register.name(code))",
      .stock,
      """
      <p class="crumbs"><a href="/stock">\(t("Stock", "Stocks"))</a> › \(register.link(code)) › \(register.link(sku, t))</p>
      <h1>\(t("Stock card", "Fiche de stock"))</h1>
      <p class="lead">\(name), \(register.name(code)). \(t("Every movement with the balance after it; nothing is ever rewritten.", "Chaque mouvement avec le solde qui en résulte ; rien n’est jamais réécrit."))</p>
      <section class="card">\(view.markup)</section>
      """
    )
  }
}

extension Item.Criticality {
  func name(_ t: Language) -> String {
    switch self {
    case .vital: t("vital", "vital")
    case .essential: t("essential", "essentiel")
    case .standard: t("standard", "courant")
    }
  }
}
