import Inventory
import Planning
package import Tabular

extension OutputOptions {
  /// The whole plan for a person or a program; for a spreadsheet its decisions.
  func write(_ record: RenewalRecord) throws {
    switch format {
    case .table: Terminal.write(record.text(width: Terminal.width))
    case .csv, .json, .xlsx: try write(record.report.decisionSheet, json: record)
    }
  }
}

extension RenewalRecord {
  /// The plan as a page.
  func text(width: Int? = nil) -> String {
    let title =
      "RENEWAL PLAN \(number), \(input.question.firstYear) to "
      + "\(input.question.firstYear + Int64(input.question.years) - 1)"
      + (scenario.map { ", under \($0)" } ?? "")
    let sections: [(String, TextTable?)] = [
      (title + "\n" + summary, nil), ("", report.decisionTable),
      ("YEAR BY YEAR (at the end of each; ages not known are in no band)", report.yearTable),
      ("BUYING TOGETHER, AND WHAT MORE IN THE SAME YEAR WOULD SAVE", report.groupTable),
      ("LEFT PAST THEIR LIFE AT THE END", report.leftTable),
      ("IN NO FIGURE", input.apartTable),
      ("HOW GOOD IT IS PROVEN TO BE (each aim, those above it served)", report.proofTable),
    ]
    let pages = sections.compactMap { title, table -> String? in
      guard let table else { return title + "\n" }
      if table.rows.isEmpty { return nil }
      return (title.isEmpty ? "" : title + "\n") + table.text(width: width)
    }
    return pages.joined(separator: "\n") + "\n" + footing
  }

  private var summary: String {
    let actions: [(RenewalReport.Action, String)] = [
      (.renew, "renewed"), (.upgrade, "upgraded"), (.move, "moved"), (.add, "added"),
    ]
    let done = actions.compactMap { action, word in
      let count = report.lines.count { $0.action == action }
      return count == 0 ? nil : "\(count) \(word)"
    }
    let budget = input.question.budgets.reduce(Money.zero, +)
    let saved = report.groups.reduce(Money.zero) { $0 + $1.saving }
    return """
      \(input.machines.count) machines whose age and state are known; each is acted on at most once.
      \(done.isEmpty ? "Nothing is done" : done.joined(separator: ", ")), for \(report.cost) of \(budget)\
      \(saved == .zero ? "" : "; buying together saves \(saved)").
      """
  }

  private var footing: String {
    let proof = report.isProven ? "Proven best in this order" : "Not proven best: see the gaps"
    return "\(proof); \(solver), rules \(ruleVersion), inputs \(digest.prefix(12)). Prices without VAT.\n"
  }
}

extension RenewalReport {
  var decisionTable: TextTable {
    var table = TextTable([
      .init("year"), .init("do"), .init("machine"), .init("at"), .init("age", .right), .init("price", .right),
      .init("saved", .right), .init("register"),
    ])
    for line in lines {
      table.add(
        "\(line.year)",
        line.action.rawValue,
        line.machine,
        line.place + (line.destination.map { " → \($0)" } ?? ""),
        line.ageMonths.map(Self.years) ?? "",
        "\(line.price)",
        line.saving == .zero ? "" : "\(line.saving)",
        [line.isConfirmed ? nil : "to confirm", line.isMakerGone ? "maker gone" : nil].compactMap(\.self)
          .joined(separator: ", ")
      )
    }
    return table
  }

  /// The same for a spreadsheet: one number a cell; the age is empty where a machine is added.
  var decisionSheet: TextTable {
    var table = TextTable([
      .init("year", .right), .init("do"), .init("machine"), .init("at"), .init("to"),
      .init("age in months", .right), .init("price", .right), .init("saved", .right), .init("status"),
      .init("maker"),
    ])
    for line in lines {
      table.add(
        "\(line.year)",
        line.action.rawValue,
        line.machine,
        line.place,
        line.destination ?? "",
        line.ageMonths.map { "\($0)" } ?? "",
        "\(line.price)",
        "\(line.saving)",
        line.ageMonths == nil ? "new" : line.isConfirmed ? "confirmed" : "to confirm",
        line.isMakerGone ? "gone" : ""
      )
    }
    return table
  }

  /// Months as years and months.
  private static func years(_ months: Int64) -> String {
    months % 12 == 0 ? "\(months / 12) y" : "\(months / 12) y \(months % 12) m"
  }

  var yearTable: TextTable {
    var table = TextTable([
      .init("year"), .init("budget", .right), .init("spent", .right), .init("saved", .right),
      .init("carried", .right), .init("≤ 5 y", .right), .init("6–10 y", .right), .init("> 10 y", .right),
      .init("rule"), .init("past life", .right), .init("missing", .right),
    ])
    for year in years {
      table.add(
        "\(year.year)",
        "\(year.budget)",
        "\(year.spent)",
        "\(year.saved)",
        "\(year.carried)",
        "\(year.upToFive)",
        "\(year.fiveToTen)",
        "\(year.overTen)",
        year.isRuleKept.map { $0 ? "kept" : "missed" } ?? unknown,
        "\(year.pastLife)",
        "\(year.missing)"
      )
    }
    return table
  }

  var groupTable: TextTable {
    var table = TextTable([
      .init("year"), .init("category"), .init("machines", .right), .init("centres"), .init("saved", .right),
      .init("next tier"),
    ])
    for group in groups {
      let next = group.missingToNext.flatMap { more in
        group.savingAtNext.map { "\(more) more would save \($0) in all" }
      }
      table.add(
        "\(group.year)",
        group.category.rawValue,
        "\(group.machines.count)",
        group.centres.joined(separator: " "),
        "\(group.saving)",
        next ?? ""
      )
    }
    return table
  }

  var leftTable: TextTable {
    var table = TextTable([.init("machine"), .init("at"), .init("life ends", .right), .init("why")])
    for left in left { table.add(left.machine, left.place, "\(left.endsIn)", left.reason) }
    return table
  }

  var proofTable: TextTable {
    var table = TextTable([
      .init("aim"), .init("reached", .right), .init("bound", .right), .init("gap", .right), .init("status"),
    ])
    for proof in proofs {
      let isMoney = proof.aim == .cost
      func shown(_ value: Int64) -> String { isMoney ? "\(Money(cents: value))" : "\(value)" }
      table.add(
        proof.aim.rawValue,
        shown(proof.reached),
        proof.bound.map(shown) ?? unknown,
        proof.gapPerMillion.map { $0 == 0 ? "0" : "\($0) per million" } ?? unknown,
        proof.status.rawValue
      )
    }
    return table
  }
}

extension RenewalInput {
  var apartTable: TextTable {
    var table = TextTable([.init("reason"), .init("category"), .init("machines", .right), .init("at")])
    let reasons: [Apart.Reason] = [.ageUnknown, .stateUnknown, .coming, .noExpectedLife]
    for reason in reasons {
      let categories = Dictionary(grouping: apart.filter { $0.reason == reason }, by: \.category)
      for (category, machines) in categories.sorted(by: { $0.key < $1.key }) {
        let places = Set(machines.map(\.place)).sorted().joined(separator: " ")
        table.add(reason.rawValue, category.rawValue, "\(machines.count)", places)
      }
    }
    return table
  }
}

/// Why a plan does something with a machine, or nothing.
struct RenewalReason: Listed, Encodable {
  let machine: String
  let place: String
  let decision: String
  let reason: String

  static let columns: [TextTable.Column] = [
    .init("machine"), .init("at"), .init("decision"), .init("because"),
  ]
  var cells: [String] { [machine, place, decision, reason] }
}

extension RenewalRecord {
  var reasons: [RenewalReason] {
    let done = report.lines.map { line in
      let effects = line.effects.map { "\($0.aim.rawValue) +\($0.change)" }.joined(separator: ", ")
      let price = line.saving == .zero ? "\(line.price)" : "\(line.price), \(line.saving) less together"
      return RenewalReason(
        machine: line.machine,
        place: line.place,
        decision: "\(line.action.rawValue) in \(line.year) for \(price)",
        reason: effects.isEmpty ? "it makes a tier or a limit hold" : "without it: \(effects)"
      )
    }
    let left = report.left.map { left in
      RenewalReason(
        machine: left.machine,
        place: left.place,
        decision: "left, past its life since \(left.endsIn)",
        reason: left.reason
      )
    }
    let apart = input.apart.map { machine in
      RenewalReason(
        machine: machine.machine.rawValue,
        place: machine.place,
        decision: "in no figure",
        reason: machine.reason.rawValue
      )
    }
    return done + left + apart
  }
}

extension RenewalSummary: Listed {
  package static let columns: [TextTable.Column] = [
    .init("plan", .right), .init("scenario"), .init("years"), .init("cost", .right), .init("proven"),
    .init("inputs"), .init("made"), .init("by"),
  ]
  package var cells: [String] {
    [
      "\(number)", scenario ?? "", "\(firstYear)–\(firstYear + years - 1)", "\(cost)",
      isProven ? "yes" : "no",
      String(digest.prefix(12)), "\(madeAt)", actor,
    ]
  }
}
