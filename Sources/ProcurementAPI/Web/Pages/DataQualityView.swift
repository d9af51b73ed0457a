import Inventory
import Procurement
import Storage

/// What is not known, and who could tell.
struct DataQualityView {
  /// What one organisation could be asked.
  private struct Questions {
    var presences: Int64 = 0
    var toConfirm: [Equipment] = []
    var ageless: [Equipment] = []
    var count: Int { Int(presences) + toConfirm.count + ageless.count }
  }

  private let register: Register
  private let names: EquipmentNames
  private let rates: [ReportingRate]
  private let presence: [PresenceCell]
  private let machines: [Equipment]
  private let t: Language

  init(_ visit: Visit, _ connection: any Connection) throws {
    t = visit.language
    register = try Register(in: connection)
    names = try EquipmentNames(visit.language, in: connection)
    let reports = try ExpectedReport.all(
      from: visit.day - 90,
      to: visit.day,
      today: visit.day,
      in: connection
    )
    rates = ReportingRate.rates(of: reports)
    presence = try Presence.table(in: connection)
    machines = try Equipment.list(in: connection)
  }

  var markup: HTML {
    let positionless = register.centres.filter { $0.position == nil }
    return """
      <h1>\(t("Data quality", "Qualité des données"))</h1>
      <p class="lead">\(t("What is not known, and who could tell.", "Ce qui est inconnu, et qui pourrait le dire."))</p>
      \(AdministrationPages.tabs(t, here: "quality"))
      <div class="figures">
      \(figure(presence.count { $0.presence == .unknown }, t("presences unknown, of \(presence.count)", "présences inconnues sur \(presence.count)"), "/equipment"))
      \(figure(machines.count(where: Self.isAgeless), t("machines of unknown age, of \(machines.count)", "machines d’âge inconnu sur \(machines.count)"), "#ask"))
      \(figure(machines.count { !$0.isConfirmed }, t("machines to confirm", "machines à confirmer"), "#ask"))
      \(figure(positionless.count, t("centres without a position", "centres sans position"), "#places"))</div>
      <section class="card" id="ask"><h2>\(t("Who could tell", "Qui pourrait le dire"))</h2>\(asking)</section>
      \(positionless.isEmpty ? .nothing : places(positionless))
      <section class="card"><h2>\(t("Reporting, 90 days", "Déclarations, 90 jours"))</h2>\(rates.isEmpty ? "<p class=\"empty\">\(t("No report was expected.", "Aucune déclaration attendue."))</p>" as HTML : rateTable)</section>
      """
  }

  private func figure(_ count: Int, _ label: String, _ path: String) -> HTML {
    "<a class=\"figure\" href=\"\(path)\"><b>\(t.number(Int64(count)))</b><span>\(label)</span></a>"
  }

  private static func isAgeless(_ machine: Equipment) -> Bool {
    machine.commissionedYear == nil && machine.commissionedOn == nil
  }

  // MARK: - Who could tell

  private var questions: [(organisation: String, asked: Questions)] {
    var questions: [String: Questions] = [:]
    for cell in presence where cell.presence == .unknown {
      questions[cell.organisation.rawValue, default: Questions()].presences += 1
    }
    for machine in machines {
      let organisation = machine.organisation.rawValue
      if !machine.isConfirmed { questions[organisation, default: Questions()].toConfirm.append(machine) }
      if Self.isAgeless(machine) { questions[organisation, default: Questions()].ageless.append(machine) }
    }
    return questions.map { ($0.key, $0.value) }
      .sorted(byName: { names.place($0.0) }).sorted { $1.1.count < $0.1.count }
  }

  /// Those who could answer most, first; their machines lead to where an answer is noted.
  private var asking: HTML {
    let questions = questions
    guard !questions.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing is unknown.", "Rien n’est inconnu."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Ask", "À demander à"))</th><th class="n">\(t("Presences unknown", "Présences inconnues"))</th>\
      <th>\(t("Machines to confirm", "Machines à confirmer"))</th><th>\(t("Machines of unknown age", "Machines d’âge inconnu"))</th></tr></thead><tbody>
      \(questions.prefix(60).markup { organisation, asked in
        """
        <tr><th scope="row">\(names.place(organisation))</th><td class="n">\(asked.presences)</td><td>\(links(asked.toConfirm))</td><td>\(links(asked.ageless))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private func links(_ machines: [Equipment]) -> HTML {
    guard !machines.isEmpty else { return "–" }
    return """
      \(machines.prefix(4).enumerated().markup { index, machine in
        "\(index > 0 ? ", " : "")<a href=\"\(WebPath("equipment", "machines", machine.code))\">\(machine.label)</a>"
      })\(machines.count > 4 ? t(" and \(machines.count - 4) more", " et \(machines.count - 4) autres") : "")
      """
  }

  private func places(_ centres: [Centre]) -> HTML {
    """
    <section class="card" id="places"><h2>\(t("Centres without a position", "Centres sans position"))</h2>\
    <p>\(centres.prefix(100).enumerated().markup { "\($0 > 0 ? ", " : "")\(register.link($1.code))" })</p></section>
    """
  }

  // MARK: - Reporting

  private var rateTable: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Due", "Attendues"))</th><th class="n">\(t("On time", "À l’heure"))</th><th class="n">\(t("Late", "En retard"))</th><th class="n">\(t("Missing", "Manquantes"))</th><th class="n">%</th></tr></thead><tbody>
    \(rates.sorted { ($0.onTimePercent ?? 0) < ($1.onTimePercent ?? 0) }.prefix(100).markup { rate in
      "<tr><th scope=\"row\">\(register.link(rate.centre))</th><td class=\"n\">\(rate.due)</td><td class=\"n\">\(rate.onTime)</td><td class=\"n\">\(rate.late)</td><td class=\"n\">\(rate.missing)</td><td class=\"n\">\(rate.onTimePercent.map { "\($0)" } ?? "–")</td></tr>"
    })
    </tbody></table></div>
    """
  }
}
