import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Scenarios: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "What planners expect of a week, with who said so; forecasts and plans follow it.",
    discussion: """
      EXAMPLES
        procure forecast scenario set --kit PCR-TEST --week 2020-05-11 --quantity 700000 --source "minister, 28 April"
        procure forecast scenario set --item SWAB-NP --centre berard --week 2020-05-11 --quantity 900 --share 50 \
          --source "reopening of the ward"
      """,
    subcommands: [Set.self, List.self, Remove.self],
    defaultSubcommand: List.self
  )

  struct Set: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": ParameterTypes.amounts, "share": 1...100]
    static let configuration = CommandConfiguration(
      abstract: "Say what is expected of a week; it replaces what was said of the same week and place."
    )
    @Option(help: "The item, in base units.") var item: Item.SKU?
    @Option(help: "The kit, in tests; its components are used accordingly.") var kit: Kit.Code?
    @Option(help: "The centre. (default: the network, shared by what centres are expected to use)")
    var centre: Centre.Code?
    @Option(help: "The Monday of the week.") var week: Day
    @Option(help: "Base units, or tests.") var quantity: Int64
    @Option(help: "How far it is believed, in percent: 100 overrides the forecast, less blends with it.")
    var share: Int64 = 100
    @Option(help: "Who said so, or where it stands.") var source: String
    @Option(help: "The day on which it was stated. (default: today)") var stated: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
      if (item == nil) == (kit == nil) { throw ValidationError("give either --item or --kit") }
    }

    func run() async throws {
      guard let subject = item.map(DemandScenario.Subject.item) ?? kit.map(DemandScenario.Subject.kit) else {
        return
      }
      let scenario = try await database.write { stamp, connection in
        let draft = DemandScenario.Draft(
          subject: subject,
          centre: centre,
          week: week,
          quantity: Quantity(quantity),
          share: share,
          source: source,
          statedOn: stated ?? stamp.at.day
        )
        return try DemandScenario.set(draft, by: stamp, in: connection)
      }
      try output.write(one: scenario)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the scenarios that stand, by week.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try output.write(try await database.read { try DemandScenario.all(in: $0) }) }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a scenario back; it stays on record for the runs that followed it."
    )
    @Argument(help: "The scenario's number.") var scenario: Int64
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let id = DemandScenario.ID(rawValue: scenario)
      try await database.write { try DemandScenario.remove(id, by: $0, in: $1) }
      Terminal.note("Scenario \(scenario) is taken back.")
    }
  }
}

extension DemandScenario: Listed {
  package static let columns: [TextTable.Column] = [
    .init("scenario", .right), .init("of"), .init("centre"), .init("week"), .init("quantity", .right),
    .init("believed", .right), .init("source"), .init("stated"),
  ]
  package var cells: [String] {
    [
      "\(id.rawValue)", subject.code, centre?.rawValue ?? "(network)", "\(week)", "\(quantity)", "\(share) %",
      source, "\(statedOn)",
    ]
  }
}
