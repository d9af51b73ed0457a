import Inventory
import Procurement
import Storage

/// Runs of the supply plan: forecasts, policies, risks, proposals.
enum PlanPages {
  static let routes = [
    WebRoute("planning", for: WebRoute.network, list), WebRoute("planning/{run}", for: WebRoute.network, run),
    WebRoute("planning/{run}/{item}", for: WebRoute.network, lines),
  ]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let runs = try PlanRun.list(in: connection)
    let start: HTML =
      visit.may(.planner)
      ? Form.button(
        visit,
        "planRun",
        t("Plan as of this day", "Planifier à cette date"),
        style: "main",
        isLeft: true,
        [("asOf", visit.day.description), ("watch", "true")]
      )
      : .nothing
    return WebPage(
      t("Plans", "Plans"),
      .shortages,
      """
      <h1>\(t("Supply plans", "Plans d’approvisionnement"))</h1>
      <p class="lead">\(t("Each run reads one state of the ledger and keeps what it found: the same inputs give the same plan.", "Chaque exécution lit un état du registre et conserve ses résultats : mêmes données, même plan."))</p>
      \(ShortagePages.tabs(visit, here: "plans"))
      <p>\(start) <a href="\(JobPages.path)">\(t("Jobs under way", "Travaux en cours"))</a></p>
      <section class="card">\(runs.isEmpty ? "<p class=\"empty\">\(t("No plan was made yet.", "Aucun plan établi."))</p>" as HTML : table(runs, t))</section>
      """
    )
  }

  private static func table(_ runs: [PlanRun], _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Run", "Exécution"))</th><th>\(t("As of", "À la date du"))</th><th>\(t("State", "État"))</th><th>\(t("Started", "Début"))</th>\
    <th class="n">\(t("Seconds", "Secondes"))</th><th>\(t("By", "Par"))</th></tr></thead><tbody>
    \(runs.markup { run in
      """
      <tr><th scope="row"><a href="\(WebPath("planning", run.id.rawValue))">\(t("Plan", "Plan")) \(run.id.rawValue)</a></th><td>\(t.day(run.asOf))</td><td>\(run.state.tag(t))\(far(run, t))</td>\
      <td>\(t.moment(run.startedAt))</td><td class="n">\(run.duration.map { t.number($0 / 1_000) } ?? "–")</td><td>\(run.actor)</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  /// How far a run has come that is not over.
  private static func far(_ run: PlanRun, _ t: Language) -> String {
    guard run.state == .running else { return "" }
    return t(
      " \(t.number(run.done)) of \(t.number(run.tasks)) tasks",
      " \(t.number(run.done)) tâches sur \(t.number(run.tasks))"
    )
  }

  private static func found(_ visit: Visit, _ connection: any Connection) throws -> PlanRun {
    guard let number = visit.values["run"].flatMap(Int64.init) else { throw Problem.noSuchPage }
    return try PlanRun.find(PlanRun.ID(rawValue: number), in: connection)
  }

  private static func run(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let run = try found(visit, connection)
    let register = try Register(in: connection)
    let lines = try PlanLine.list(of: run.id, in: connection)
    let network = lines.filter { $0.centre == nil }
    let worst = lines.filter { $0.centre != nil && ($0.risk?.waitingPermille ?? 0) > 0 }
      .sorted { ($0.risk?.waitingPermille ?? 0) > ($1.risk?.waitingPermille ?? 0) }
    return WebPage(
      "\(t("Plan", "Plan")) \(run.id.rawValue)",
      .shortages,
      """
      <p class="crumbs"><a href="/planning">\(t("Plans", "Plans"))</a> ›</p><h1>\(t("Plan", "Plan")) \(run.id.rawValue)</h1>
      <p class="lead">\(run.state.tag(t)) \(t("as of", "au")) \(t.day(run.asOf)) · \(t("inputs", "données")) <code>\(run.inputsDigest.prefix(12))</code> · \(t("result", "résultat")) <code>\(run.planDigest?.prefix(12) ?? "–")</code></p>
      <section class="card"><h2>\(t("The network", "Le réseau"))</h2>\(PlanView.table(network, register, visit, run))</section>
      <section class="card"><h2>\(t("Centres at risk", "Centres à risque"))</h2>\(worst.isEmpty ? "<p class=\"empty\">\(t("None.", "Aucun."))</p>" as HTML : PlanView.table(Array(worst.prefix(100)), register, visit, run))</section>
      """
    )
  }

  private static func lines(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let run = try found(visit, connection)
    let item: Item.SKU = try visit.code("item")
    let register = try Register(in: connection)
    let lines = try PlanLine.list(of: run.id, .init(item: item), in: connection)
    return WebPage(
      register.name(item, t),
      .shortages,
      """
      <p class="crumbs"><a href="/planning">\(t("Plans", "Plans"))</a> › <a href="\(WebPath("planning", run.id.rawValue))">\(t("Plan", "Plan")) \(run.id.rawValue)</a> ›</p>
      <h1>\(register.name(item, t))</h1>
      <p class="lead">\(t("What plan \(run.id.rawValue) as of \(t.day(run.asOf)) expects of each centre, in \(register.unit(item, t)).", "Ce que le plan \(run.id.rawValue) au \(t.day(run.asOf)) prévoit pour chaque centre, en \(register.unit(item, t))."))</p>
      <section class="card">\(PlanView.table(lines, register, visit, run, isOfOneItem: true))</section>
      <section class="card"><h2>\(t("Why these quantities", "Pourquoi ces quantités"))</h2>\(PlanView.reasons(lines, register, t))</section>
      """
    )
  }
}

enum PlanView {
  /// Lines of a plan; those of one item leave out its name and its unit, which the page says.
  static func table(
    _ lines: [PlanLine],
    _ register: Register,
    _ visit: Visit,
    _ run: PlanRun,
    isOfOneItem: Bool = false
  ) -> HTML {
    let t = visit.language
    let item: HTML = isOfOneItem ? .nothing : "<th>\(t("Item", "Article"))</th>"
    let unit: HTML = isOfOneItem ? .nothing : "<th>\(t("Unit", "Unité"))</th>"
    return """
      <div class="scroll" tabindex="0"><table><thead><tr>\(item)<th>\(t("Centre", "Centre"))</th>\(unit)<th class="n">\(t("Usable", "Utilisable"))</th><th class="n">\(t("Coming", "En route"))</th>\
      <th class="n">\(t("Cover", "Couverture"))</th><th class="n">\(t("Risk", "Risque"))</th><th class="n">\(t("if it waits", "si l’on attend"))</th><th>\(t("Runs out", "Rupture"))</th>\
      <th class="n">\(t("Reorder point", "Point de commande"))</th><th class="n">\(t("Proposed", "Proposé"))</th><th>\(t("Reported", "Déclaré"))</th></tr></thead><tbody>
      \(lines.markup { line in
        """
        <tr>\(first(line, register, run, t, isOfOneItem: isOfOneItem))\
        <td class="n">\(t.number(line.usable))</td><td class="n">\(t.number(line.coming))</td><td class="n">\(line.coverDays.map { t.days($0) } ?? t.unknown)</td>\
        <td class="n">\(line.risk.map { t.percent(permille: $0.permille) } ?? t.unknown)</td><td class="n">\(line.risk.map { t.percent(permille: $0.waitingPermille) } ?? t.unknown)</td>\
        <td>\(line.risk?.median.map { t.shortDay($0) } ?? "–")</td><td class="n">\(line.policy.map { t.number($0.reorderPoint) } ?? "–")</td>\
        <td class="n">\(line.proposal.map { t.number($0.quantity) } ?? "–")</td><td>\(line.reportedOn.map { t.shortDay($0) } ?? t("never", "jamais"))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  /// What a line is of.
  private static func first(
    _ line: PlanLine,
    _ register: Register,
    _ run: PlanRun,
    _ t: Language,
    isOfOneItem: Bool
  ) -> HTML {
    let centre = line.centre.map(register.name) ?? t("network", "réseau")
    guard !isOfOneItem else { return "<th scope=\"row\">\(centre)</th>" }
    return """
      <th scope="row"><a href="\(WebPath("planning", run.id.rawValue, line.item))">\(register.name(line.item, t))</a></th>\
      <td>\(centre)</td><td class="note">\(register.unit(line.item, t))</td>
      """
  }

  static func reasons(_ lines: [PlanLine], _ register: Register, _ t: Language) -> HTML {
    """
    <ul class="plain">\(lines.filter { $0.policy != nil }.prefix(60).markup { line in
      """
      <li><strong>\(line.centre.map(register.name) ?? t("network", "réseau"))</strong>\((line.policy?.why ?? []).markup { "<br><span class=\"note\">\(register.sentence($0, t))</span>" })\
      \((line.proposal?.why).markup { "<br><span class=\"note\">\(register.sentence($0, t))</span>" })</li>
      """
    })</ul>
    """
  }
}

extension PlanRun.State {
  func tag(_ t: Language) -> HTML {
    let (style, name) =
      switch self {
      case .running: ("accent", t("running", "en cours"))
      case .finished: ("good", t("finished", "terminé"))
      case .failed: ("bad", t("failed", "échoué"))
      case .cancelled: ("", t("cancelled", "annulé"))
      }
    return "<span class=\"tag \(style)\">\(name)</span>"
  }
}
