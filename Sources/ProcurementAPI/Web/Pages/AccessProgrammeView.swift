import Inventory
import Procurement

/// One programme of early access: its days, where it is given, and the steps that can follow.
struct AccessProgrammeView {
  let programme: AccessProgramme
  let centres: [AccessCentre]
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }
  private var terms: AccessProgramme.Terms { programme.terms }
  private var standing: AccessProgramme.Standing { programme.standing }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/access-programmes">\(t("Early access", "Accès précoces"))</a> ›</p>
    <h1>\(terms.product)</h1>
    <p class="lead"><span class="tag \(standing.state.isOpen ? "good" : "accent")">\(standing.state.name(t))</span> \(terms.indication) · <code>\(terms.code)</code></p>
    <div class="split"><div><section class="card"><h2>\(t("Where it is given", "Où il est délivré"))</h2>\(table)\(centreForm)</section></div>
    <div><section class="card"><h2>\(t("Facts", "Faits"))</h2>\(facts)</section>\(steps)</div></div>
    """
  }

  private var facts: HTML {
    """
    <dl class="facts">
    <dt>\(t("Scheme", "Dispositif"))</dt><dd>\(terms.scheme.name(t))</dd><dt>\(t("Decided by", "Autorité"))</dt><dd>\(terms.authority)</dd>
    \(terms.atc.markup { "<dt>ATC</dt><dd><code>\($0)</code></dd>" })
    <dt>\(t("Decided", "Décision"))</dt><dd>\(standing.decidedOn.map { t.day($0) } ?? "–")</dd>
    <dt>\(t("Runs", "Période"))</dt><dd>\(standing.period.map { "\(t.day($0.starts)) – \(t.day($0.ends))" } ?? "–")</dd>
    <dt>\(t("Ask for renewal by", "Renouvellement à demander avant le"))</dt><dd>\(standing.period.map { t.day($0.renewalDue) } ?? "–")</dd>
    \(terms.item.markup { "<dt>\(t("Item", "Article"))</dt><dd>\(register.link($0, t))</dd>" })
    <dt>\(t("Source", "Source"))</dt><dd>\(terms.source)</dd><dt>\(t("Certainty", "Certitude"))</dt><dd>\(t.sentence(terms.certainty))</dd></dl>
    """
  }

  // MARK: - The centres

  private var table: HTML {
    guard !centres.isEmpty else {
      return "<p class=\"empty\">\(t("No centre has asked.", "Aucun centre ne l’a demandé."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th>\(t("State", "État"))</th><th>\(t("Since", "Depuis"))</th><th class="n">\(t("Patients", "Patients"))</th></tr></thead><tbody>
      \(centres.markup { one in
        """
        <tr><th scope="row">\(register.link(one.centre, for: visit))</th><td><span class="tag\(one.state.isGiving ? " good" : "")">\(one.state.name(t))</span></td>\
        <td>\(t.day(one.since))</td><td class="n">\(one.patients.map { t.number($0) } ?? t.unknown)</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  /// A centre may ask before the authority has decided; it opens once access is granted.
  private var centreForm: HTML {
    let mine = register.centres.filter { visit.covers($0.code) }
    guard visit.may(.planner, .reporter), !mine.isEmpty else { return .nothing }
    let states = AccessCentre.State.allCases.filter { standing.state.isOpen || !$0.isGiving }
    return """
      <details\(visit.sent("centre").isEmpty ? "" : " open" as HTML)><summary>\(t("Say where a centre stands", "Dire où en est un centre"))</summary>\(Form.filled(visit, "accessCentre", t("Record it", "Enregistrer"), """
      <input type="hidden" name="code" value="\(terms.code)">
      <div class="row">\(Form.choice(visit, "centre", t("Centre", "Centre"), mine.map { ($0.code.rawValue, $0.name) }))\
      \(Form.choice(visit, "state", t("It is", "Il en est à"), states.map { ($0.rawValue, $0.name(t)) }))\(Form.field(visit, "patients", t("Patients so far", "Patients à ce jour"), type: "number", isRequired: false))</div>
      """))</details>
      """
  }

  // MARK: - The authority

  /// What the authority can be told to have done now, and nothing else.
  private var steps: HTML {
    let open = Step.allCases.filter { standing.after($0.event(on: visit.day)) != nil }
    guard visit.may(.planner), !open.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("What follows", "La suite"))</h2>\(open.markup(form))</section>
      """
  }

  private func form(_ step: Step) -> HTML {
    guard step.hasDays else {
      return
        "<p>\(Form.button(visit, step.operation, step.name(t), style: "main", [("code", terms.code.rawValue)]))</p>"
    }
    return """
      <details\(isSent(step) ? " open" as HTML : "")><summary>\(step.name(t))</summary>\(Form.filled(visit, step.operation, t("Record it", "Enregistrer"), """
      <input type="hidden" name="code" value="\(terms.code)">
      <div class="row">\(Form.field(visit, "on", t("Decided on", "Décidé le"), type: "date", value: visit.day.description))\(step.hasPeriod ? period : .nothing)</div>
      """))</details>
      """
  }

  private var period: HTML {
    """
    \(Form.field(visit, "from", t("First day", "Premier jour"), type: "date", value: visit.day.description))\
    \(Form.field(visit, "until", t("Last day", "Dernier jour"), type: "date", value: (visit.day + 364).description))\
    \(Form.field(visit, "renewalDue", t("Ask for renewal by", "Renouvellement à demander avant le"), type: "date", isRequired: false))
    """
  }

  /// Whether the form was sent and refused, and is shown again as it was filled in.
  private func isSent(_ step: Step) -> Bool {
    !visit.sent("on").isEmpty && visit.sent("until").isEmpty != step.hasPeriod
  }

  /// A step along the diagram as the reader chooses it.
  private enum Step: CaseIterable {
    case request, review, grant, renew, authorise, refuse, end

    /// The operation that does it.
    var operation: String {
      switch self {
      case .request: "accessRequest"
      case .review: "accessReview"
      case .grant: "accessGrant"
      case .renew: "accessRenew"
      case .authorise: "accessAuthorise"
      case .refuse: "accessRefuse"
      case .end: "accessEnd"
      }
    }

    var hasDays: Bool { self != .request && self != .review }
    var hasPeriod: Bool { self == .grant || self == .renew }

    func event(on day: Day) -> AccessProgramme.Event {
      let period = AccessProgramme.Period(starts: day, ends: day, renewalDue: day)
      return switch self {
      case .request: .request
      case .review: .review
      case .grant: .grant(day, period)
      case .renew: .renew(day, period)
      case .authorise: .authorise(day)
      case .refuse: .refuse(day)
      case .end: .end(day)
      }
    }

    func name(_ t: Language) -> String {
      switch self {
      case .request: t("It was asked for", "La demande est déposée")
      case .review: t("The authority examines it", "L’autorité l’examine")
      case .grant: t("It was granted", "Il est accordé")
      case .renew: t("It was renewed", "Il est renouvelé")
      case .authorise: t("The product was authorised", "Le produit a son autorisation")
      case .refuse: t("It was refused", "Il est refusé")
      case .end: t("It ended", "Il a pris fin")
      }
    }
  }
}

extension AccessCentre.State {
  /// Whether the centre may treat.
  fileprivate var isGiving: Bool { self == .open || self == .inUse }
}
