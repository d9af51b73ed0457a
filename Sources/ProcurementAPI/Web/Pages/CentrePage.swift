import Inventory
import Procurement
import Storage

/// One centre: what it has, what it must do, its reports and its machines.
struct CentrePage {
  let centre: Centre
  let visit: Visit
  let register: Register
  let positions: [StockPosition]
  let reports: [ExpectedReport]
  /// All that came in the same weeks, also where none was expected.
  let others: [ReceivedReport]
  let machines: [Equipment]
  /// By code, in the reader's language.
  let categories: [EquipmentCategory.Code: String]
  let alerts: [ShortageAlert]
  let said: [ShortageAlert.ID: String]
  let transfers: [Transfer]
  /// Those that take needs.
  let campaigns: [Campaign]
  let tests: [(kit: Kit, possible: TestsPossible)]
  private var t: Language { visit.language }

  init(_ centre: Centre, _ visit: Visit, _ connection: any Connection) throws {
    (self.centre, self.visit) = (centre, visit)
    register = try Register(in: connection)
    let window = UseWindow(endingOn: visit.day)
    positions = try StockPosition.all(window, filter: .init(centre: centre.code), in: connection)
    reports = try ExpectedReport.all(from: visit.day - 55, to: visit.day, today: visit.day, in: connection)
      .filter { $0.centre == centre.code }
    machines = try Equipment.list(organisation: centre.organisation, in: connection)
      .filter { $0.centre == nil || $0.centre == centre.code }
    categories = Dictionary(
      try EquipmentCategory.all(in: connection).map { ($0.code, EquipmentPages.name($0, visit.language)) },
      uniquingKeysWith: { first, _ in first }
    )
    others = try ReceivedReport.all(from: visit.day - 55, to: visit.day, in: connection)
      .filter { $0.centre == centre.code }
    let ofDay = try visit.alerts(in: connection)
    (alerts, said) = (ofDay.alerts.filter { $0.centre == centre.code }, ofDay.said)
    transfers = try Transfer.list(in: connection).filter { transfer in
      (transfer.from == centre.code || transfer.to == centre.code)
        && [.proposed, .agreed, .sent].contains(visit.state(of: transfer))
    }
    campaigns = try visit.campaigns(in: connection).filter { $0.state == .open }
    let held = Dictionary(positions.map { ($0.item, $0) }) { first, _ in first }
    tests = try Kit.all(in: connection).filter { $0.components.contains { held[$0.item] != nil } }
      .map { ($0, TestsPossible(of: $0, at: centre.code, positions: held)) }
  }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/stock">\(t("Stock", "Stocks"))</a> ›</p>
    <h1>\(centre.name)</h1>
    <p class="lead">\(centre.city), \(centre.region) · <code>\(centre.code)</code>\(patients)</p>
    \(tasks)
    <div class="split"><section class="card"><h2>\(t("Stock", "Stock"))</h2>\(stock)</section>
    <div>\(kits)\(reportList)\(machineList)</div></div>
    """
  }

  private var patients: String {
    centre.patients.map { " · " + t("\(t.number($0.count)) patients", "\(t.number($0.count)) patients") }
      ?? ""
  }

  /// What the centre itself has to do, first.
  private var tasks: HTML {
    let due = reports.filter { $0.state == .missing || $0.state == .awaited }
    var lines: [HTML] = due.suffix(3).markup { report in
      """
      <li><span class="tag \(report.state == .missing ? "bad" : "warn")">\(report.state.name(t))</span> \
      \(t("Report of", "Déclaration du")) \(t.day(report.due)) — <a href="\(WebPath("reports", "new", query: [("centre", centre.code.rawValue)]))">\(t("report now", "déclarer"))</a></li>
      """
    }
    lines += campaigns.markup { campaign in
      let answer: HTML =
        visit.mayNow(.reporter, .buyer) && visit.covers(centre.code)
        ? " — <a href=\"\(NeedsPage.path(campaign, centre.code))\">\(t("say what is needed", "dire les besoins"))</a>"
        : .nothing
      return """
        <li><span class="tag accent">\(t("call for needs", "recueil des besoins"))</span> \(campaign.terms.title), \(t("until", "jusqu’au")) \(t.day(campaign.terms.closes))\(answer)</li>
        """
    }
    lines += transfers.markup { transfer in
      """
      <li><span class="tag accent">\(t("transfer", "transfert"))</span> <a href="\(WebPath("sharing", "transfers", transfer.number))">\(transfer.number)</a>\(t(":", "\u{00A0}:")) \
      \(register.amount(transfer.quantity.units, of: transfer.item, t)), \(register.name(transfer.item, t)), \(register.name(transfer.from)) → \(register.name(transfer.to)), \((visit.state(of: transfer) ?? transfer.state).name(t))</li>
      """
    }
    lines += alerts.prefix(6).markup { alert in
      """
      <li>\(alert.severity.tag(t)) <a href="\(WebPath("shortages", alert.id.rawValue))">\(register.name(alert.item, t))</a> \
      <span class="note">\(AlertText(alert: alert, language: t, register: register, said: said[alert.id]).short)</span></li>
      """
    }
    guard !lines.isEmpty else { return .nothing }
    return
      "<section class=\"card\"><h2>\(t("To do", "À faire"))</h2><ul class=\"plain\">\(lines)</ul></section>"
  }

  private var stock: HTML {
    guard !positions.isEmpty else {
      return
        "<p class=\"empty\">\(t("This centre has reported no stock yet.", "Ce centre n’a encore rien déclaré."))</p>"
    }
    let ranked = positions.map { (level($0).rank, register.name($0.item, t).sortKey, $0) }
    let rows = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Item", "Article"))</th><th class="n">\(t("Usable", "Utilisable"))</th>\
      <th class="n">\(t("Held, expired", "Bloqué, périmé"))</th><th>\(t("Cover", "Couverture"))</th><th>\(t("Reported", "Déclaré"))</th></tr></thead><tbody>
      \(rows.markup { position in
        """
        <tr><th scope="row"><a href="\(WebPath("stock", "centres", centre.code, "items", position.item))">\(register.name(position.item, t))</a></th>\
        <td class="n">\(register.amount(position.stock.usable, of: position.item, t))</td><td class="n">\(t.number(position.stock.held + position.stock.expired))</td>\
        <td><span class="tag l-\(level(position).rawValue)">\(position.cover.text(t)) \(level(position).sign)</span></td>\
        <td>\(position.reported.map { t.shortDay($0) } ?? t("never", "jamais"))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private func level(_ position: StockPosition) -> CoverLevel {
    CoverLevel(position, register.item(position.item).flatMap { register.policies[$0.criticality] })
  }

  private var kits: HTML {
    guard !tests.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Tests possible", "Tests réalisables"))</h2><ul class="plain">
      \(tests.markup { kit, possible in
        """
        <li><strong>\(t.number(possible.tests))</strong> · \(t(kit.name, kit.nameFrench))\
        \(possible.binding.markup { "<br><span class=\"note\">\(t("held back by", "limité par")) \(register.name($0, t))</span>" })</li>
        """
      })</ul></section>
      """
  }

  private var reportList: HTML {
    let answers = Set(reports.compactMap(\.report))
    let unasked = others.filter { !answers.contains($0.key) }
    guard !reports.isEmpty || !unasked.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Reports of eight weeks", "Déclarations sur huit semaines"))</h2><ul class="plain">
      \(reports.reversed().markup { report in
        let style = report.state == .missing ? "bad" : report.state == .late ? "warn" : "good"
        return """
          <li>\(t("due", "attendue le")) \(t.day(report.due)) <span class="tag \(style)">\(report.state.name(t))</span>\
          \(report.received.markup { " <span class=\"note\">\(t("received", "reçue le")) \(t.moment($0))</span>" })\(report.report.markup { " \(receipt($0))" })</li>
          """
      })
      \(unasked.suffix(16).reversed().markup { report in
        """
        <li><a href="\(WebPath("reports", centre.code, report.key))">\(t("for", "pour le")) \(t.day(report.day))</a> <span class="note">\(t("received", "reçue le")) \(t.moment(report.received))</span></li>
        """
      })</ul></section>
      """
  }

  private func receipt(_ key: String) -> HTML {
    "<a href=\"\(WebPath("reports", centre.code, key))\">\(t("report", "déclaration")) \(key)</a>"
  }

  private var machineList: HTML {
    guard !machines.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Machines", "Machines"))</h2><ul class="plain">
      \(machines.markup { machine in
        """
        <li><a href="\(WebPath("equipment", "machines", machine.code))">\(machine.label)</a> <span class="note">\(categories[machine.category] ?? machine.category.rawValue)</span> \
        \(machine.function.tag(t))</li>
        """
      })</ul></section>
      """
  }
}

extension Equipment {
  /// The maker and the model, or the code where neither is known.
  var label: String {
    let text = [manufacturer, model].compactMap(\.self).joined(separator: " ")
    return text.isEmpty ? code.rawValue : text
  }
}

extension Equipment.Function {
  func tag(_ t: Language) -> HTML {
    let (style, name) =
      switch self {
      case .up: ("good", t("up", "en marche"))
      case .degraded: ("warn", t("degraded", "dégradé"))
      case .down: ("bad", t("down", "à l’arrêt"))
      case .unknown: ("", t("state unknown", "état inconnu"))
      }
    return "<span class=\"tag \(style)\">\(name)</span>"
  }
}

extension Transfer.State {
  func name(_ t: Language) -> String {
    switch self {
    case .proposed: t("proposed", "proposé")
    case .agreed: t("agreed", "accepté")
    case .sent: t("sent", "expédié")
    case .received: t("received", "reçu")
    case .cancelled: t("cancelled", "annulé")
    }
  }
}

extension MovementReason {
  func name(_ t: Language) -> String {
    switch self {
    case .receipt: t("receipt", "réception")
    case .use: t("use", "consommation")
    case .loss: t("loss", "perte")
    case .expiry: t("expiry", "péremption")
    case .recall: t("recall", "rappel")
    case .count: t("count", "inventaire")
    case .adjustment: t("adjustment", "ajustement")
    case .transferIn: t("transfer in", "transfert entrant")
    case .transferOut: t("transfer out", "transfert sortant")
    }
  }
}
