import Inventory
import Planning

/// One renewal plan: the decisions on a line of years, the money, what is left, and how good it is proven to be.
struct RenewalView {
  let record: RenewalRecord
  let language: Language
  let names: EquipmentNames
  /// The machines of the register, by code.
  let machines: [String: Equipment]
  private var t: Language { language }
  private var report: RenewalReport { record.report }
  private var input: RenewalInput { record.input }
  private var years: [Int64] { report.years.map(\.year) }

  var title: String { t("Renewal plan \(record.number)", "Plan de renouvellement \(record.number)") }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/equipment/renewals">\(t("Renewal", "Renouvellement"))</a> ›</p>
    <h1>\(title)</h1>
    <p class="lead">\(years.first ?? 0)–\(years.last ?? 0) · \(record.scenario ?? t("the register as it is", "le registre tel quel")) · \(RenewalPages.proof(report.isProven, t))</p>
    <div class="figures">\(figure(t.amount(report.cost), t("of \(t.amount(budget))", "sur \(t.amount(budget))")))\
    \(figure(t.amount(saved), t("saved by buying together", "gagnés en achetant ensemble")))\
    \(RenewalReport.Action.all.markup { action in figure("\(report.lines.count { $0.action == action })", action.name(t)) })\
    \(figure("\(input.apart.count)", t("machines in no figure", "machines dans aucun chiffre")))</div>
    <section class="card"><h2>\(t("Year by year", "Année par année"))</h2>\(timeline)</section>
    <section class="card"><h2>\(t("Money and ages", "Argent et âges"))</h2>\(yearTable)</section>
    <div class="split"><section class="card"><h2>\(t("Bought together", "Achetés ensemble"))</h2>\(groups)</section>
    <section class="card"><h2>\(t("How good it is proven to be", "Ce qui est prouvé"))</h2>\(proofs)</section></div>
    <section class="card"><h2>\(t("Left past their life", "Laissées au-delà de leur vie"))</h2>\(left)</section>
    <p class="note">\(t("Prices without VAT", "Prix hors taxes")) · \(record.solver) · \(t("inputs", "données")) <code>\(record.digest.prefix(12).description)</code> · \(t.moment(record.madeAt)), \(record.actor)</p>
    """
  }

  private var budget: Money { input.question.budgets.reduce(.zero, +) }
  private var saved: Money { report.groups.reduce(.zero) { $0 + $1.saving } }

  private func figure(_ value: String, _ label: String) -> HTML {
    "<div class=\"figure\"><b>\(value)</b><span>\(label)</span></div>"
  }

  // MARK: - The line of years

  /// A row for each machine that something is done with, a column for each year.
  private var timeline: HTML {
    guard !report.lines.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing is done.", "Rien n’est fait."))</p>"
    }
    let lines = report.lines.sorted { ($0.category, $0.place, $0.year) < ($1.category, $1.place, $1.year) }
    return """
      <div class="scroll" tabindex="0"><table class="heat years"><thead><tr><th>\(t("Machine", "Machine"))</th><th>\(t("At", "Lieu"))</th>\
      \(years.markup { "<th scope=\"col\" class=\"n\">\($0)</th>" })<th class="n">\(t("Price", "Prix"))</th></tr></thead><tbody>
      \(lines.prefix(150).markup(row))
      </tbody></table></div>
      """
  }

  private func row(_ line: RenewalReport.Line) -> HTML {
    """
    <tr><th scope="row">\(machine(line.machine))</th>\
    <td class="note">\(names.place(line.place))\(line.destination.markup { " → \(names.place($0))" })\
    \(line.isConfirmed ? .nothing : " <span class=\"tag warn\">\(t("to confirm", "à confirmer"))</span>" as HTML)\
    \(line.isMakerGone ? " <span class=\"tag bad\">\(t("maker gone", "fabricant disparu"))</span>" as HTML : .nothing)</td>\
    \(years.markup { year in year == line.year ? cell(line) : "<td></td>" })<td class="n">\(t.amount(line.price))</td></tr>
    """
  }

  /// A machine by its name, with a way to its page; one that is none yet, as the plan calls it.
  private func machine(_ code: String) -> HTML {
    guard let machine = machines[code] else { return "\(code)" }
    return "<a href=\"\(WebPath("equipment", "machines", code))\">\(machine.label) <code>\(code)</code></a>"
  }

  private func cell(_ line: RenewalReport.Line) -> HTML {
    let age = line.ageMonths.map { " " + t("at \(years($0 / 12))", "à \(years($0 / 12))") } ?? ""
    return
      "<td><span class=\"l-\(line.action.shade)\" title=\"\(line.action.done(t))\(age)\">\(line.action.word(t))</span></td>"
  }

  private func years(_ count: Int64) -> String {
    "\(count) " + (count == 1 ? t("year", "an") : t("years", "ans"))
  }

  // MARK: - Figures

  private var yearTable: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Year", "Année"))</th><th class="n">\(t("Budget", "Budget"))</th><th class="n">\(t("Spent", "Dépensé"))</th>\
    <th class="n">\(t("Saved", "Gagné"))</th><th class="n">\(t("Carried over", "Reporté"))</th><th class="n">\(t("to 5 years", "jusqu’à 5 ans"))</th><th class="n">\(t("6–10", "6–10"))</th>\
    <th class="n">\(t("over 10", "plus de 10"))</th><th>60/30/10</th><th class="n">\(t("Past life", "Au-delà de leur vie"))</th><th class="n">\(t("Missing", "Manquantes"))</th></tr></thead><tbody>
    \(report.years.markup { year in
      """
      <tr><th scope="row">\(year.year)</th><td class="n">\(t.amount(year.budget))</td><td class="n">\(t.amount(year.spent))</td><td class="n">\(t.amount(year.saved))</td>\
      <td class="n">\(t.amount(year.carried))</td><td class="n">\(year.upToFive)</td><td class="n">\(year.fiveToTen)</td><td class="n">\(year.overTen)</td>\
      <td>\(rule(year.isRuleKept))</td><td class="n">\(year.pastLife)</td><td class="n">\(year.missing)</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private func rule(_ isKept: Bool?) -> HTML {
    guard let isKept else { return "\(t.unknown)" }
    return isKept
      ? "<span class=\"tag good\">\(t("kept", "tenue"))</span>"
      : "<span class=\"tag warn\">\(t("missed", "manquée"))</span>"
  }

  private var groups: HTML {
    let together = report.groups.filter { $0.machines.count > 1 }
    guard !together.isEmpty else {
      return
        "<p class=\"empty\">\(t("No two machines of a kind fall into one year.", "Aucune année ne réunit deux machines de même type."))</p>"
    }
    return """
      <ul class="plain">\(together.markup { group in
        let next = group.missingToNext.flatMap { more in group.savingAtNext.map { (more, $0) } }
        return """
          <li>\(group.year) · \(group.machines.count) × \(names.category(group.category)) · \(group.centres.map(names.place).joined(separator: ", ")) · \(t("saves", "gain")) \(t.amount(group.saving))\
          \(next.markup { "<br><span class=\"note\">\(t("\($0) more would save \(t.amount($1)) in all", "\($0) de plus : gain total \(t.amount($1))"))</span>" })</li>
          """
      })</ul>
      """
  }

  private var proofs: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Aim", "Objectif"))</th><th class="n">\(t("Reached", "Atteint"))</th>\
    <th class="n">\(t("No plan reaches less than", "Aucun plan sous"))</th></tr></thead><tbody>
    \(report.proofs.markup { proof in
      "<tr><th scope=\"row\">\(proof.aim.name(t))</th><td class=\"n\">\(shown(proof.reached, proof.aim))</td><td class=\"n\">\(proof.bound.map { shown($0, proof.aim) } ?? t.unknown)</td></tr>"
    })
    </tbody></table></div>
    """
  }

  private func shown(_ value: Int64, _ aim: RenewalProblem.Aim) -> String {
    aim == .cost ? t.amount(Money(cents: value)) : t.number(value)
  }

  private var left: HTML {
    guard !report.left.isEmpty else {
      return "<p class=\"empty\">\(t("None.", "Aucune."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Machine", "Machine"))</th><th>\(t("At", "Lieu"))</th><th class="n">\(t("Life ends", "Fin de vie"))</th>\
      <th>\(t("Why nothing is done", "Pourquoi rien n’est fait"))</th></tr></thead><tbody>
      \(report.left.prefix(100).markup { machine in
        "<tr><th scope=\"row\">\(self.machine(machine.machine))</th><td>\(names.place(machine.place))</td><td class=\"n\">\(machine.endsIn)</td><td class=\"note\">\(t.sentence(machine.reason))</td></tr>"
      })
      </tbody></table></div>
      """
  }
}

extension RenewalReport.Action {
  static let all: [Self] = [.renew, .upgrade, .move, .add]

  func name(_ t: Language) -> String {
    switch self {
    case .renew: t("renewed", "renouvelées")
    case .upgrade: t("upgraded", "modernisées")
    case .move: t("moved", "déplacées")
    case .add: t("added", "ajoutées")
    }
  }

  /// Of one machine.
  func done(_ t: Language) -> String {
    switch self {
    case .renew: t("renewed", "renouvelée")
    case .upgrade: t("upgraded", "modernisée")
    case .move: t("moved", "déplacée")
    case .add: t("added", "ajoutée")
    }
  }

  func word(_ t: Language) -> String {
    switch self {
    case .renew: t("renew", "renouv.")
    case .upgrade: t("upgrade", "modern.")
    case .move: t("move", "déplac.")
    case .add: t("add", "ajout")
    }
  }

  var shade: String {
    switch self {
    case .renew: "plenty"
    case .upgrade: "fine"
    case .move: "watch"
    case .add: "alert"
    }
  }
}

extension RenewalProblem.Aim {
  func name(_ t: Language) -> String {
    switch self {
    case .overLife: t("machine-years past life", "années-machines au-delà de la vie")
    case .ageRule: t("machines beyond the 60/30/10 rule", "machines hors de la règle 60/30/10")
    case .gaps: t("machines missing", "machines manquantes")
    case .downtime: t("time down", "temps d’arrêt")
    case .cost: t("cost", "coût")
    case .benefit: t("benefit", "bénéfice")
    }
  }
}
