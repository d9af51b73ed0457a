import Inventory
import Procurement
import Tabular

/// What was used of an item week by week, and what a plan expects, on one axis of time.
struct ItemChart {
  let title: String
  /// What the item is counted in.
  let unit: String
  let past: [Consumption.Total]
  let forecast: PlanLine.Forecast?
  let run: PlanRun?
  let language: Language
  private var t: Language { language }
  private var weeks: [PlanLine.Week] { forecast?.weeks ?? [] }

  /// The past weeks as the forecast counts its own, so that both can be laid over each other: whole weeks that end on
  /// the day or before it.
  static func window(_ weeks: Int64, endingBy day: Day, with forecast: PlanLine.Forecast?) -> UseWindow {
    let begin = forecast?.weeks.first?.from ?? day.weekStart
    let over = ((day - begin + 1) % 7 + 7) % 7
    return UseWindow(endingOn: day - over, bucketDays: 7, buckets: weeks)
  }

  var markup: HTML {
    guard past.contains(where: { $0.used != nil }) || !weeks.isEmpty else {
      return "<p class=\"empty\">\(t("No use was reported yet.", "Aucune consommation déclarée."))</p>"
    }
    return """
      <div class="scroll" tabindex="0">\(HTML(drawing: picture.svg))</div>
      <p class="note">\(caption)</p>
      <details><summary>\(t("Figures", "Chiffres"))</summary>\(table)</details>
      """
  }

  private var picture: FanChart {
    let t = t
    return FanChart(
      title: t("Weekly use of \(title)", "Consommation hebdomadaire : \(title)"),
      description: t(
        "Past weeks and the forecast; the table below has the figures.",
        "Semaines passées et prévision ; les chiffres sont dans le tableau."
      ),
      past: past.map { .init(from: $0.firstDay.rawValue, label: t.shortDay($0.firstDay), value: $0.used) },
      future: weeks.map { week in
        .init(
          from: week.from.rawValue,
          label: t.shortDay(week.from),
          low: week.quantiles[0],
          median: week.quantiles[1],
          high: week.quantiles[2],
          highest: week.quantiles[3]
        )
      },
      unit: t("\(unit) a week", "\(unit) par semaine"),
      number: { t.number($0) }
    )
  }

  private var caption: String {
    let gap = t(
      "Dots: whole weeks, as reported; gaps are weeks that no centre reported.",
      "Points : semaines entières, déclarées ; les interruptions sont des semaines sans déclaration."
    )
    guard let run, let forecast else {
      return gap + " "
        + t("No plan has a forecast as of this day.", "Aucun plan ne contient de prévision à cette date.")
    }
    let surge = forecast.isSurging ? t(" Demand is surging.", " La demande s’emballe.") : ""
    return gap + " "
      + t(
        "Line: the median that plan \(run.id.rawValue) of \(t.day(run.asOf)) expects; dark band: 8 in 10 futures; 1 in 20 goes above the pale one.",
        "Trait : médiane attendue par le plan \(run.id.rawValue) du \(t.day(run.asOf)) ; bande foncée : 8 avenirs sur 10 ; 1 sur 20 dépasse la bande pâle."
      ) + surge
  }

  /// One row a week, also for one that is both past and foretold.
  private var table: HTML {
    let used = Dictionary(past.map { ($0.firstDay, $0) }) { first, _ in first }
    let expected = Dictionary(weeks.map { ($0.from, $0) }) { first, _ in first }
    return """
      <div class="scroll" tabindex="0"><table><caption>\(t("In \(unit)", "En \(unit)"))</caption><thead><tr><th>\(t("Week from", "Semaine du"))</th><th class="n">\(t("Used", "Consommé"))</th>\
      <th class="n">\(t("Centres that reported", "Centres ayant déclaré"))</th><th class="n">10\u{202F}%</th><th class="n">\(t("median", "médiane"))</th>\
      <th class="n">90\u{202F}%</th><th class="n">95\u{202F}%</th></tr></thead><tbody>
      \(Set(used.keys).union(expected.keys).sorted().markup { day in
        "<tr><td>\(t.day(day))</td>\(cells(used[day]))\(cells(expected[day]))</tr>"
      })
      </tbody></table></div>
      """
  }

  private func cells(_ week: Consumption.Total?) -> HTML {
    guard let week else { return "<td></td><td></td>" }
    return """
      <td class="n">\(week.used.map { t.number($0) } ?? t.unknown)</td><td class="n">\(week.known)</td>
      """
  }

  private func cells(_ week: PlanLine.Week?) -> HTML {
    guard let week else { return "<td></td><td></td><td></td><td></td>" }
    return "\(week.quantiles.markup { "<td class=\"n\">\(t.number($0))</td>" })"
  }
}
