import Inventory
import Procurement
import Storage

/// The register of machines: who has what, how old, and one machine's log.
enum EquipmentPages {
  static let routes = [
    WebRoute("equipment", register), WebRoute("equipment/machines/{machine}", machine),
    WebRoute("equipment/ages", for: WebRoute.network, ages),
  ]

  static func tabs(_ visit: Visit, here: String) -> HTML {
    let t = visit.language
    guard !visit.principal.isBoundToCentres else { return .nothing }
    let entries = [
      ("register", "/equipment", t("Register", "Registre")), ("ages", "/equipment/ages", t("Ages", "Âges")),
      ("gaps", "/equipment/gaps", t("Gaps", "Manques")),
      ("access", "/equipment/access", t("Access", "Accès")),
      ("sites", "/equipment/sites", t("Best sites", "Meilleurs sites")),
      ("renewals", "/equipment/renewals", t("Renewal", "Renouvellement")),
      ("scenarios", "/equipment/scenarios", t("Scenarios", "Scénarios")),
    ]
    return """
      <ul class="tabs">\(entries.markup { key, path, name in
        "<li><a href=\"\(path)\"\(key == here ? " aria-current=\"page\"" as HTML : "")>\(name)</a></li>"
      })</ul>
      """
  }

  static func name(_ category: EquipmentCategory, _ t: Language) -> String {
    t(category.name, category.nameFrench.isEmpty ? category.name : category.nameFrench)
  }

  // MARK: - Register

  private static func register(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let categories = try EquipmentCategory.all(in: connection)
    let cells = try Presence.table(in: connection)
    let names = try EquipmentNames(t, in: connection)
    let chosen: EquipmentCategory.Code? = visit.filter("category")
    let machines = try Equipment.list(category: chosen, in: connection)
    let options = categories.map { ($0.code.rawValue, name($0, t)) }
    return WebPage(
      t("Equipment", "Équipements"),
      .equipment,
      """
      <h1>\(t("Equipment register", "Registre des équipements"))</h1>
      <p class="lead">\(t("Present, absent or unknown: unknown is a question to the centre, never a gap.", "Présent, absent ou inconnu : inconnu est une question à poser au centre, jamais un manque."))</p>
      \(tabs(visit, here: "register"))
      <section class="card"><h2>\(t("Who has what", "Qui a quoi"))</h2>\(presence(cells, categories, names, t))</section>
      <section class="card" id="machines"><h2>\(t("Machines", "Machines"))</h2>
      <form class="filters" method="get" action="/equipment">\(StockPages.select("category", t("Category", "Catégorie"), [("", t("all", "toutes"))] + options, chosen?.rawValue ?? ""))\
      <button>\(t("Filter", "Filtrer"))</button>\(visit.workbook("equipment", query: [("category", chosen?.rawValue)]))</form>\(table(machines, names, visit))</section>
      """
    )
  }

  private static func presence(
    _ cells: [PresenceCell],
    _ categories: [EquipmentCategory],
    _ names: EquipmentNames,
    _ t: Language
  ) -> HTML {
    let held = categories.filter { category in
      cells.contains { $0.category == category.code && $0.presence != .unknown }
    }
    let rows = Dictionary(grouping: cells, by: \.organisation)
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\
      \(held.markup { "<th class=\"up\" scope=\"col\">\(name($0, t))</th>" })</tr></thead><tbody>
      \(rows.keys.sorted(byName: { names.place($0.rawValue) }).prefix(80).markup { organisation in
        let byCategory = Dictionary((rows[organisation] ?? []).map { ($0.category, $0) }) { first, _ in first }
        return "<tr><th scope=\"row\">\(names.place(organisation.rawValue))</th>\(held.markup { cell(byCategory[$0.code], t) })</tr>"
      })
      </tbody></table></div>
      <ul class="legend"><li><i class="l-plenty">2</i>\(t("present, confirmed machines", "présent, machines confirmées"))</li>\
      <li><i class="l-watch">+1</i>\(t("to confirm", "à confirmer"))</li><li><i class="l-fine">–</i>\(t("absent, as stated", "absent, déclaré"))</li>\
      <li><i class="l-unknown">?</i>\(t("unknown", "inconnu"))</li></ul>
      """
  }

  private static func cell(_ cell: PresenceCell?, _ t: Language) -> HTML {
    guard let cell else { return "<td><span class=\"l-unknown\">?</span></td>" }
    let (style, text) =
      switch cell.presence {
      case .present where cell.confirmed == 0: ("watch", cell.toConfirm > 0 ? "+\(cell.toConfirm)" : "✓")
      case .present:
        ("plenty", cell.toConfirm > 0 ? "\(cell.confirmed) +\(cell.toConfirm)" : "\(cell.confirmed)")
      case .absent: ("fine", "–")
      case .unknown: ("unknown", "?")
      }
    return "<td><span class=\"l-\(style)\">\(text)</span></td>"
  }

  private static func table(_ machines: [Equipment], _ names: EquipmentNames, _ visit: Visit) -> HTML {
    let t = visit.language
    guard !machines.isEmpty else {
      return "<p class=\"empty\">\(t("No machine is registered.", "Aucune machine enregistrée."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Machine", "Machine"))</th><th>\(t("Category", "Catégorie"))</th><th>\(t("Centre", "Centre"))</th>\
      <th>\(t("Life", "Cycle de vie"))</th><th>\(t("Works", "Fonctionne"))</th><th>\(t("In service since", "En service depuis"))</th><th>\(t("Certainty", "Certitude"))</th></tr></thead><tbody>
      \(machines.prefix(150).markup { machine in
        """
        <tr><th scope="row"><a href="\(WebPath("equipment", "machines", machine.code))">\(machine.label)</a></th><td>\(names.category(machine.category))</td>\
        <td>\(names.place(machine))</td><td>\(machine.lifecycle.tag(t))\(machine.isConfirmed ? .nothing : " <span class=\"tag warn\">\(t("to confirm", "à confirmer"))</span>" as HTML)</td>\
        <td>\(machine.function.tag(t))</td><td>\(since(machine, t))</td><td class="note">\(t.sentence(machine.certainty))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private static func since(_ machine: Equipment, _ t: Language) -> String {
    machine.commissionedOn.map { t.day($0) } ?? machine.commissionedYear.map { "\($0)" } ?? t.unknown
  }

  // MARK: - One machine

  private static func machine(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let machine = try Equipment.find(try visit.code("machine"), in: connection)
    let log = try machine.log(in: connection)
    let names = try EquipmentNames(t, in: connection)
    let availability = Availability(log: log, from: visit.day - 364, to: visit.day + 1)
    return WebPage(
      machine.label,
      .equipment,
      """
      <p class="crumbs"><a href="/equipment">\(t("Equipment", "Équipements"))</a> ›</p>
      <h1>\(machine.label)</h1>
      <p class="lead">\(names.category(machine.category)) · \(names.place(machine)) · \(machine.lifecycle.tag(t)) \(machine.function.tag(t))</p>
      <div class="split"><section class="card"><h2>\(t("Facts", "Faits"))</h2><dl class="facts">
      <dt>\(t("Code", "Code"))</dt><dd><code>\(machine.code)</code></dd>
      <dt>\(t("In service since", "En service depuis"))</dt><dd>\(since(machine, t))</dd>
      <dt>\(t("Age", "Âge"))</dt><dd>\(machine.age(on: visit.day).map { t.counted(Int($0), ("year", "an"), ("years", "ans")) } ?? t.unknown)</dd>
      <dt>\(t("Price", "Prix"))</dt><dd>\(machine.price.map { t.money($0) } ?? t.unknown)</dd>
      <dt>\(t("Capacity a week", "Capacité par semaine"))</dt><dd>\(machine.weeklyCapacity.map { t.number($0) } ?? t.unknown)</dd>
      <dt>\(t("Available, last year", "Disponibilité sur un an"))</dt><dd>\(availability.perMille.map { t.percent(permille: $0) } ?? t.unknown) \
      <span class="note">\(t("of \(t.days(availability.knownDays)) known", "sur \(t.days(availability.knownDays)) connus"))</span></dd>
      <dt>\(t("Mean time between failures", "Temps moyen entre pannes"))</dt><dd>\(availability.meanDaysBetweenFailures.map { t.days($0) } ?? t.unknown)</dd>
      <dt>\(t("Source", "Source"))</dt><dd>\(machine.source)</dd><dt>\(t("Certainty", "Certitude"))</dt><dd>\(t.sentence(machine.certainty))</dd>
      \(machine.note.isEmpty ? .nothing : "<dt>\(t("Note", "Note"))</dt><dd>\(machine.note)</dd>" as HTML)
      </dl></section><div><section class="card"><h2>\(t("Log", "Journal"))</h2>\(logList(log, t))</section>\(change(machine, visit))</div></div>
      """
    )
  }

  private static func logList(_ log: [Equipment.StatusEntry], _ t: Language) -> HTML {
    guard !log.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing was logged.", "Rien au journal."))</p>"
    }
    return """
      <ol class="log">\(log.reversed().markup { entry in
        "<li><time datetime=\"\(entry.since)\">\(t.day(entry.since))</time> · \(entry.actor)<br><strong>\(entry.state)</strong> <span class=\"note\">\(entry.reason)</span></li>"
      })</ol>
      """
  }

  private static func change(_ machine: Equipment, _ visit: Visit) -> HTML {
    guard visit.may(.administrator) else { return .nothing }
    let t = visit.language
    let states = [
      ("up", t("up", "en marche")), ("degraded", t("degraded", "dégradé")), ("down", t("down", "à l’arrêt")),
      ("unknown", t.unknown),
    ]
    return """
      <section class="card"><h2>\(t("Say how it works", "Signaler son état"))</h2>\(Form.filled(visit, "equipmentFunction", t("Record it", "Enregistrer"), """
      <input type="hidden" name="code" value="\(machine.code)">
      <div class="row">\(Form.choice(visit, "function", t("It is", "Elle est"), states, chosen: machine.function.rawValue))\
      \(Form.field(visit, "since", t("Since", "Depuis"), type: "date", value: visit.day.description))</div>
      \(Form.field(visit, "reason", t("Why", "Motif"), isRequired: false))
      """))</section>
      """
  }

  // MARK: - Ages

  private static func ages(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let ages = try AgeAnalysis.read(on: visit.day, in: connection)
    let names = try EquipmentNames(t, in: connection)
    return WebPage(
      t("Ages", "Âges"),
      .equipment,
      """
      <h1>\(t("How old the machines are", "Âge du parc"))</h1>
      <p class="lead">\(t("COCIR’s rule: at least 60 % up to 5 years, at most 30 % from 6 to 10, at most 10 % older. Machines of unknown age are counted apart.", "Règle du COCIR : au moins 60 % jusqu’à 5 ans, au plus 30 % de 6 à 10 ans, au plus 10 % au-delà. Les âges inconnus sont comptés à part."))</p>
      \(tabs(visit, here: "ages"))
      <section class="card"><div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Category", "Catégorie"))</th><th>\(t("Bands", "Tranches"))</th><th class="n">≤ 5</th><th class="n">6–10</th><th class="n">> 10</th>\
      <th class="n">\(t("unknown", "inconnu"))</th><th>\(t("Rule", "Règle"))</th><th class="n">\(t("Past their life", "Fin de vie dépassée"))</th></tr></thead><tbody>
      \(ages.rows.markup { row in
        """
        <tr><th scope="row"><a href="\(WebPath("equipment", "ages", "explained", query: [("category", row.category == "network" ? nil : row.category)]))">\(row.category == "network" ? t("the whole network", "tout le réseau") : names.category(row.category))</a></th><td>\(bands(row))</td><td class="n">\(row.upToFive)</td><td class="n">\(row.fiveToTen)</td><td class="n">\(row.overTen)</td>\
        <td class="n">\(row.ageUnknown)</td><td>\(rule(row, t))</td><td class="n">\(row.pastExpectedLife)</td></tr>
        """
      })
      </tbody></table></div><p class="note">\(t("A name leads to how its figures are made.", "Un nom mène au calcul de ses chiffres."))</p></section>
      """
    )
  }

  private static func bands(_ row: AgeRow) -> HTML {
    let all = row.known + row.ageUnknown
    guard all > 0 else { return .nothing }
    let parts = [
      (row.upToFive, "area-good"), (row.fiveToTen, "bar-warn"), (row.overTen, "bar-bad"),
      (row.ageUnknown, "bar-soft"),
    ]
    var x: Int64 = 0
    let bars = parts.markup { count, style -> HTML in
      let width = count * 160 / all
      defer { x += width }
      return "<rect class=\"\(style)\" x=\"\(x)\" y=\"0\" width=\"\(width)\" height=\"12\"/>"
    }
    return "<svg width=\"160\" height=\"12\" viewBox=\"0 0 160 12\" aria-hidden=\"true\">\(bars)</svg>"
  }

  private static func rule(_ row: AgeRow, _ t: Language) -> HTML {
    switch row.isKept {
    case true?: "<span class=\"tag good\">\(t("kept", "respectée"))</span>"
    case false?: "<span class=\"tag bad\">\(t("broken", "non respectée"))</span>"
    case nil: "<span class=\"tag\">\(t.unknown)</span>"
    }
  }
}

extension Equipment.Lifecycle {
  func tag(_ t: Language) -> HTML {
    let (style, name) =
      switch self {
      case .planned: ("", t("planned", "prévue"))
      case .ordered: ("accent", t("ordered", "commandée"))
      case .installing: ("accent", t("being installed", "en installation"))
      case .inService: ("good", t("in service", "en service"))
      case .retired: ("", t("retired", "retirée"))
      case .unknown: ("warn", t("life unknown", "cycle inconnu"))
      }
    return "<span class=\"tag \(style)\">\(name)</span>"
  }
}
