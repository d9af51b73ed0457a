import Inventory
import Storage

/// What was expected of each centre week by week, and what came, expected or not.
struct ReportCalendar {
  let register: Register
  let language: Language
  let expected: [ExpectedReport]
  let received: [ReceivedReport]
  private var t: Language { language }

  private static let days: Int64 = 55
  private static let mostCentres = 80

  init(_ visit: Visit, _ register: Register, _ connection: any Connection) throws {
    (self.register, language) = (register, visit.language)
    let first = visit.day - Self.days
    expected = try ExpectedReport.all(from: first, to: visit.day, today: visit.day, in: connection)
      .filter { visit.covers($0.centre) }
    received = try ReceivedReport.all(from: first, to: visit.day, in: connection)
      .filter { visit.covers($0.centre) }
  }

  private struct Place: Hashable {
    var centre: Centre.Code
    var week: Day
  }

  var markup: HTML {
    guard !expected.isEmpty || !received.isEmpty else {
      return """
        <p class="empty">\(t("No report came, and no centre has a reporting day yet. An administrator sets it with “procure stock schedule”.", "Aucune déclaration reçue, et aucun centre n’a encore de jour de déclaration. Un administrateur le fixe avec « procure stock schedule »."))</p>
        """
    }
    let weeks = Set(expected.map(\.due.weekStart) + received.map(\.day.weekStart)).sorted()
    let centres = Set(expected.map(\.centre) + received.map(\.centre)).sorted()
      .sorted(byName: { register.name($0) })
    return """
      \(expected.isEmpty ? "<p class=\"note\">\(t("No centre has a reporting day: what came is shown, nothing is missing or late.", "Aucun centre n’a de jour de déclaration : ce qui est arrivé est affiché, rien n’est manquant ni en retard."))</p>" as HTML : .nothing)
      \(table(weeks, centres.prefix(Self.mostCentres)))
      \(centres.count > Self.mostCentres ? "<p class=\"note\">\(t("The first \(Self.mostCentres) of \(centres.count) centres.", "Les \(Self.mostCentres) premiers centres sur \(centres.count)."))</p>" as HTML : .nothing)
      """
  }

  private func table(_ weeks: [Day], _ centres: ArraySlice<Centre.Code>) -> HTML {
    let rates = Dictionary(ReportingRate.rates(of: expected).map { ($0.centre, $0) }) { first, _ in first }
    let due = Dictionary(expected.map { (Place(centre: $0.centre, week: $0.due.weekStart), $0) }) { $1 }
    let came = Dictionary(received.map { (Place(centre: $0.centre, week: $0.day.weekStart), $0) }) { $1 }
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\
      \(weeks.markup { "<th class=\"up\" scope=\"col\">\(t.shortDay($0))</th>" })<th class="n">\(t("On time", "À l’heure"))</th></tr></thead><tbody>
      \(centres.markup { centre in
        """
        <tr><th scope="row">\(register.link(centre))</th>\(weeks.markup { week in
          let place = Place(centre: centre, week: week)
          return cell(due[place], came[place])
        })\
        <td class="n">\(rates[centre]?.onTimePercent.map { "\($0)\u{202F}%" } ?? "–")</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private func cell(_ report: ExpectedReport?, _ came: ReceivedReport?) -> HTML {
    guard let report else { return came.markup { unasked($0) } + (came == nil ? "<td></td>" : .nothing) }
    let (style, sign) =
      switch report.state {
      case .onTime: ("fine", "✓")
      case .late: ("alert", t("late", "retard"))
      case .missing: ("critical", t("missing", "absente"))
      case .awaited: ("watch", "…")
      }
    let title = "\(report.state.name(t)), \(t.day(report.due))"
    guard let key = report.report else {
      return "<td><span class=\"l-\(style)\" title=\"\(title)\">\(sign)</span></td>"
    }
    return
      "<td><a class=\"l-\(style)\" title=\"\(title)\" href=\"\(WebPath("reports", report.centre, key))\">\(sign)</a></td>"
  }

  /// A report that came where none was due.
  private func unasked(_ report: ReceivedReport) -> HTML {
    let title = t(
      "came, none was due: \(t.day(report.day))",
      "reçue, aucune n’était attendue : \(t.day(report.day))"
    )
    return
      "<td><a title=\"\(title)\" href=\"\(WebPath("reports", report.centre, report.key))\">\(t("came", "reçue"))</a></td>"
  }
}
