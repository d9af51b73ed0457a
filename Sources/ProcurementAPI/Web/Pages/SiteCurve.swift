import Inventory
import Planning
import Tabular

/// What each machine more, or each budget more, buys, about the answer that was given: one proven solve a point.
struct SiteCurve {
  /// Machines beyond those that were asked for.
  private static let beyond = 3
  /// A page waits no longer; the points that were not reached by then are left out.
  private static let patience = Duration.seconds(2)

  /// In the order of their machines, or of their budgets.
  let points: [SiteCurvePoint]
  /// Which of the points the answer is; nil where none is.
  let chosen: Int?
  /// Whether the points differ by their budget, not by their number of machines.
  let isOfBudgets: Bool

  /// - Throws: `SiteError` where the question has no answer.
  /// - Returns: no point for an objective whose solver is not there.
  static func read(_ inputs: SiteInputs, answered answer: SiteAnswer) throws -> SiteCurve {
    let solver = inputs.model == nil ? try? HiGHS() : nil
    guard inputs.model != nil || solver != nil else {
      return SiteCurve(points: [], chosen: nil, isOfBudgets: false)
    }
    let end = ContinuousClock().now + patience
    var effort = SitingEffort { ContinuousClock().now >= end }
    effort.remaining = { max(.milliseconds(1), end - ContinuousClock().now) }
    let budgets = inputs.question.add == nil ? steps(of: inputs.question.budget) : []
    let points = try inputs.curve(upTo: answer.newSites.count + beyond, budgets: budgets, effort, solver)
      .filter { $0.objective != nil }
    let sites = Set(answer.newSites.map(\.code))
    return SiteCurve(
      points: points,
      chosen: points.firstIndex { Set($0.newSites) == sites }
        ?? points.firstIndex { $0.added == Int64(sites.count) },
      isOfBudgets: !budgets.isEmpty
    )
  }

  /// Budgets about the one that was asked for, in quarters of it.
  private static func steps(of budget: Money?) -> [Money] {
    guard let budget, budget > .zero else { return [] }
    return [1, 2, 3, 4, 5, 6].map { Money(cents: Rounding.halfUp.divide(budget.cents * $0, by: 4)) }
  }
}

/// The curve as a picture, with its figures as a table.
struct SiteCurveView {
  let curve: SiteCurve
  let inputs: SiteInputs
  let language: Language
  private var t: Language { language }

  var markup: HTML {
    guard curve.points.count > 1 else {
      return """
        <p class="empty">\(t("No curve is drawn for this question.", "Pas de courbe pour cette question."))</p>
        """
    }
    return """
      <div class="scroll curve" tabindex="0">\(HTML(drawing: picture.svg))</div>\(table)
      <p class="note">\(t("Each point is the best choice for its number of machines or its budget: sites may change from one point to the next.", "Chaque point est le meilleur choix pour son nombre de machines ou son budget : les sites peuvent changer d’un point à l’autre."))</p>
      """
  }

  // MARK: - The picture

  private var picture: TradeOffPicture {
    TradeOffPicture(
      title: "\(measure) · \(against)",
      description: t("The table beside has the figures.", "Le tableau à côté donne les chiffres."),
      points: curve.points.enumerated().map { index, point in
        .init(
          label: label(point),
          value: value(point),
          title: "\(label(point))\(t(":", "\u{00A0}:")) \(t.number(value(point)))",
          isChosen: index == curve.chosen
        )
      },
      upright: measure,
      across: against,
      number: { [t] in t.number($0) }
    )
  }

  private var measure: String {
    switch inputs.question.objective {
    case .coverage:
      t(
        "people within \(inputs.question.limitMinutes) min",
        "habitants à moins de \(inputs.question.limitMinutes) min"
      )
    case .median: t("mean minutes of travel", "minutes de trajet en moyenne")
    case .centre: t("minutes of the longest journey", "minutes du plus long trajet")
    case .worstRegion:
      t("mean minutes in the worst region", "minutes en moyenne dans la région la moins bien servie")
    }
  }

  private var against: String {
    curve.isOfBudgets ? t("budget", "budget") : t("machines added", "machines ajoutées")
  }

  private func label(_ point: SiteCurvePoint) -> String {
    curve.isOfBudgets ? point.budget.map { t.amount($0) } ?? "" : t.number(point.added)
  }

  /// The objective in the unit that people think in: people, or minutes.
  private func value(_ point: SiteCurvePoint) -> Int64 {
    let objective = point.objective ?? 0
    switch inputs.question.objective {
    case .coverage: return objective
    case .median:
      let people = inputs.points.reduce(Int64(0)) { $0 + $1.people }
      return Rounding.halfUp.divide(objective, by: max(1, 60 * people))
    case .centre, .worstRegion: return Rounding.halfUp.divide(objective, by: 60)
    }
  }

  // MARK: - The figures

  private var table: HTML {
    let hasCost = curve.points.contains { $0.cost != nil }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th class="n">\(against)</th>\(hasCost ? "<th class=\"n\">\(t("Cost", "Coût"))</th>" as HTML : .nothing)\
      <th class="n">\(measure)</th><th class="n">\(t("Change", "Écart"))</th><th>\(t("New sites", "Nouveaux sites"))</th></tr></thead><tbody>
      \(curve.points.enumerated().markup { row($0, $1, hasCost: hasCost) })
      </tbody></table></div>
      """
  }

  private func row(_ index: Int, _ point: SiteCurvePoint, hasCost: Bool) -> HTML {
    let change = index == 0 ? nil : value(point) - value(curve.points[index - 1])
    return """
      <tr><th scope="row" class="n">\(label(point))\(index == curve.chosen ? " <span class=\"tag accent\">\(t("this answer", "cette réponse"))</span>" as HTML : .nothing)</th>\
      \(hasCost ? "<td class=\"n\">\(point.cost.map { t.amount($0) } ?? "–")</td>" as HTML : .nothing)<td class="n">\(t.number(value(point)))</td>\
      <td class="n">\(change.map { ($0 > 0 ? "+" : "") + t.number($0) } ?? "")</td>\
      <td>\(point.newSites.map(inputs.name).joined(separator: ", "))\(point.isProven ? "" : t(" (not proven)", " (non prouvé)"))</td></tr>
      """
  }
}
