import Inventory
import Procurement
import Storage

/// Early and compassionate access: which product, until when, and which centres give it.
enum AccessProgrammePages {
  static let routes = [WebRoute("access-programmes", list), WebRoute("access-programmes/{programme}", one)]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let programmes = try AccessProgramme.all(in: connection)
    return WebPage(
      t("Early access", "Accès précoces"),
      .innovations,
      """
      <h1>\(t("Early and compassionate access", "Accès précoces et compassionnels"))</h1>
      <p class="lead">\(t("Products given before their authorisation, the day by which renewal must be asked for, and where.", "Produits délivrés avant leur autorisation, le jour limite de demande de renouvellement, et où."))</p>
      \(InnovationPages.tabs(visit, here: "access"))
      <section class="card">\(programmes.isEmpty ? "<p class=\"empty\">\(t("No programme yet.", "Aucun programme pour l’instant."))</p>" : table(programmes, visit))</section>
      """
    )
  }

  private static func table(_ programmes: [AccessProgramme], _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Product", "Produit"))</th><th>\(t("Indication", "Indication"))</th><th>\(t("Scheme", "Dispositif"))</th>\
      <th>\(t("State", "État"))</th><th>\(t("Ends", "Fin"))</th><th>\(t("Ask for renewal by", "Renouvellement à demander avant le"))</th></tr></thead><tbody>
      \(programmes.prefix(200).markup { one in
        let due = one.standing.period?.renewalDue
        return """
          <tr><th scope="row"><a href="\(WebPath("access-programmes", one.terms.code))">\(one.terms.product)</a></th><td>\(one.terms.indication)</td><td>\(one.terms.scheme.name(t))</td>\
          <td>\(one.standing.state.name(t))</td><td>\(one.standing.period.map { t.day($0.ends) } ?? "–")</td>\
          <td>\(due.map { t.day($0) } ?? "–")\(one.standing.state.isOpen && (due ?? visit.day) < visit.day ? " <span class=\"tag bad\">\(t("past", "dépassé"))</span>" as HTML : .nothing)</td></tr>
          """
      })
      </tbody></table></div>
      """
  }

  private static func one(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let programme = try AccessProgramme.find(try visit.code("programme"), in: connection)
    let (t, terms, standing) = (visit.language, programme.terms, programme.standing)
    let register = try Register(in: connection)
    let centres = try programme.centres(in: connection)
    return WebPage(
      terms.product,
      .innovations,
      """
      <p class="crumbs"><a href="/access-programmes">\(t("Early access", "Accès précoces"))</a> ›</p>
      <h1>\(terms.product)</h1>
      <p class="lead"><span class="tag accent">\(standing.state.name(t))</span> \(terms.indication)</p>
      <div class="split"><section class="card"><h2>\(t("Where it is given", "Où il est délivré"))</h2>\(table(centres, register, visit))\(form(programme, register, visit))</section>
      <section class="card"><h2>\(t("Facts", "Faits"))</h2><dl class="facts">
      <dt>\(t("Scheme", "Dispositif"))</dt><dd>\(terms.scheme.name(t))</dd><dt>\(t("Decided by", "Autorité"))</dt><dd>\(terms.authority)</dd>
      \(terms.atc.markup { "<dt>ATC</dt><dd><code>\($0)</code></dd>" })
      <dt>\(t("Decided", "Décision"))</dt><dd>\(standing.decidedOn.map { t.day($0) } ?? "–")</dd>
      <dt>\(t("Runs", "Période"))</dt><dd>\(standing.period.map { "\(t.day($0.starts)) – \(t.day($0.ends))" } ?? "–")</dd>
      <dt>\(t("Ask for renewal by", "Renouvellement à demander avant le"))</dt><dd>\(standing.period.map { t.day($0.renewalDue) } ?? "–")</dd>
      \(terms.item.markup { "<dt>\(t("Item", "Article"))</dt><dd>\(register.link($0, t))</dd>" })
      <dt>\(t("Source", "Source"))</dt><dd>\(terms.source)</dd><dt>\(t("Certainty", "Certitude"))</dt><dd>\(t.sentence(terms.certainty))</dd></dl></section></div>
      """
    )
  }

  private static func table(_ centres: [AccessCentre], _ register: Register, _ visit: Visit) -> HTML {
    let t = visit.language
    guard !centres.isEmpty else {
      return "<p class=\"empty\">\(t("No centre has asked.", "Aucun centre ne l’a demandé."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th>\(t("State", "État"))</th><th>\(t("Since", "Depuis"))</th><th class="n">\(t("Patients", "Patients"))</th></tr></thead><tbody>
      \(centres.markup { one in
        "<tr><th scope=\"row\">\(register.link(one.centre, for: visit))</th><td>\(one.state.name(t))</td><td>\(t.day(one.since))</td><td class=\"n\">\(one.patients.map { t.number($0) } ?? t.unknown)</td></tr>"
      })
      </tbody></table></div>
      """
  }

  private static func form(_ programme: AccessProgramme, _ register: Register, _ visit: Visit) -> HTML {
    let t = visit.language
    let mine = register.centres.filter { visit.covers($0.code) }
    guard visit.may(.planner, .reporter), programme.standing.state.isOpen, !mine.isEmpty else {
      return .nothing
    }
    let states = AccessCentre.State.allCases.map { ($0.rawValue, $0.name(t)) }
    return """
      <details><summary>\(t("Say where a centre stands", "Dire où en est un centre"))</summary>\(Form.filled(visit, "accessCentre", t("Record it", "Enregistrer"), """
      <input type="hidden" name="code" value="\(programme.terms.code)">
      <div class="row">\(Form.choice(visit, "centre", t("Centre", "Centre"), mine.map { ($0.code.rawValue, $0.name) }))\
      \(Form.choice(visit, "state", t("It is", "Il en est à"), states))\(Form.field(visit, "patients", t("Patients so far", "Patients à ce jour"), type: "number", isRequired: false))</div>
      """))</details>
      """
  }
}

extension AccessProgramme.Scheme {
  func name(_ t: Language) -> String {
    switch self {
    case .early: t("early access", "accès précoce")
    case .compassionate: t("compassionate access", "accès compassionnel")
    case .framework: t("prescription framework", "cadre de prescription compassionnelle")
    }
  }
}

extension AccessProgramme.State {
  func name(_ t: Language) -> String {
    switch self {
    case .identified: t("identified", "repéré")
    case .requested: t("requested", "demandé")
    case .underReview: t("under review", "en examen")
    case .granted: t("granted", "accordé")
    case .renewed: t("renewed", "renouvelé")
    case .continued: t("continued after authorisation", "poursuivi après l’AMM")
    case .ended: t("ended", "terminé")
    case .refused: t("refused", "refusé")
    }
  }
}

extension AccessCentre.State {
  func name(_ t: Language) -> String {
    switch self {
    case .asked: t("asked", "demandé")
    case .open: t("open", "ouvert")
    case .inUse: t("in use", "en cours")
    case .closed: t("closed", "fermé")
    }
  }
}
