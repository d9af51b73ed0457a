import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Alerts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert",
    abstract: "Shortages that are there or near, and what was done about them.",
    subcommands: [
      Watch.self, List.self, Show.self, Actions.self, Acknowledge.self, Mitigate.self, Policies.self,
    ]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List alerts, the worst first.")
    @Flag(help: "Those that are resolved, too.") var all = false
    @Option(help: "Only this item.") var item: Item.SKU?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let alerts = try await database.read {
        try ShortageAlert.list(resolvedToo: all, item: item, in: $0)
      }
      try output.write(alerts)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what happened to an alert.")
    @Argument(help: "The alert's number.") var alert: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = ShortageAlert.ID(rawValue: alert)
      try output.write(try await database.read { try ShortageAlert.find(id, in: $0).events(in: $0) })
    }
  }

  struct Acknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say that you have seen an alert.")
    @Argument(help: "The alert's number.") var alert: Int64
    @Option(help: "What you make of it.") var note: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = ShortageAlert.ID(rawValue: alert)
      let after = try await database.write { stamp, connection in
        try ShortageAlert.acknowledge(id, note: note, by: stamp, in: connection)
      }
      try output.write(one: after)
    }
  }

  struct Mitigate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what was done against a shortage.")
    @Argument(help: "The alert's number.") var alert: Int64
    @Option(help: "What was done: a transfer, an order, an allocation.") var note: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = ShortageAlert.ID(rawValue: alert)
      let after = try await database.write { stamp, connection in
        try ShortageAlert.mitigate(id, note: note, by: stamp, in: connection)
      }
      try output.write(one: after)
    }
  }

  struct Policies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policy",
      abstract: "Show the limits by which a shortage is judged."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let policies = try await database.read { try AlertPolicy.all(in: $0) }
      try output.write(Item.Criticality.allCases.compactMap { policies[$0] })
    }
  }
}

extension ShortageAlert: Listed {
  package static let columns: [TextTable.Column] = [
    .init("alert", .right), .init("severity"), .init("state"), .init("centre"), .init("item"),
    .init("since"), .init("why"),
  ]
  package var cells: [String] {
    [
      "\(id.rawValue)", severity.rawValue, state.rawValue, centre?.rawValue ?? "(network)", item.rawValue,
      "\(openedOn)", (quietSince.map { "in order since \($0); " } ?? "") + evidence.sentence,
    ]
  }
}

extension ShortageAlert.Event: Listed {
  package static let columns: [TextTable.Column] = [
    .init("at"), .init("by"), .init("state"), .init("severity"), .init("note"),
  ]
  package var cells: [String] { ["\(at)", actor, state.rawValue, severity.rawValue, note] }
}

extension AlertPolicy: Listed {
  package static let columns: [TextTable.Column] = [
    .init("criticality"), .init("watch under", .right), .init("alert under", .right),
    .init("critical under", .right), .init("clears", .right), .init("ends after", .right),
    .init("stale after", .right), .init("source"),
  ]
  package var cells: [String] {
    [criticality.rawValue]
      + [watchDays, alertDays, criticalDays, clearDays, quietDays, staleDays].map { "\($0) d" }
      + [source]
  }
}
