import Inventory
import Procurement
package import Tabular

extension RolloutPlan: Listed {
  package static let columns: [TextTable.Column] = [
    .init("rollout"), .init("state"), .init("of"), .init("centres", .right), .init("revision", .right),
    .init("planned"), .init("last begins"), .init("went out", .right), .init("to go", .right),
    .init("because"),
  ]
  package var cells: [String] {
    [
      code.rawValue, state.rawValue, subject.words, "\(targets.count)", "\(revision)", "\(plannedOn)",
      lastFirstDay?.description ?? "not all",
      "\(deliveries.reduce(Quantity.zero) { $0 + $1.quantity })",
      "\(lines.reduce(Quantity.zero) { $0 + $1.quantity })", because,
    ]
  }

  /// The waves, the time-line, how it ends for each centre, and what a new planning changed.
  func report(changes: [RolloutChange] = []) -> ProblemReport<RolloutPlan> {
    let last = lastFirstDay.map { "The last centre begins on \($0). " } ?? ""
    return ProblemReport(
      tables: [
        waves, keptTable, RolloutTimeline(self).table, outcomes,
        TextTable(RolloutChange.columns, rows: changes.map(\.cells)),
      ],
      sentences: ["Rollout \(code) is \(state.rawValue), revision \(revision). \(last)\(bound)"],
      json: self
    )
  }

  private var waves: TextTable {
    var table = TextTable([
      .init("wave", .right), .init("day"), .init("centre"), .init("quantity", .right),
      .init("total", .right), .init("reaches", .right), .init("why"),
    ])
    for delivery in deliveries {
      table.add(
        "\(delivery.wave)",
        "\(delivery.day)",
        delivery.centre.rawValue,
        "\(delivery.quantity)",
        "",
        "",
        "Went out: \(delivery.document)."
      )
    }
    for line in lines {
      table.add(
        "\(line.wave)",
        "\(line.day)",
        line.centre.rawValue,
        "\(line.quantity)",
        "\(line.total)",
        line.progress,
        line.sentence
      )
    }
    return table
  }

  private var keptTable: TextTable {
    var table = TextTable([.init("after wave", .right), .init("day"), .init("kept", .right), .init("why")])
    for kept in kept { table.add("\(kept.wave)", "\(kept.day)", "\(kept.quantity)", kept.why) }
    return table
  }

  private var outcomes: TextTable {
    var table = TextTable([
      .init("centre"), .init("ready"), .init("begins"), .init("first tranche", .right),
      .init("gets", .right), .init("target", .right), .init("how it ends"),
    ])
    for target in targets {
      table.add(
        target.centre.rawValue,
        "\(target.ready)",
        target.firstDay?.description ?? "never",
        "\(target.firstTranche)",
        "\(target.planned)",
        "\(target.target)",
        target.sentence
      )
    }
    return table
  }
}

extension RolloutPlan.Subject {
  var words: String {
    switch self {
    case .item(let item): item.rawValue
    case .kit(let kit): "kit \(kit)"
    }
  }
}

extension RolloutChange: Listed {
  package static let columns: [TextTable.Column] = [
    .init("changed"), .init("of"), .init("before"), .init("after"), .init("why"),
  ]
  package var cells: [String] { [kind.rawValue, subject, before, after, why] }
}

/// The waves on a line of days for each centre: waiting, first tranche, more.
struct RolloutTimeline {
  private let plan: RolloutPlan
  private let first: Day
  private let last: Day
  /// Days in one character, so that the line stays within a screen.
  private let step: Int64

  /// Characters that a line may have.
  private static let width: Int64 = 70

  init(_ plan: RolloutPlan) {
    self.plan = plan
    let days = plan.lines.map(\.day) + plan.deliveries.map(\.day) + plan.targets.map(\.ready)
    first = days.min() ?? plan.plannedOn
    last = days.max() ?? plan.plannedOn
    step = max(1, Rounding.up.divide(last - first + 1, by: Self.width))
  }

  var table: TextTable {
    let scale = step == 1 ? "a character a day" : "a character is \(step) days"
    var table = TextTable([
      .init("centre"), .init("\(first) to \(last), \(scale): r ready, 1 first tranche, + more"),
    ])
    for target in plan.targets { table.add(target.centre.rawValue, line(of: target)) }
    return table
  }

  private func line(of target: RolloutPlan.Target) -> String {
    let outs =
      plan.lines.filter { $0.centre == target.centre }.map(\.day)
      + plan.deliveries.filter { $0.centre == target.centre }.map(\.day)
    let begin = outs.min()
    return stride(from: first, through: last, by: step).map { start in
      let days = start..<(start + step)
      if let begin, days.contains(begin) { return "1" }
      if outs.contains(where: days.contains) { return "+" }
      if days.contains(target.ready) { return "r" }
      let isWaiting = target.ready < start && (begin.map { start < $0 } ?? true)
      return isWaiting ? "." : target.ready < start ? "-" : " "
    }.joined()
  }
}
