import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Plans {
  struct Show: AsyncParsableCommand, LimitedArguments {
    static let limits = ["at-least": 0...100]
    static let configuration = CommandConfiguration(
      abstract: "Show a run: stock, risk, policy and what to order, item by item and centre by centre."
    )
    @OptionGroup var choice: RunChoice
    @Option(help: "Only this item.") var item: Item.SKU?
    @Option(help: "Only this centre.") var centre: Centre.Code?
    @Option(
      help:
        "Only what runs out before a delivery ordered at the next review with at least this probability, in percent."
    )
    var atLeast: Int64 = 0
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
    }

    func run() async throws {
      let filter = PlanLine.Filter(item: item, centre: centre, atLeast: atLeast * 10)
      let (run, lines) = try await database.read { connection in
        let run = try choice.find(in: connection)
        return (run, try PlanLine.list(of: run.id, filter, in: connection))
      }
      run.tellWhetherWhole()
      try output.write(lines)
    }
  }

  struct Kits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show which component stops each centre's tests, when, and by how much."
    )
    @OptionGroup var choice: RunChoice
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (run, kits) = try await database.read { connection in
        let run = try choice.find(in: connection)
        return (run, try PlanKit.list(of: run.id, in: connection))
      }
      run.tellWhetherWhole()
      try output.write(kits)
    }
  }

  struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Explain what a run says of one item at one centre, or over the network."
    )
    @OptionGroup var choice: RunChoice
    @Option(help: "The item.") var item: Item.SKU
    @Option(help: "The centre. (default: the network)") var centre: Centre.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (run, line) = try await database.read { connection in
        let run = try choice.find(in: connection)
        let lines = try PlanLine.list(of: run.id, .init(item: item, centre: centre), in: connection)
        guard let line = lines.first(where: { $0.centre == centre }) else {
          throw PlanError.noSuchLine(run: run.id.rawValue, item: item.rawValue, centre: centre?.rawValue)
        }
        return (run, line)
      }
      run.tellWhetherWhole()
      if output.format == .table {
        Terminal.write(PlanExplanation(run: run, line: line).text)
      } else {
        try output.write(one: line)
      }
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what changed from one run to another, line by line."
    )
    @Argument(help: "The earlier run.") var before: Int64
    @Argument(help: "The later run.") var after: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let ids = [before, after].map { PlanRun.ID(rawValue: $0) }
      let (runs, changes) = try await database.read { connection in
        (
          try ids.map { try PlanRun.find($0, in: connection) },
          try PlanChange.between(ids[0], ids[1], in: connection)
        )
      }
      for run in runs { run.tellWhetherWhole() }
      try output.write(changes)
      if changes.isEmpty { Terminal.note("The two plans say the same.") }
    }
  }
}

extension PlanLine: Listed {
  package static let columns: [TextTable.Column] = [
    .init("item"), .init("centre"), .init("usable", .right), .init("coming", .right), .init("cover", .right),
    .init("runs out", .right), .init("if it waits", .right), .init("on"), .init("reorder at", .right),
    .init("up to", .right), .init("order", .right), .init("signals"),
  ]
  package var cells: [String] {
    [
      item.rawValue, place, "\(usable)", "\(coming)",
      coverDays.map { "\($0) d" } ?? (forecast == nil ? unknown : "no use"),
      risk.map { probability($0.permille) } ?? unknown,
      risk.map { probability($0.waitingPermille) } ?? unknown,
      risk.map { $0.median?.description ?? "later" } ?? unknown,
      policy.map { "\($0.reorderPoint)" } ?? unknown, policy.map { "\($0.orderUpTo)" } ?? unknown,
      proposal.map { "\($0.quantity)" } ?? "", signals.map(\.sentence).joined(separator: "; "),
    ]
  }
}

extension PlanKit: Listed {
  package static let columns: [TextTable.Column] = [
    .init("kit"), .init("centre"), .init("tests possible", .right), .init("stopped by"),
    .init("probability", .right), .init("early"), .init("on"), .init("late"), .init("tests missed", .right),
    .init("at worst", .right),
  ]
  package var cells: [String] {
    [
      kit.rawValue, centre.rawValue, "\(Quantity(components.map(\.testsPossible).min() ?? 0))",
      stops?.rawValue ?? "nothing", probability(permille), early?.description ?? "later",
      median?.description ?? "later", late?.description ?? "later", "\(meanMissed)", "\(highMissed)",
    ]
  }
}

extension PlanChange: Listed {
  package static let columns: [TextTable.Column] = [
    .init("item"), .init("centre"), .init("what"), .init("before", .right), .init("after", .right),
  ]
  package var cells: [String] { [item.rawValue, centre?.rawValue ?? "(network)", field, before, after] }
}
