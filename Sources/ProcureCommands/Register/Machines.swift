import ArgumentParser
import Inventory
import Storage
import Tabular

struct Machines: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equipment",
    abstract: "The equipment register, its log, and what nobody has said yet.",
    subcommands: [
      List.self, Show.self, Import.self, State.self, Works.self, PresenceTable.self, AvailabilityShow.self,
      SurveyCommand.self, ActivityImport.self, MakerCommands.self,
    ]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List machines by category.")
    @Option(help: "Only this category.") var category: EquipmentCategory.Code?
    @Option(help: "Only this organisation.") var organisation: Organisation.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let machines = try await database.read {
        try Equipment.list(category: category, organisation: organisation, in: $0)
      }
      try output.write(machines)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a machine's log.")
    @Argument(help: "The machine's code.") var code: Equipment.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let log = try await database.read { try Equipment.find(code, in: $0).log(in: $0) }
      try output.write(log)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a register from a table, keeping source and certainty; quantity 0 states an absence."
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Equipment.drafts(from: try source.input())
      try await source.take(drafts, named: "lines", into: database) { drafts, stamp, connection in
        _ = try Equipment.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct State: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Move a machine along its lifecycle.")
    @Argument(help: "The machine's code.") var code: Equipment.Code
    @Argument(help: "The new state.") var state: Equipment.Lifecycle
    @Option(help: "The day of the change; today by default.") var since: Day?
    @Option(help: "Why.") var reason: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let since = since ?? Clock.today
      let machine = try await database.write { stamp, connection in
        try Equipment.change(code, to: state, since: since, reason: reason, by: stamp, in: connection)
      }
      try output.write(one: machine)
    }
  }

  struct Works: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "function",
      abstract: "Say whether a machine works."
    )
    @Argument(help: "The machine's code.") var code: Equipment.Code
    @Argument(help: "What it does.") var function: Equipment.Function
    @Option(help: "Since which day; today by default.") var since: Day?
    @Option(help: "Why.") var reason: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let since = since ?? Clock.today
      let machine = try await database.write { stamp, connection in
        try Equipment.report(
          code,
          function: function,
          since: since,
          reason: reason,
          by: stamp,
          in: connection
        )
      }
      try output.write(one: machine)
    }
  }

  struct PresenceTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "presence",
      abstract: "Show who has what: present, absent, or unknown because nobody said."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Presence.table(in: $0) })
    }
  }

  struct AvailabilityShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "availability",
      abstract: "Compute a machine's availability and mean time between failures from its log."
    )
    @Argument(help: "The machine's code.") var code: Equipment.Code
    @Option(help: "The first day.") var from: Day
    @Option(help: "The day after the last; today by default.") var to: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let end = to ?? Clock.today
      let log = try await database.read { try Equipment.find(code, in: $0).log(in: $0) }
      try output.write(one: Availability(log: log, from: from, to: end))
    }
  }
}
