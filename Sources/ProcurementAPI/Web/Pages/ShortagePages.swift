import Inventory
import Procurement
import Storage

/// Shortages: the inbox, and one alert with what can be done about it.
enum ShortagePages {
  static let routes = [WebRoute("shortages", inbox), WebRoute("shortages/{alert}", alert)]

  // MARK: - The inbox

  private static func inbox(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection).withOffers(in: connection)
    let item: Item.SKU? = visit.filter("item")
    let isAll = visit.query["resolved"] == "1"
    let ofDay = try visit.alerts(resolvedToo: isAll, item: item, in: connection)
    let alerts = ofDay.alerts
      .filter { $0.centre.map(visit.covers) ?? true }
      .sorted(by: ShortageAlert.comesFirst)
    let items = register.items(by: t).map { ($0.sku.rawValue, register.name($0.sku, t)) }
    return WebPage(
      t("Shortages", "Tensions"),
      .shortages,
      """
      <h1>\(t("Shortages", "Tensions d’approvisionnement"))</h1>
      <p class="lead">\(t("One alert for each centre and item, the most severe first, with what it rests on.", "Une alerte par centre et article, la plus grave d’abord, avec ce qui la fonde."))</p>
      \(Live.notice(visit, ["alert"]))
      \(tabs(visit, here: "inbox"))
      <form class="filters" method="get" action="/shortages">
      \(StockPages.select("item", t("Item", "Article"), [("", t("all", "tous"))] + items, item?.rawValue ?? ""))
      \(StockPages.select("resolved", t("State", "État"), [("", t("open", "ouvertes")), ("1", t("resolved too", "résolues aussi"))], isAll ? "1" : ""))
      <button>\(t("Filter", "Filtrer"))</button>\(visit.workbook("alerts", query: [("item", item?.rawValue)]))</form>
      <section class="card">\(alerts.isEmpty ? empty(t) : table(alerts, ofDay.said, register, visit))</section>
      """
    )
  }

  static func tabs(_ visit: Visit, here: String) -> HTML {
    let t = visit.language
    let entries = [
      ("inbox", "/shortages", t("Alerts", "Alertes")),
      ("allocations", "/sharing", t("Allocations", "Répartitions")),
      ("transfers", "/sharing/transfers", t("Transfers", "Transferts")),
      ("rollouts", "/sharing/rollouts", t("Rollouts", "Déploiements")),
      ("plans", "/planning", t("Plans", "Plans")),
    ].filter { $0.0 == "inbox" || !visit.principal.isBoundToCentres }
    return """
      <ul class="tabs">\(entries.markup { key, path, name in
        "<li><a href=\"\(path)\"\(key == here ? " aria-current=\"page\"" as HTML : "")>\(name)</a></li>"
      })</ul>
      """
  }

  private static func empty(_ t: Language) -> HTML {
    "<p class=\"empty\">\(t("No shortage in sight.", "Aucune tension en vue."))</p>"
  }

  private static func table(
    _ alerts: [ShortageAlert],
    _ said: [ShortageAlert.ID: String],
    _ register: Register,
    _ visit: Visit
  ) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Severity", "Gravité"))</th><th>\(t("Item", "Article"))</th><th>\(t("Centre", "Centre"))</th>\
      <th>\(t("Why", "Pourquoi"))</th><th>\(t("State", "État"))</th><th>\(t("Since", "Depuis"))</th><th>\(t("First action", "Première action"))</th></tr></thead><tbody>
      \(alerts.prefix(150).markup { alert in
        let text = AlertText(alert: alert, language: t, register: register, said: said[alert.id])
        return """
          <tr><td>\(alert.severity.tag(t))</td><th scope="row"><a href="\(WebPath("shortages", alert.id.rawValue))">\(register.name(alert.item, t))</a></th>\
          <td>\(alert.centre.markup { register.link($0) })\(alert.centre == nil ? t("network", "réseau") : "")</td><td class="why">\(text.short)</td>\
          <td>\(alert.state.name(t))\(quiet(alert, t))\(alert.escalations > 0 ? " <span class=\"tag bad\">\(t("escalated", "relancée"))</span>" as HTML : .nothing)</td>\
          <td>\(t.shortDay(alert.openedOn))</td><td class="why">\(firstAction(alert, text, register, visit))</td></tr>
          """
      })
      </tbody></table></div>
      \(alerts.count > 150 ? "<p class=\"note\">\(t("The first 150 of \(alerts.count).", "Les 150 premières sur \(alerts.count)."))</p>" as HTML : .nothing)
      """
  }

  /// Since when the figures are in order, where the alert only waits for its end.
  static func quiet(_ alert: ShortageAlert, _ t: Language) -> HTML {
    alert.quietSince.markup {
      "<br><span class=\"tag good\">\(t("in order since \(t.shortDay($0))", "en ordre depuis le \(t.shortDay($0))"))</span>"
    }
  }

  /// The way to what would help first; the alert itself has the button and the others.
  private static func firstAction(
    _ alert: ShortageAlert,
    _ text: AlertText,
    _ register: Register,
    _ visit: Visit
  ) -> HTML {
    guard !visit.isLookingBack else { return "–" }
    let path = WebPath("shortages", alert.id.rawValue)
    if let action = text.actions.first {
      return "<a href=\"\(path)#help\">\(action.text(alert.item, register, visit.language))</a>"
    }
    guard alert.evidence.hasCeiling, visit.may(.buyer, .planner) else { return "–" }
    return "<a href=\"\(path)#help\">\(visit.language("See the agreement", "Voir l’accord-cadre"))</a>"
  }

  // MARK: - One alert

  private static func alert(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    guard let number = visit.values["alert"].flatMap(Int64.init) else { throw Problem.noSuchPage }
    var alert = try ShortageAlert.find(ShortageAlert.ID(rawValue: number), in: connection)
    if let centre = alert.centre { try visit.requireCovered(centre) }
    var said: String?
    if visit.isLookingBack {
      let ofDay = try visit.alerts(resolvedToo: true, item: alert.item, in: connection)
      guard let standing = ofDay.alerts.first(where: { $0.id == alert.id }) else { throw Problem.noSuchPage }
      (alert, said) = (standing, ofDay.said[alert.id])
    }
    let page = AlertPage(
      alert: alert,
      said: said,
      events: try alert.events(in: connection).filter { $0.at < Instant(visit.day + 1) },
      visit: visit,
      register: try Register(in: connection).withOffers(in: connection)
    )
    return WebPage(page.title, .shortages, page.markup)
  }
}

/// One alert: reason, evidence, what would help, what was done.
private struct AlertPage {
  let alert: ShortageAlert
  /// What its log said last, by the day that is over; nil for today.
  let said: String?
  let events: [ShortageAlert.Event]
  let visit: Visit
  let register: Register
  private var t: Language { visit.language }
  private var text: AlertText {
    AlertText(
      alert: alert,
      language: t,
      register: register,
      opensPlans: !visit.principal.roles.isDisjoint(with: WebRoute.network),
      said: said
    )
  }

  var title: String {
    "\(register.name(alert.item, t)) · \(alert.centre.map(register.name) ?? t("network", "réseau"))"
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/shortages">\(t("Shortages", "Tensions"))</a> ›</p>
    <h1>\(register.name(alert.item, t))</h1>
    <p class="lead">\(alert.severity.tag(t)) \(alert.centre.markup { register.link($0) })\(alert.centre == nil ? t("the whole network", "tout le réseau") : "") · \(text.short)\(ShortagePages.quiet(alert, t))</p>
    \(visit.ofNow("The alert as its log had left it at the end of that day. What it rested on is kept of today alone; come back to today for it, and to act.", "L’alerte telle que son journal l’avait laissée à la fin de ce jour. Ce qui la fondait n’est conservé que pour aujourd’hui ; revenez-y pour le voir, et pour agir."))
    \(visit.isLookingBack ? log : "<div class=\"split\"><div>\(evidence)</div><div>\(steps)\(log)</div></div>")
    """
  }

  private var log: HTML {
    "<section class=\"card\"><h2>\(t("History", "Historique"))</h2>\(history)</section>"
  }

  private var evidence: HTML {
    """
    <section class="card"><h2>\(t("What it rests on", "Ce qui la fonde"))</h2>\(text.facts)\(signals)</section>
    <section class="card" id="help"><h2>\(t("What would help, best first", "Ce qui aiderait, le meilleur d’abord"))</h2>\(actions)</section>
    """
  }

  private var signals: HTML {
    guard !text.signals.isEmpty else { return .nothing }
    return """
      <h3>\(t("Signals of the supply side", "Signaux côté fournisseurs"))</h3><ul>\(text.signals.markup { "<li>\($0)</li>" })</ul>
      """
  }

  private var actions: HTML {
    guard !text.actions.isEmpty else { return "<p>\(noAction)</p>\(ceilingSteps)" }
    return """
      <ul class="plain">\(text.actions.markup { action in
        "<li><strong>\(action.text(alert.item, register, t))</strong><br><span class=\"note\">\(action.effect(t))</span> \(button(action))</li>"
      })</ul>
      \(ceilingSteps)
      """
  }

  private var noAction: String {
    guard let outlook = alert.evidence.outlook else {
      return t(
        "No plan has looked for actions yet: run a plan.",
        "Aucun plan n’a cherché d’action : lancez un plan."
      )
    }
    if let risk = outlook.risk, max(risk.permille, risk.waitingPermille) < 10 {
      return t(
        "By the forecast the stock lasts until the next delivery: nothing has to be moved or ordered for it yet.",
        "Selon la prévision, le stock suffit jusqu’à la prochaine livraison : rien n’est à déplacer ni à commander."
      )
    }
    return t(
      "Plan \(outlook.run) found no transfer, order or substitute for it.",
      "Le plan \(outlook.run) n’a trouvé ni transfert, ni commande, ni substitut."
    )
  }

  /// What a ceiling that is nearly spent calls for: no plan can lift it.
  private var ceilingSteps: HTML {
    guard alert.evidence.hasCeiling, visit.may(.buyer, .planner) else { return .nothing }
    return """
      <h3>\(t("The ceiling", "Le plafond"))</h3>
      <ul class="plain">
      <li><a href="/orders/agreements">\(t("See what is left of the agreement, and renew it", "Voir ce qui reste de l’accord-cadre et le renouveler"))</a></li>
      <li><a href="\(WebPath("campaigns", "new", query: [("item", alert.item.rawValue)]))">\(t("Start a campaign with other offers", "Ouvrir une campagne avec d’autres offres"))</a></li>
      <li><a href="/sharing/transfers">\(t("Look at transfers between centres", "Voir les transferts entre centres"))</a></li>
      </ul>
      """
  }

  /// One click from what is proposed to the beginning of it.
  private func button(_ action: PlanLine.Action) -> HTML {
    guard visit.may(.buyer, .planner) else { return .nothing }
    switch action.kind {
    case .transfer:
      guard let quantity = action.quantity, let donor = action.with, let taker = alert.centre else {
        return .nothing
      }
      return Form.button(
        visit,
        "transferPropose",
        t("Propose this transfer", "Proposer ce transfert"),
        then: "/sharing/transfers",
        [
          ("item", alert.item.rawValue), ("quantity", "\(quantity.units)"), ("from", donor),
          ("to", taker.rawValue),
          ("keep", "0"), ("key", "alert-\(alert.id.rawValue)-\(donor)-\(quantity.units)"),
          ("reason", "alert \(alert.id.rawValue)"),
        ]
      )
    case .raiseCeiling:
      return "<a href=\"/orders/agreements\">\(t("See the agreement", "Voir l’accord-cadre"))</a>"
    case .order, .bringForward, .newSupplier:
      return
        "<a href=\"\(WebPath("campaigns", "new", query: [("item", alert.item.rawValue)]))\">\(t("Start a campaign", "Ouvrir une campagne"))</a>"
    case .ration:
      return
        "<a href=\"\(WebPath("sharing", "new", query: [("item", alert.item.rawValue)]))\">\(t("Compare allocations", "Comparer des répartitions"))</a>"
    case .substitute: return .nothing
    }
  }

  /// One note, and what it goes with.
  private var steps: HTML {
    guard visit.may(.buyer, .planner), alert.state != .resolved else { return .nothing }
    let seen: HTML =
      alert.state == .open
      ? """
      <button class="main" formaction="\(WebPath("do", "alertAcknowledge"))">\(t("I have seen it", "Je l’ai vue"))</button>
      """ : .nothing
    return """
      <section class="card"><h2>\(t("Answer it", "Y répondre"))</h2>
      <form class="fields" method="post" action="\(WebPath("do", "alertMitigate"))">\(Form.hidden(visit, then: nil))
      <input type="hidden" name="alert" value="\(alert.id.rawValue)">
      \(Form.field(visit, "note", t("What you make of it, or what was done", "Votre avis, ou ce qui a été fait"), isRequired: false))
      <div class="row ends">\(seen)<button\(alert.state == .open ? .nothing : " class=\"main\"" as HTML)>\(t("Something was done", "Une action est faite"))</button></div>
      </form></section>
      """
  }

  private var history: HTML {
    """
    <ol class="log">\(events.reversed().markup { event in
      """
      <li><time datetime="\(event.at)">\(t.moment(event.at))</time> · \(event.actor)<br>\(event.state.name(t)) \(event.severity.tag(t)) \
      <span class="note">\(event.text(t) { register.name(of: $0, t) })</span></li>
      """
    })</ol>
    """
  }
}

extension ShortageAlert.State {
  func name(_ t: Language) -> String {
    switch self {
    case .open: t("open", "ouverte")
    case .acknowledged: t("seen", "vue")
    case .mitigated: t("being dealt with", "en traitement")
    case .resolved: t("resolved", "résolue")
    }
  }
}

extension ShortageEvidence {
  /// Whether an agreement that is nearly spent is among the reasons.
  var hasCeiling: Bool {
    (outlook?.signals ?? []).contains { signal in
      if case .ceiling = signal { true } else { false }
    }
  }
}
