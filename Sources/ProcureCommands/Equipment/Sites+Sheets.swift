import Inventory
import Tabular

extension SitePlan {
  /// The answer for a spreadsheet: one number a cell, and what it counts beside it.
  var sheet: TextTable {
    let plan = [code, number(answer.objective), unit, "\(answer.after.peopleWithin)", proof]
    let apart = (answer.apart ?? []).map { place in
      ["in no sum", place.department, "\(place.people)", "people", "", reasonApart]
    }
    return TextTable(
      [
        .init("what"), .init("site"), .init("value", .right), .init("unit"), .init("people within", .right),
        .init("note"),
      ],
      rows: [["plan"] + plan] + answer.sites.map(row) + rows("before", answer.before)
        + rows("after", answer.after) + apart + answer.nextBest.map(row) + answer.neighbours.map(row)
    )
  }

  private func row(_ site: SiteAnswer.Chosen) -> [String] {
    [
      site.isNew ? "add a machine" : "stands already", site.code, "\(site.people)", "people nearest to it",
      "\(site.peopleWithin)", site.cost.map { "\($0) €" } ?? "",
    ]
  }

  private func rows(_ state: String, _ reach: SiteAnswer.Reach) -> [[String]] {
    func journey(_ what: String, _ seconds: Int64?, _ note: String = "known") -> [String] {
      [what, state, seconds.map(minutes) ?? "", "min", "", seconds == nil ? unknown : note]
    }
    let within = "\(reach.peopleWithin)"
    return [
      ["people within \(question.limitMinutes) min", state, within, "people", within, ""],
      journey("mean journey", reach.meanSeconds), journey("longest journey", reach.longestSeconds),
      journey("worst region's mean", reach.worstRegionMeanSeconds, reach.worstRegion ?? unknown),
    ]
  }

  private func row(_ exchange: SiteAnswer.Exchange) -> [String] {
    [
      "instead of \(exchange.out)", exchange.into ?? "", number(exchange.change), unit,
      exchange.changeWithin.map { "\($0)" } ?? "", "change",
    ]
  }

  private func row(_ neighbour: SiteAnswer.Neighbour) -> [String] {
    let note =
      (neighbour.changesTheSites ? "other sites" : "same sites") + (neighbour.isProven ? "" : ", not proven")
    return [
      "with \(neighbour.question)", neighbour.newSites.joined(separator: " "),
      neighbour.objective.map(number) ?? "", unit, neighbour.peopleWithin.map { "\($0)" } ?? "",
      neighbour.objective == nil ? "no answer" : note,
    ]
  }

  /// The objective in `unit`.
  private func number(_ value: Int64) -> String {
    switch question.objective {
    case .coverage: "\(value)"
    case .median: "\(value / 3600)"
    case .centre, .worstRegion: minutes(value)
    }
  }

  private var unit: String {
    switch question.objective {
    case .coverage: "people"
    case .median: "hours of travel"
    case .centre, .worstRegion: "min"
    }
  }
}

extension SiteCurvePoint {
  static let sheetColumns: [TextTable.Column] = columns + [.init("status")]
  var sheetCells: [String] {
    cells.map { $0 == unknown ? "" : $0 }
      + [objective == nil ? "unknown: objective, people within" : "known"]
  }
}
