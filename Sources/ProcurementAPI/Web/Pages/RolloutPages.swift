import HTTPTypes
import Inventory
import Procurement
import Storage

/// Rollouts: the list, a new one or one that is planned again, and one with its waves.
enum RolloutPages {
  static let routes = [
    WebRoute("sharing/rollouts", for: WebRoute.network, list),
    WebRoute("sharing/rollouts/new", for: [.buyer, .planner], new),
    WebRoute("sharing/rollouts/{rollout}", for: WebRoute.network, rollout),
  ]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let plans = try RolloutSummary.list(in: connection)
    return WebPage(
      t("Rollouts", "Déploiements"),
      .shortages,
      """
      <h1>\(t("Rollouts", "Déploiements"))</h1>
      <p class="lead">\(t("A first supply for every centre, in waves, as early as what arrives allows.", "Une première dotation pour chaque centre, par vagues, aussi tôt que les arrivages le permettent."))</p>
      \(ShortagePages.tabs(visit, here: "rollouts"))
      \(visit.mayNow(.buyer, .planner) ? "<p><a class=\"main\" href=\"/sharing/rollouts/new\">\(t("Plan a rollout", "Prévoir un déploiement"))</a></p>" as HTML : .nothing)
      <section class="card">\(plans.isEmpty ? "<p class=\"empty\">\(t("No rollout was planned.", "Aucun déploiement prévu."))</p>" as HTML : table(plans, t))</section>
      """
    )
  }

  private static func table(_ plans: [RolloutSummary], _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Rollout", "Déploiement"))</th><th>\(t("State", "État"))</th><th class="n">\(t("Centres", "Centres"))</th><th>\(t("Last centre begins", "Dernier centre servi"))</th></tr></thead><tbody>
    \(plans.markup { plan in
      """
      <tr><th scope="row"><a href="\(WebPath("sharing", "rollouts", plan.code))">\(plan.title)</a> <code>\(plan.code)</code></th><td><span class="tag">\(plan.state.name(t))</span></td>\
      <td class="n">\(t.number(plan.centres))</td><td>\(plan.lastFirstDay.map { t.day($0) } ?? t("not reached", "non atteint"))</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  // MARK: - Planning

  private static func new(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let code: RolloutPlan.Code? = visit.filter("again")
    let again = try code.map { try RolloutPlan.find($0, in: connection) }
    let kits = try Kit.all(in: connection).sorted { $0.title(t) < $1.title(t) }
    let title =
      again.map { t("Plan again: \($0.title)", "Replanifier : \($0.title)") }
      ?? t("Plan a rollout", "Prévoir un déploiement")
    let subject = try again?.subject ?? chosen(visit, register, kits)
    let form = subject.map {
      RolloutForm(subject: $0, kits: kits, again: again, register: register, visit: visit).markup
    }
    return WebPage(
      title,
      .shortages,
      """
      <p class="crumbs"><a href="/sharing/rollouts">\(t("Rollouts", "Déploiements"))</a> ›</p><h1>\(title)</h1>
      <p class="lead">\(t("What arrives when, which centre is ready when, and what each is to have: the waves follow from it. Look first: nothing is kept until you plan it.", "Ce qui arrive et quand, quel centre est prêt et quand, ce que chacun doit recevoir : les vagues en découlent. Regardez d’abord : rien n’est enregistré avant que vous ne planifiiez."))</p>
      \(again == nil ? subjects(visit, register, kits) : .nothing)
      \(form ?? .nothing)
      """
    )
  }

  /// What the address says is rolled out; nil until it says so.
  private static func chosen(_ visit: Visit, _ register: Register, _ kits: [Kit]) throws(Problem)
    -> RolloutPlan.Subject?
  {
    guard let of = visit.query["of"], let colon = of.firstIndex(of: ":") else { return nil }
    let code = String(of[of.index(after: colon)...])
    switch of[..<colon] {
    case "kit":
      if let kit = kits.first(where: { $0.code.rawValue == code }) { return .kit(kit.code) }
    case "item":
      if let sku = Item.SKU(rawValue: code), register.item(sku) != nil { return .item(sku) }
    default: break
    }
    throw Problem.noSuchPage
  }

  private static func subjects(_ visit: Visit, _ register: Register, _ kits: [Kit]) -> HTML {
    let t = visit.language
    let chosen = visit.query["of"] ?? ""
    func option(_ value: String, _ text: String) -> HTML {
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(text)</option>"
    }
    let items = register.items(by: t).filter { $0.state == .active }
    return """
      <form class="filters" method="get" action="/sharing/rollouts/new"><label>\(t("What is rolled out", "Ce qui est déployé"))<select name="of">
      \(kits.isEmpty ? .nothing : "<optgroup label=\"\(t("Kits", "Kits"))\">\(kits.markup { option("kit:\($0.code)", $0.title(t)) })</optgroup>" as HTML)\
      <optgroup label="\(t("Items", "Articles"))">\(items.markup { option("item:\($0.sku)", register.name($0.sku, t)) })</optgroup>
      </select></label><button>\(t("Go on", "Continuer"))</button></form>
      """
  }

  // MARK: - One

  private static func rollout(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let plan = try RolloutPlan.find(try visit.code("rollout"), in: connection)
    let subject: String? =
      if case .kit(let kit) = plan.subject {
        try Kit.find(kit, in: connection).title(visit.language)
      } else {
        nil
      }
    let view = RolloutView(plan: plan, kit: subject, register: try Register(in: connection), visit: visit)
    return WebPage(plan.title, .shortages, view.markup)
  }
}
