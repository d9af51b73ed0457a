import Inventory
import Storage

/// How the figures of gaps, ages and access are made: the same inputs and arithmetic that `gaps … --explain` writes.
enum GapExplanations {
  static let routes = [
    WebRoute("equipment/gaps/explained", for: WebRoute.network, gaps),
    WebRoute("equipment/ages/explained", for: WebRoute.network, ages),
    WebRoute("equipment/access/explained", for: WebRoute.network, access),
  ]

  /// Where it is told how the gap of a category, in a region or in the network, is made.
  static func path(gap category: EquipmentCategory.Code, region: String? = nil) -> WebPath {
    WebPath("equipment", "gaps", "explained", query: [("category", category.rawValue), ("region", region)])
  }

  /// The one that the address names, or the one that the pages of gaps begin with.
  private static func category(_ visit: Visit, _ connection: any Connection) throws -> EquipmentCategory.Code
  {
    if let code: EquipmentCategory.Code = visit.filter("category") { return code }
    guard let first = try GapPages.categories(visit, connection).chosen else { throw Problem.noSuchPage }
    return first.code
  }

  private static func gaps(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let (code, region) = (try category(visit, connection), visit.query["region"])
    let analysis = try GapAnalysis.read(
      category: code,
      by: region == nil ? .network : .region,
      on: visit.day,
      explained: true,
      in: connection
    )
    let areas = Set(analysis.rows.map(\.area))
    guard region.map(areas.contains) ?? true else { throw Problem.noSuchPage }
    let trace = analysis.trace.filter { region == nil || $0.area == region || !areas.contains($0.area) }
    let t = visit.language
    return try page(
      visit,
      connection,
      subject: code.rawValue,
      suffix: region ?? t("the network", "le réseau"),
      title: t("How the gap is made", "Comment le manque est établi"),
      back: ("/equipment/gaps?category=\(code)", t("Gaps", "Manques")),
      trace
    )
  }

  private static func ages(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let code: EquipmentCategory.Code? = visit.filter("category")
    let isNetwork = code == nil
    let analysis = try AgeAnalysis.read(
      category: code,
      on: visit.day,
      explained: true,
      in: connection
    )
    let machines = analysis.trace.filter { $0.what.hasPrefix("machine ") }
    return try page(
      visit,
      connection,
      subject: code?.rawValue,
      suffix: isNetwork ? t("the whole network", "tout le réseau") : "",
      title: t("How the ages are judged", "Comment les âges sont jugés"),
      back: ("/equipment/ages", t("Ages", "Âges")),
      isNetwork ? machines + analysis.trace.filter { $0.category == "network" } : analysis.trace
    )
  }

  private static func access(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let (t, code) = (visit.language, try category(visit, connection))
    let analysis = try AccessAnalysis.read(
      code,
      limits: GapPages.limits,
      metropolitan: true,
      on: visit.day,
      explained: true,
      in: connection
    )
    return try page(
      visit,
      connection,
      subject: code.rawValue,
      suffix: "",
      title: t("How access is computed", "Comment l’accès est calculé"),
      back: ("/equipment/access?category=\(code)", t("Access", "Accès")),
      analysis.trace
    )
  }

  private static func page(
    _ visit: Visit,
    _ connection: any Connection,
    subject: String?,
    suffix: String,
    title: String,
    back: (path: String, name: String),
    _ trace: [GapTrace]
  ) throws -> WebPage {
    let t = visit.language
    let names = try EquipmentNames(t, in: connection)
    let departments = Dictionary(
      try Department.all(in: connection).map { ($0.code, $0.name) }
    ) { first, _ in first }
    let words = TraceWords(names: names, departments: departments, language: t)
    let view = GapTraceView(trace: trace, words: words)
    let of = [subject.map(names.category), suffix.isEmpty ? nil : suffix].compactMap(\.self)
    return WebPage(
      title,
      .equipment,
      """
      <p class="crumbs"><a href="\(back.path)">\(back.name)</a> ›</p>
      <h1>\(title)</h1>
      <p class="lead">\(of.joined(separator: " · ")). \(t("Every input and every step, with who says so, as of", "Chaque donnée et chaque étape, avec sa source, au")) \(t.day(visit.day)).</p>
      \(view.markup)
      """
    )
  }
}
