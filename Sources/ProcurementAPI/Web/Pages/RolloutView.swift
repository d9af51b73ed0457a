import Foundation
import Inventory
import Procurement

/// One rollout: its waves as a timeline, centre by centre.
struct RolloutView {
  let plan: RolloutPlan
  /// The name of the kit that is rolled out; nil for an item.
  let kit: String?
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/sharing/rollouts">\(t("Rollouts", "Déploiements"))</a> ›</p>
    <h1>\(plan.title)</h1>
    <p class="lead"><span class="tag">\(plan.state.name(t))</span> \(subject) <code>\(plan.code)</code> · \(t.sentence(plan.because))</p>
    <p>\(plan.lastFirstDay.map { t("The last centre begins on \(t.day($0)).", "Le dernier centre commence le \(t.day($0)).") } ?? t("The arrivals do not reach every centre.", "Les arrivages n’atteignent pas tous les centres.")) <span class="note">\(t.sentence(plan.bound, name: name(of:)))</span></p>
    \(steps)
    <section class="card"><h2>\(t("Waves", "Vagues"))</h2>\(timeline)</section>
    <section class="card"><h2>\(t("How it ends for each centre", "Ce qu’il en est pour chaque centre"))</h2>\(outcomes)</section>
    """
  }

  /// The waves and how it would end for each centre, before anything is kept.
  var preview: HTML {
    let last =
      plan.lastFirstDay.map {
        t("The last centre would begin on \(t.day($0)).", "Le dernier centre commencerait le \(t.day($0)).")
      } ?? t("The arrivals do not reach every centre.", "Les arrivages n’atteignent pas tous les centres.")
    return """
      <section class="card"><h2>\(t("What would be planned", "Ce qui serait planifié"))</h2>
      <p>\(last) <span class="note">\(t.sentence(plan.bound, name: name(of:)))</span></p>\(timeline)
      <h3>\(t("How it would end for each centre", "Ce qu’il en serait pour chaque centre"))</h3>\(outcomes)</section>
      """
  }

  private var subject: HTML {
    switch plan.subject {
    case .item(let item): register.link(item, t)
    case .kit(let code): "\(t("kit", "kit")) \(kit ?? code.rawValue)"
    }
  }

  private var unit: String {
    switch plan.subject {
    case .item(let item): register.unit(item, t)
    case .kit: t("tests", "tests")
    }
  }

  private func name(of text: String) -> String? {
    Centre.Code(rawValue: text).flatMap { register.centre($0)?.name }
  }

  /// What each centre gets of its target, and why no more: the largest shortfall first.
  private var outcomes: HTML {
    let targets = plan.targets.sorted {
      ($1.target - $1.planned, register.name($0.centre)) < ($0.target - $0.planned, register.name($1.centre))
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th>\(t("Ready", "Prêt"))</th><th>\(t("Begins", "Commence"))</th>\
      <th class="n">\(t("First tranche", "Première tranche"))</th><th class="n">\(t("Gets", "Reçoit"))</th><th class="n">\(t("Target", "Cible"))</th><th class="n">\(t("Short", "Manque"))</th><th>\(t("Why", "Pourquoi"))</th></tr></thead><tbody>
      \(targets.prefix(150).markup { target in
        let short = target.target - target.planned
        return """
          <tr><th scope="row">\(register.link(target.centre))</th><td>\(t.shortDay(target.ready))</td><td>\(target.firstDay.map { t.shortDay($0) } ?? t("never", "jamais"))</td>\
          <td class="n">\(t.number(target.firstTranche))</td><td class="n">\(t.number(target.planned))</td><td class="n">\(t.number(target.target))</td>\
          <td class="n">\(short > .zero ? "<span class=\"tag bad\">\(t.number(short))</span>" as HTML : "✓")</td><td class="note">\(t.sentence(target.sentence))</td></tr>
          """
      })
      </tbody></table></div><p class="note">\(t("Quantities in \(unit).", "Quantités en \(unit)."))</p>
      """
  }

  private var steps: HTML {
    guard visit.mayNow(.buyer, .planner), plan.state != .completed, plan.state != .cancelled else {
      return .nothing
    }
    let path = WebPath("sharing", "rollouts", "new", query: [("again", plan.code.rawValue)])
    let again: HTML = "<a href=\"\(path)\">\(t("Plan it again", "Replanifier"))</a>"
    guard plan.state == .draft || plan.state == .revised else { return "<p>\(again)</p>" }
    return
      "<p>\(Form.button(visit, "rolloutApprove", t("Approve", "Approuver"), style: "main", [("code", plan.code.rawValue)])) \(again)</p>"
  }

  private struct Cell {
    var quantity: Int64
    var isOut: Bool
  }

  private var timeline: HTML {
    guard !plan.lines.isEmpty || !plan.deliveries.isEmpty else {
      return "<p class=\"empty\">\(t("Nothing goes out.", "Rien n’est expédié."))</p>"
    }
    let days = Set(plan.lines.map(\.day) + plan.deliveries.map(\.day)).sorted()
    var cells: [Centre.Code: [Day: Cell]] = [:]
    for line in plan.lines {
      cells[line.centre, default: [:]][line.day] = Cell(quantity: line.quantity.units, isOut: false)
    }
    for line in plan.deliveries {
      cells[line.centre, default: [:]][line.day] = Cell(quantity: line.quantity.units, isOut: true)
    }
    let centres = plan.targets.sorted {
      ($0.firstDay ?? $0.ready, register.name($0.centre)) < (
        $1.firstDay ?? $1.ready, register.name($1.centre)
      )
    }
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\(days.markup { "<th class=\"up\">\(t.shortDay($0))</th>" })<th class="n">\(t("Target", "Cible"))</th></tr></thead><tbody>
      \(centres.markup { target in
        """
        <tr><th scope="row">\(register.link(target.centre))</th>\(days.markup { day in cell(cells[target.centre]?[day]) })\
        <td class="n">\(t.number(target.planned)) / \(t.number(target.target))</td></tr>
        """
      })
      </tbody></table></div>
      \(plan.kept.markup { kept in
        let why = kept.why.components(separatedBy: ", ").map { t.sentence($0) }.joined(separator: ", ")
        let text = t("After wave \(kept.wave), \(t.number(kept.quantity)) are kept: \(why).", "Après la vague \(kept.wave), \(t.number(kept.quantity)) restent en réserve : \(why).")
        return "<p class=\"note\">\(text)</p>"
      })
      <ul class="legend"><li><i class="l-plenty">✓</i>\(t("went out", "expédié"))</li><li><i class="l-watch"></i>\(t("planned", "prévu"))</li></ul>
      """
  }

  private func cell(_ cell: Cell?) -> HTML {
    guard let cell else { return "<td></td>" }
    return
      "<td><span class=\"\(cell.isOut ? "l-plenty" : "l-watch")\">\(t.number(cell.quantity))\(cell.isOut ? " ✓" : "")</span></td>"
  }
}

extension RolloutPlan.State {
  func name(_ t: Language) -> String {
    switch self {
    case .draft: t("draft", "brouillon")
    case .approved: t("approved", "approuvé")
    case .running: t("running", "en cours")
    case .revised: t("planned again", "replanifié")
    case .completed: t("completed", "terminé")
    case .cancelled: t("cancelled", "annulé")
    }
  }
}

extension Kit {
  func title(_ t: Language) -> String { t(name, nameFrench.isEmpty ? name : nameFrench) }
}
