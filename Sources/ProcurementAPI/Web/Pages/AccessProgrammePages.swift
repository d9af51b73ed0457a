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
      \(form(visit))
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
    let view = AccessProgrammeView(
      programme: programme,
      centres: try programme.centres(in: connection),
      register: try Register(in: connection),
      visit: visit
    )
    return WebPage(programme.terms.product, .innovations, view.markup)
  }

  /// Notes a programme that may be asked for.
  private static func form(_ visit: Visit) -> HTML {
    let t = visit.language
    guard visit.may(.planner) else { return .nothing }
    let schemes = AccessProgramme.Scheme.allCases.map { ($0.rawValue, $0.name(t)) }
    return """
      <details class="card"\(visit.sent("product").isEmpty ? "" : " open" as HTML)><summary>\(t("Note a programme", "Signaler un accès"))</summary>\(Form.filled(visit, "accessNew", t("Note it", "Enregistrer"), """
      <div class="row">\(Form.field(visit, "code", t("Code", "Code")))\(Form.field(visit, "product", t("Product", "Produit")))\
      \(Form.choice(visit, "scheme", t("Scheme", "Dispositif"), schemes))</div>
      \(Form.field(visit, "indication", t("Indication", "Indication")))
      \(Form.field(visit, "source", t("Who says so", "Source")))
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
