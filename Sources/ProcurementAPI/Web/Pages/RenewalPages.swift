import Inventory
import Planning
import Storage

/// Renewal plans, what each does year by year, and what-ifs side by side.
enum RenewalPages {
  static let routes = [
    WebRoute("equipment/renewals", for: WebRoute.network, list),
    WebRoute("equipment/renewals/{number}", for: WebRoute.network, plan),
    WebRoute("equipment/scenarios", for: WebRoute.network, scenarios),
  ]

  // MARK: - All plans

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let plans = try RenewalRecord.list(in: connection)
    return WebPage(
      t("Renewal", "Renouvellement"),
      .equipment,
      """
      <h1>\(t("Renewal under a budget", "Renouvellement sous budget"))</h1>
      <p class="lead">\(t("Which machines to renew, upgrade, move or add, and in which year: proven best for the aims in their order.", "Quelles machines renouveler, moderniser, déplacer ou ajouter, et en quelle année : prouvé au mieux des objectifs, dans leur ordre."))</p>
      \(EquipmentPages.tabs(visit, here: "renewals"))
      \(visit.may(.planner) ? question(visit, try WhatIf.all(in: connection)) : .nothing)
      <section class="card"><h2>\(t("Plans made", "Plans établis"))</h2>\(table(plans, titles(try WhatIf.all(in: connection)), t))</section>
      """
    )
  }

  /// The titles of what-ifs by their codes, which plans keep.
  private static func titles(_ scenarios: [WhatIf]) -> [String: String] {
    Dictionary(scenarios.map { ($0.code.rawValue, $0.title) }) { first, _ in first }
  }

  private static func table(_ plans: [RenewalSummary], _ titles: [String: String], _ t: Language) -> HTML {
    guard !plans.isEmpty else {
      return "<p class=\"empty\">\(t("No plan yet.", "Aucun plan pour l’instant."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Plan", "Plan"))</th><th>\(t("Years", "Années"))</th><th>\(t("Under", "Hypothèse"))</th>\
      <th class="n">\(t("Cost", "Coût"))</th><th>\(t("Proof", "Preuve"))</th><th>\(t("Made", "Établi"))</th></tr></thead><tbody>
      \(plans.prefix(100).markup { plan in
        """
        <tr><th scope="row"><a href="\(WebPath("equipment", "renewals", plan.number))">\(t("Plan", "Plan")) \(plan.number)</a></th>\
        <td>\(plan.firstYear)–\(plan.firstYear + plan.years - 1)</td><td>\(plan.scenario.map { titles[$0] ?? $0 } ?? t("the register as it is", "le registre tel quel"))</td>\
        <td class="n">\(t.amount(plan.cost))</td><td>\(proof(plan.isProven, t))</td><td class="note">\(t.moment(plan.madeAt)), \(plan.actor)</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  static func proof(_ isProven: Bool, _ t: Language) -> HTML {
    isProven
      ? "<span class=\"tag good\">\(t("optimal", "optimal"))</span>"
      : "<span class=\"tag warn\">\(t("not proven", "non prouvé"))</span>"
  }

  private static func question(_ visit: Visit, _ scenarios: [WhatIf]) -> HTML {
    let t = visit.language
    let cases =
      [("", t("the register as it is", "le registre tel quel"))]
      + scenarios.map { ($0.code.rawValue, $0.title) }
    return """
      <section class="card"><h2>\(t("Ask", "Demander"))</h2>\(Form.filled(visit, "renewalPlan", t("Find the best plan", "Chercher le meilleur plan"), """
      <div class="row">\(Form.field(visit, "years", t("Years", "Années"), type: "number", value: "8"))\
      \(Form.field(visit, "budget", t("Budget of all years, euros", "Budget total, euros"), value: "60M"))\
      \(Form.field(visit, "from", t("First year", "Première année"), type: "number", isRequired: false))\
      \(Form.field(visit, "mostDown", t("At most at work at once in a centre", "Chantiers simultanés par centre, au plus"), type: "number", isRequired: false))\
      \(Form.choice(visit, "scenario", t("Under", "Hypothèse"), cases))</div><input type="hidden" name="day" value="\(visit.day)">
      """))
      <p class="note">\(t("Machines whose age or state is unknown are in no figure; the plan names them.", "Les machines d’âge ou d’état inconnu n’entrent dans aucun chiffre ; le plan les nomme."))</p></section>
      """
  }

  // MARK: - One plan

  private static func plan(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    guard let number = visit.values["number"].flatMap(Int64.init) else { throw Problem.noSuchPage }
    let view = RenewalView(
      record: try RenewalRecord.find(number, in: connection),
      language: visit.language,
      names: try EquipmentNames(visit.language, in: connection),
      machines: Dictionary(
        try Equipment.list(in: connection).map { ($0.code.rawValue, $0) },
        uniquingKeysWith: { first, _ in first }
      )
    )
    return WebPage(view.title, .equipment, view.markup)
  }

  // MARK: - What-ifs

  private static func scenarios(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let scenarios = try WhatIf.all(in: connection)
    let plans = try RenewalRecord.list(in: connection)
    var newest: [RenewalSummary] = []
    for plan in plans where !newest.contains(where: { $0.scenario == plan.scenario }) { newest.append(plan) }
    let columns = try newest.prefix(6).map { plan in
      let record = try RenewalRecord.find(plan.number, in: connection)
      return (plan, record.report.figures(of: record.input))
    }
    return WebPage(
      t("Scenarios", "Scénarios"),
      .equipment,
      """
      <h1>\(t("Scenarios side by side", "Scénarios comparés"))</h1>
      <p class="lead">\(t("What if: changes laid over the register for a plan, never written into it.", "Et si : des changements posés sur le registre le temps d’un plan, jamais inscrits dedans."))</p>
      \(EquipmentPages.tabs(visit, here: "scenarios"))
      <section class="card"><h2>\(t("The newest plan of each", "Le dernier plan de chacun"))</h2>\(comparison(columns, titles(scenarios), t))</section>
      <section class="card"><h2>\(t("What they change", "Ce qu’ils changent"))</h2>\(changes(scenarios, try EquipmentNames(t, in: connection), t))</section>
      """
    )
  }

  private static func comparison(
    _ columns: [(RenewalSummary, [ScenarioFigure])],
    _ titles: [String: String],
    _ t: Language
  ) -> HTML {
    guard !columns.isEmpty else {
      return "<p class=\"empty\">\(t("No plan yet.", "Aucun plan pour l’instant."))</p>"
    }
    var names: [String] = []
    for figure in columns.flatMap(\.1) where !names.contains(figure.name) { names.append(figure.name) }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Figure", "Chiffre"))</th>\(columns.markup { plan, _ in
        """
        <th class="n"><a href="\(WebPath("equipment", "renewals", plan.number))">\(plan.scenario.map { titles[$0] ?? $0 } ?? t("as it is", "tel quel"))</a>\
        <br><span class="note">\(t("plan", "plan")) \(plan.number), \(plan.firstYear)–\(plan.firstYear + plan.years - 1)<br>\(t.day(plan.madeAt.day))</span></th>
        """
      })</tr></thead><tbody>
      \(names.markup { name in
        """
        <tr><th scope="row">\(ScenarioWords.name(name, t))</th>\(columns.markup { _, figures in
          "<td class=\"n\">\(figures.first { $0.name == name }.map { ScenarioWords.value($0, t) } ?? "–")</td>"
        })</tr>
        """
      })
      </tbody></table></div>
      <p class="note">\(t("Plans that judged different numbers of machines were made of different registers: compare them with care.", "Des plans qui ont jugé des nombres de machines différents viennent de registres différents : à comparer avec prudence."))</p>
      """
  }

  private static func changes(_ scenarios: [WhatIf], _ names: EquipmentNames, _ t: Language) -> HTML {
    guard !scenarios.isEmpty else {
      return
        "<p class=\"empty\">\(t("No scenario yet: procure scenario new makes one.", "Aucun scénario : « procure scenario new » en crée un."))</p>"
    }
    return """
      <dl class="facts">\(scenarios.markup { scenario in
        "<dt>\(scenario.title) <code>\(scenario.code)</code></dt><dd>\(scenario.changes.markup { "<p>\(names.change($0))</p>" })</dd>"
      })</dl>
      """
  }
}
