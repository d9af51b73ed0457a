import Inventory
import Planning
import Procurement
import Storage
import Tabular

/// Where machines are missing, who travels how far, and where the next one would help most.
enum GapPages {
  static let routes = [
    WebRoute("equipment/gaps", for: WebRoute.network, gaps),
    WebRoute("equipment/access", for: WebRoute.network, access),
    WebRoute("equipment/sites", for: WebRoute.network, sites),
    WebRoute("equipment/sites/{plan}", for: WebRoute.network, site),
  ]

  /// The minutes that access is told by.
  static let limits: [Int64] = [30, 45, 60, 90]

  static func categories(_ visit: Visit, _ connection: any Connection) throws -> (
    all: [EquipmentCategory], chosen: EquipmentCategory?
  ) {
    let all = try EquipmentCategory.all(in: connection)
    let code: EquipmentCategory.Code? = visit.filter("category")
    return (all, all.first { $0.code == code } ?? all.first { $0.code.rawValue == "mri-linac" } ?? all.first)
  }

  private static func choice(
    _ visit: Visit,
    _ action: String,
    _ all: [EquipmentCategory],
    _ chosen: EquipmentCategory?
  ) -> HTML {
    let t = visit.language
    let options = all.map { ($0.code.rawValue, EquipmentPages.name($0, t)) }
    return """
      <form class="filters" method="get" action="\(action)">\(StockPages.select("category", t("Category", "Catégorie"), options, chosen?.code.rawValue ?? ""))\
      <button>\(t("Show", "Afficher"))</button></form>
      """
  }

  // MARK: - Gaps

  private static func gaps(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let (all, chosen) = try categories(visit, connection)
    let gaps = try GapAnalysis.overview(of: all, regionsOf: chosen, on: visit.day, in: connection)
    let names = Dictionary(all.map { ($0.code, EquipmentPages.name($0, t)) }) { first, _ in first }
    return WebPage(
      t("Gaps", "Manques"),
      .equipment,
      """
      <h1>\(t("Where machines are missing", "Où manque-t-il des machines"))</h1>
      <p class="lead">\(t("Need by population and norms, against what works. A gap is a span where presence is unknown.", "Besoin selon la population et les normes, face au parc qui fonctionne. Un manque est un intervalle tant que la présence est inconnue."))</p>
      \(EquipmentPages.tabs(visit, here: "gaps"))
      <section class="card"><h2>\(t("The network", "Le réseau"))</h2>\(table(gaps.network.rows, t, name: { names[$0.category] ?? $0.category.rawValue }, path: { GapExplanations.path(gap: $0.category) }))\(explained(t))</section>
      <section class="card"><h2>\(t("By region", "Par région"))</h2>\(choice(visit, "/equipment/gaps", all, chosen))\(table(gaps.regions.rows, t, name: { $0.areaName }, path: { GapExplanations.path(gap: $0.category, region: $0.area) }))</section>
      """
    )
  }

  private static func explained(_ t: Language) -> HTML {
    "<p class=\"note\">\(t("A name leads to how its figures are made: every input, with its source.", "Un nom mène au calcul de ses chiffres : chaque donnée, avec sa source."))</p>"
  }

  private static func table(
    _ rows: [GapRow],
    _ t: Language,
    name: (GapRow) -> String,
    path: (GapRow) -> WebPath
  ) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th></th><th class="n">\(t("Need", "Besoin"))</th><th class="n">\(t("Confirmed", "Confirmées"))</th>\
    <th class="n">\(t("To confirm", "À confirmer"))</th><th class="n">\(t("Silent", "Sans réponse"))</th><th class="n">\(t("Gap, at least", "Manque, au moins"))</th>\
    <th class="n">\(t("at most", "au plus"))</th><th>\(t("Verdict", "Verdict"))</th><th class="n">\(t("People beyond the limit", "Habitants au-delà de la limite"))</th></tr></thead><tbody>
    \((rows.sorted(byName: name).filter { $0.need != nil } + rows.sorted(byName: name).filter { $0.need == nil }).prefix(120).markup { row in
      """
      <tr><th scope="row"><a href="\(path(row))">\(name(row))</a></th><td class="n">\(t.figure(row.need))</td><td class="n">\(row.confirmed)</td><td class="n">\(row.toConfirm)</td>\
      <td class="n">\(row.silent.count)</td><td class="n">\(t.figure(row.gapAtLeast))</td><td class="n">\(t.figure(row.gapAtMost))</td><td>\(verdict(row, t))</td>\
      <td class="n">\(beyond(row, t))</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  /// Where no journey is known, as without a single machine that was reported, nobody knows how many live too far.
  private static func beyond(_ row: GapRow, _ t: Language) -> HTML {
    guard let people = row.peopleBeyond, row.percentBeyond != nil else { return "\(t.unknown)" }
    let silent = row.peopleUnknown ?? 0
    let rest: HTML =
      silent == 0
      ? .nothing : "<br><span class=\"note\">\(t.number(silent)) \(t("unknown", "inconnus"))</span>"
    return """
      \(t.number(people)) <span class="note">> \(row.travelLimitMinutes)\u{00A0}min</span>\(rest)
      """
  }

  private static func verdict(_ row: GapRow, _ t: Language) -> HTML {
    switch row.verdict {
    case .short: "<span class=\"tag bad\">\(t("short", "manque"))</span>"
    case .enough: "<span class=\"tag good\">\(t("enough", "suffisant"))</span>"
    case .askFirst: "<span class=\"tag warn\">\(t("ask first", "demander d’abord"))</span>"
    case .unknown: "<span class=\"tag\">\(t.unknown)</span>"
    }
  }

  // MARK: - Access

  private static func access(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let (all, chosen) = try categories(visit, connection)
    guard let chosen else { throw Problem.noSuchPage }
    let analysis = try AccessAnalysis.read(
      chosen.code,
      limits: limits,
      metropolitan: true,
      on: visit.day,
      in: connection
    )
    let geography = try Geography.read(in: connection)
    let names = Dictionary(geography.centres.map { ($0.code.rawValue, $0.name) }) { first, _ in first }
    let map = AccessMap(analysis: analysis, geography: geography, limits: limits, language: t)
    return WebPage(
      t("Access", "Accès"),
      .equipment,
      """
      <h1>\(t("How far people travel", "Temps de trajet des habitants"))</h1>
      <p class="lead">\(t("Minutes to the nearest machine, departments of metropolitan France.", "Minutes jusqu’à la machine la plus proche, départements de France métropolitaine."))</p>
      \(EquipmentPages.tabs(visit, here: "access"))
      \(choice(visit, "/equipment/access", all, chosen))
      <div class="split"><section class="card"><h2>\(EquipmentPages.name(chosen, t))</h2>\(HTML(drawing: map.picture.partOfPage))\
      <p class="note"><a href="\(WebPath("equipment", "access", "explained", query: [("category", chosen.code.rawValue)]))">\(t("How these figures are made", "Comment ces chiffres sont établis"))</a></p></section>
      <section class="card"><h2>\(t("People within", "Habitants à moins de"))</h2>\(bands(analysis, t))</section></div>
      <section class="card"><h2>\(t("Every department, the farthest first", "Tous les départements, le plus éloigné d’abord"))</h2>\(departments(analysis, names, t))</section>
      """
    )
  }

  /// A row for each limit, a column for each assumption on the sites.
  private static func bands(_ analysis: AccessAnalysis, _ t: Language) -> HTML {
    let limits = analysis.rows.first?.bands.map(\.limitMinutes) ?? []
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Within", "À moins de"))</th>\(analysis.rows.markup { row in
        "<th>\(row.assumption.name(t)) <span class=\"note\">(\(t.counted(row.sites.count, ("site", "site"), ("sites", "sites"))))</span></th>"
      })</tr></thead><tbody>
      \(limits.markup { limit in
        "<tr><th scope=\"row\">\(limit)\u{00A0}min</th>\(analysis.rows.markup { band($0.bands.first { $0.limitMinutes == limit }, t) })</tr>"
      })
      </tbody></table></div><p class="note">\(t("of \(t.number(analysis.people)) people", "sur \(t.number(analysis.people)) habitants"))</p>
      """
  }

  private static func band(_ band: AccessAnalysis.Band?, _ t: Language) -> HTML {
    guard let band else { return "<td>–</td>" }
    return
      "<td>\(t.number(band.people))<br><span class=\"note\">\(t.figure(band.percent))\u{202F}%</span></td>"
  }

  /// The figures of the map; those of whom no journey is known come first, for they are not near.
  private static func departments(_ analysis: AccessAnalysis, _ names: [String: String], _ t: Language)
    -> HTML
  {
    let places = analysis.places.sorted { ($0.seconds ?? .max) > ($1.seconds ?? .max) }
    return """
      <div class="scroll tall" tabindex="0"><table><thead><tr><th>\(t("Department", "Département"))</th><th class="n">\(t("People", "Habitants"))</th><th>\(t("Nearest", "Plus proche"))</th>\
      <th class="n">\(t("Minutes", "Minutes"))</th><th>\(t("Source", "Source"))</th></tr></thead><tbody>
      \(places.markup { place in
        """
        <tr><th scope="row">\(place.name)</th><td class="n">\(t.number(place.people))</td><td>\(place.nearest.map { names[$0] ?? $0 } ?? t("none is known", "aucune connue"))</td>\
        <td class="n">\(place.seconds.map { t.number(Rounding.halfUp.divide($0, by: 60)) } ?? t.unknown)</td><td class="note">\(place.source?.name(t) ?? "–")</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  // MARK: - Sites

  private static func sites(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let plans = try SitePlan.all(in: connection).sorted { $1.madeAt < $0.madeAt }
    let (all, chosen) = try categories(visit, connection)
    return WebPage(
      t("Best sites", "Meilleurs sites"),
      .equipment,
      """
      <h1>\(t("Where the next machine would help most", "Où la prochaine machine serait la plus utile"))</h1>
      <p class="lead">\(t("An exact answer with its bound, the next-best sites, and what would change it.", "Une réponse exacte avec sa borne, les sites suivants, et ce qui la changerait."))</p>
      \(EquipmentPages.tabs(visit, here: "sites"))
      \(visit.may(.planner) ? question(visit, all, chosen) : .nothing)
      <section class="card"><h2>\(t("Answers kept", "Réponses conservées"))</h2>\(planTable(plans, try EquipmentNames(t, in: connection), t))</section>
      """
    )
  }

  private static func question(_ visit: Visit, _ all: [EquipmentCategory], _ chosen: EquipmentCategory?)
    -> HTML
  {
    let t = visit.language
    let objectives = SiteQuestion.Objective.allCases.map { ($0.rawValue, $0.name(t)) }
    return """
      <section class="card"><h2>\(t("Ask", "Demander"))</h2>\(Form.filled(visit, "sitesBest", t("Find the best sites", "Chercher les meilleurs sites"), """
      <div class="row">\(Form.choice(visit, "category", t("Category", "Catégorie"), all.map { ($0.code.rawValue, EquipmentPages.name($0, t)) }, chosen: chosen?.code.rawValue ?? ""))\
      \(Form.field(visit, "add", t("Machines to add", "Machines à ajouter"), type: "number", value: "2"))\
      \(Form.choice(visit, "objective", t("Objective", "Objectif"), objectives, chosen: "coverage"))\
      \(Form.field(visit, "limit", t("Minutes", "Minutes"), type: "number", value: "60"))</div>
      <input type="hidden" name="metropolitan" value="true"><input type="hidden" name="day" value="\(visit.day)">
      """))</section>
      """
  }

  private static func planTable(_ plans: [SitePlan], _ names: EquipmentNames, _ t: Language) -> HTML {
    guard !plans.isEmpty else {
      return "<p class=\"empty\">\(t("Nobody has asked yet.", "Aucune demande pour l’instant."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Plan", "Plan"))</th><th>\(t("Category", "Catégorie"))</th><th>\(t("Objective", "Objectif"))</th><th>\(t("Sites chosen", "Sites retenus"))</th>\
      <th class="n">\(t("People gained", "Habitants gagnés"))</th><th>\(t("Proven", "Prouvé"))</th><th>\(t("Made", "Établi"))</th></tr></thead><tbody>
      \(plans.prefix(60).markup { plan in
        """
        <tr><th scope="row"><a href="\(WebPath("equipment", "sites", plan.code))">\(plan.code)</a></th><td>\(names.category(plan.question.category))</td><td>\(plan.question.objective.name(t))</td>\
        <td>\(plan.answer.newSites.map(\.name).joined(separator: ", "))</td><td class="n">+\(t.number(plan.answer.peopleGained))</td>\
        <td>\(plan.answer.isProven ? "<span class=\"tag good\">\(t("optimal", "optimal"))</span>" as HTML : "<span class=\"tag warn\">\(t("not proven", "non prouvé"))</span>")</td><td class="note">\(t.moment(plan.madeAt)), \(plan.madeBy)</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private static func site(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    guard let code = visit.values["plan"] else { throw Problem.noSuchPage }
    let plan = try SitePlan.find(code, in: connection)
    let inputs = try SiteInputs.read(plan.question, in: connection)
    let view = SitePlanView(
      plan: plan,
      inputs: inputs,
      curve: try SiteCurve.read(inputs, answered: plan.answer),
      category: try EquipmentNames(visit.language, in: connection).category(plan.question.category),
      language: visit.language
    )
    return WebPage(plan.code, .equipment, view.markup)
  }
}
