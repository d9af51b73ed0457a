import Inventory
package import Tabular

extension SitePlan: Listed {
  package static let columns: [TextTable.Column] = [
    .init("plan"), .init("made"), .init("by"), .init("category"), .init("objective"),
    .init("limit", .right), .init("sites"), .init("status"),
  ]

  package var cells: [String] {
    [
      code, "\(madeAt)", madeBy, question.category.rawValue, question.objective.rawValue,
      "\(question.limitMinutes) min", answer.newSites.map(\.code).joined(separator: " "), answer.status,
    ]
  }

  /// The answer for a person: what to do, whom it helps, how firm it is.
  var table: TextTable {
    var table = TextTable([.init("what"), .init("site"), .init("value")])
    table.add("plan", code, proof)
    for site in answer.sites {
      let within = "\(grouped(site.peopleWithin)) of its \(grouped(site.people)) people within the limit"
      let cost = site.cost.map { ", \($0) €" } ?? ""
      table.add(site.isNew ? "add a machine" : "stands already", site.code, within + cost)
    }
    addReach(to: &table)
    for exchange in answer.nextBest {
      let change = amount(exchange.change, signed: true)
      let within = exchange.changeWithin.map(coverageChange) ?? ""
      table.add("instead of \(exchange.out)", exchange.into ?? "nothing", change + within)
    }
    for neighbour in answer.neighbours { add(neighbour, to: &table) }
    for (source, count) in answer.sources.sorted(by: { $0.key < $1.key }) {
      table.add("journeys from", source, grouped(count))
    }
    return table
  }

  private func addReach(to table: inout TextTable) {
    let limit = "people within \(question.limitMinutes) min"
    table.add(limit, "before", grouped(answer.before.peopleWithin))
    table.add(limit, "after", grouped(answer.after.peopleWithin))
    table.add("brought within", "", grouped(answer.peopleGained))
    for (state, reach) in [("before", answer.before), ("after", answer.after)] {
      table.add("mean journey", state, reach.meanSeconds.map { "\(minutes($0)) min" } ?? unknown)
      table.add("longest journey", state, reach.longestSeconds.map { "\(minutes($0)) min" } ?? unknown)
      let mean = reach.worstRegionMeanSeconds.map { "\(minutes($0)) min in \(reach.worstRegion ?? "")" }
      table.add("worst region's mean", state, mean ?? unknown)
    }
    let apart = (answer.apart ?? []).map(\.department).joined(separator: " ")
    table.add("people in no sum: \(reasonApart)", apart, grouped(answer.peopleApart))
  }

  /// Why some take no part in the search.
  var reasonApart: String {
    question.objective == .coverage || question.crossings ? "no journey is known" : "no road"
  }

  /// Beside an objective that is not coverage, what happens to it.
  private func coverageChange(_ people: Int64) -> String {
    if question.objective == .coverage { return "" }
    return "; \(people > 0 ? "+" : "")\(grouped(people)) people within \(question.limitMinutes) min"
  }

  private func add(_ neighbour: SiteAnswer.Neighbour, to table: inout TextTable) {
    let sites = neighbour.newSites.isEmpty ? "none" : neighbour.newSites.joined(separator: " ")
    let value = neighbour.objective.map { amount($0, signed: false) } ?? unknown
    let note = neighbour.changesTheSites ? "other sites: " : ""
    let within =
      question.objective == .coverage
      ? ""
      : neighbour.peopleWithin.map { "; \(grouped($0)) people within \(question.limitMinutes) min" } ?? ""
    table.add(
      "with \(neighbour.question)",
      sites,
      note + value + within + (neighbour.isProven ? "" : " (not proven)")
    )
  }

  /// Who takes no part, in a sentence; nil where everybody does.
  var apartNote: String? {
    guard let apart = answer.apart, !apart.isEmpty else { return nil }
    let names = apart.map { "\($0.name) (\($0.department))" }.joined(separator: ", ")
    return
      "\(grouped(answer.peopleApart)) people are in no sum, whatever sites are chosen: \(reasonApart) from "
      + "\(names) to any site."
  }

  /// `proven best`, or how much better another plan could be.
  var proof: String {
    if answer.isProven { return "proven best" }
    return "not proven; no plan is better than \(answer.bound.map { amount($0, signed: false) } ?? unknown)"
  }

  private func amount(_ value: Int64, signed: Bool) -> String {
    let sign = signed && value > 0 ? "+" : ""
    switch question.objective {
    case .coverage: return "\(sign)\(grouped(value)) people"
    case .median: return "\(sign)\(grouped(value / 3600)) hours of travel"
    case .centre, .worstRegion: return "\(sign)\(minutes(value)) min"
    }
  }
}

extension SiteCurvePoint: Listed {
  package static let columns: [TextTable.Column] = [
    .init("added", .right), .init("budget €", .right), .init("cost €", .right), .init("sites"),
    .init("people within", .right), .init("objective", .right), .init("proven"),
  ]
  package var cells: [String] {
    [
      "\(added)", budget?.description ?? "", cost?.description ?? "", newSites.joined(separator: " "),
      peopleWithin.map(grouped) ?? unknown, objective.map(grouped) ?? unknown, isProven ? "yes" : "no",
    ]
  }
}

/// What became of a plan's question.
struct PlanComparison: Encodable {
  let code: String
  let sameInputs: Bool
  let sameAnswer: Bool
  let sites: [String]
}

extension PlanComparison: Listed {
  static let columns: [TextTable.Column] = [
    .init("plan"), .init("inputs"), .init("answer"), .init("sites now"),
  ]
  var cells: [String] {
    [
      code, sameInputs ? "the same" : "changed since", sameAnswer ? "the same" : "another",
      sites.joined(separator: " "),
    ]
  }
}
