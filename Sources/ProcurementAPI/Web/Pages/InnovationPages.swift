import Inventory
import Procurement
import Storage

/// What is new: the pipeline, who has what, and what is due.
enum InnovationPages {
  static let routes = [
    WebRoute("innovations", overview), WebRoute("innovations/{innovation}", one),
  ]

  static func tabs(_ visit: Visit, here: String) -> HTML {
    let t = visit.language
    let entries = [
      ("pipeline", "/innovations", t("Pipeline", "Parcours")),
      ("surveys", "/surveys", t("Surveys", "Enquêtes")),
      ("access", "/access-programmes", t("Early access", "Accès précoces")),
    ]
    return """
      <ul class="tabs">\(entries.markup { key, path, name in
        "<li><a href=\"\(path)\"\(key == here ? " aria-current=\"page\"" as HTML : "")>\(name)</a></li>"
      })</ul>
      """
  }

  private static func overview(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let innovations = try Innovation.all(in: connection)
    let known = try Innovation.rollouts(in: connection)
    let rollouts = innovations.map { ($0, known[$0.id] ?? []) }
    return WebPage(
      t("Innovations", "Innovations"),
      .innovations,
      """
      <h1>\(t("Innovations", "Innovations"))</h1>
      <p class="lead">\(t("What is proposed, assessed, released and rolled out, and which centre has what.", "Ce qui est proposé, évalué, diffusé et déployé, et quel centre a quoi."))</p>
      \(tabs(visit, here: "pipeline"))
      <section class="card"><h2>\(t("Pipeline", "Parcours"))</h2>\(pipeline(innovations, t))</section>
      <section class="card"><h2>\(t("Centre by solution", "Centre par solution"))</h2>\(grid(rollouts, register, visit))</section>
      <section class="card"><h2>\(t("Due in 90 days", "Échéances à 90 jours"))</h2>\(reminders(try Reminder.due(on: visit.day, within: 90, in: connection), t))</section>
      """
    )
  }

  private static func pipeline(_ innovations: [Innovation], _ t: Language) -> HTML {
    guard !innovations.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing was proposed yet.", "Rien n’a encore été proposé."))</p>"
    }
    return """
      <div class="cards">\(Innovation.State.allCases.markup { state in
        let here = innovations.filter { $0.state == state }
        return here.isEmpty ? .nothing : """
          <div><h3>\(state.name(t)) <span class="note">\(here.count)</span></h3><ul class="plain">\(here.markup { one in
            "<li><a href=\"\(WebPath("innovations", one.terms.code))\">\(one.terms.title)</a><br><span class=\"note\">\(one.terms.kind.name(t)) · \(t.sentence(one.terms.owner))</span></li>"
          })</ul></div>
          """
      })</div>
      """
  }

  /// A row for each centre, a column for each solution that any centre has asked for.
  private static func grid(
    _ rollouts: [(Innovation, [CentreRollout])],
    _ register: Register,
    _ visit: Visit
  ) -> HTML {
    let t = visit.language
    let shown = rollouts.filter { !$0.1.isEmpty }.prefix(12)
    guard !shown.isEmpty else {
      return "<p class=\"empty\">\(t("No centre has begun.", "Aucun centre n’a commencé."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\(shown.markup { one, _ in
        "<th class=\"up\" scope=\"col\"><a href=\"\(WebPath("innovations", one.terms.code))\">\(one.terms.title)</a></th>"
      })</tr></thead><tbody>
      \(register.centres.prefix(100).markup { centre in
        """
        <tr><th scope="row">\(register.link(centre.code, for: visit))</th>\(shown.markup { _, states in
          cell(states.first { $0.centre == centre.code }, t)
        })</tr>
        """
      })
      </tbody></table></div>
      <ul class="legend" aria-label="\(t("Legend", "Légende"))"><li><i class="l-unknown">?</i>\(t("nothing was said of it", "rien n’en a été dit"))</li>\
      \(CentreRollout.State.allCases.markup { "<li><i class=\"l-\($0.shade)\"></i>\($0.name(t))</li>" })</ul>
      """
  }

  /// What nobody said is a question, not a no.
  private static func cell(_ rollout: CentreRollout?, _ t: Language) -> HTML {
    guard let rollout else {
      let title = t("nothing was said of it", "rien n’en a été dit")
      return "<td><span class=\"l-unknown\" title=\"\(title)\">?</span></td>"
    }
    let since =
      rollout.since.map { t("since \(t.day($0))", "depuis le \(t.day($0))") }
      ?? t("the day is not known", "jour inconnu")
    return
      "<td><span class=\"l-\(rollout.state.shade)\" title=\"\(since)\">\(rollout.state.name(t))</span></td>"
  }

  private static func reminders(_ reminders: [Reminder], _ t: Language) -> HTML {
    guard !reminders.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing is due.", "Aucune échéance."))</p>"
    }
    return """
      <ul class="plain">\(reminders.prefix(40).markup { reminder in
        """
        <li><span class="tag\(reminder.daysLeft < 0 ? " bad" : "")">\(t.day(reminder.due))</span> \(t.sentence(reminder.what))\
         <span class="note">\(reminder.kind.name(t)) · \(reminder.subject)</span></li>
        """
      })</ul>
      """
  }

  // MARK: - One innovation

  private static func one(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let innovation = try Innovation.find(try visit.code("innovation"), in: connection)
    let names = try EquipmentNames(visit.language, in: connection)
    let view = InnovationView(
      innovation: innovation,
      category: innovation.terms.category.map { names.category($0) },
      rollout: try innovation.rollout(in: connection),
      pitches: try Pitch.all(of: innovation.terms.code, in: connection),
      register: try Register(in: connection),
      visit: visit
    )
    return WebPage(innovation.terms.title, .innovations, view.markup)
  }
}

extension Innovation.State {
  func name(_ t: Language) -> String {
    switch self {
    case .proposed: t("proposed", "proposée")
    case .pitched: t("pitched", "présentée")
    case .assessed: t("assessed", "évaluée")
    case .released: t("released", "diffusée")
    case .rolledOut: t("rolled out", "déployée")
    case .closed: t("closed", "close")
    }
  }
}

extension Innovation.Kind {
  func name(_ t: Language) -> String {
    switch self {
    case .equipment: t("equipment", "équipement")
    case .digital: t("digital", "numérique")
    case .organisation: t("organisation", "organisation")
    case .diagnostic: t("diagnostic", "diagnostic")
    case .treatment: t("treatment", "traitement")
    }
  }
}

extension CentreRollout.State {
  func name(_ t: Language) -> String {
    switch self {
    case .asked: t("asked", "demandé")
    case .ready: t("ready", "prêt")
    case .training: t("training", "formation")
    case .live: t("live", "en service")
    case .declined: t("declined", "décliné")
    case .stopped: t("stopped", "arrêté")
    }
  }

  var shade: String {
    switch self {
    case .asked: "watch"
    case .ready, .training: "fine"
    case .live: "plenty"
    case .declined, .stopped: "unknown"
    }
  }
}

extension Reminder.Kind {
  func name(_ t: Language) -> String {
    switch self {
    case .accessRenewal: t("renewal to ask for", "renouvellement à demander")
    case .accessEnd: t("access ends", "fin de l’accès")
    case .followUp: t("follow-up of a pitch", "suite d’une présentation")
    case .surveyCloses: t("survey closes", "clôture d’une enquête")
    case .agreementEnds: t("agreement ends", "fin d’un accord-cadre")
    }
  }
}
