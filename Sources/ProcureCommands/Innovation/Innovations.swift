import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Innovations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "innovation",
    abstract:
      "New solutions on their way into the centres: proposed, pitched, assessed, released, rolled out.",
    subcommands: [
      New.self, Import.self, List.self, Show.self, Step.self, CentreStep.self, ImportCentres.self, Who.self,
      PitchCommands.self, Reminders.self,
    ]
  )

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Propose a solution.",
      discussion: """
        Example: procure innovation new chemo-robots --title "Robots that prepare chemotherapies" --kind equipment \\
          --owner pharmacy --category chemo-robot --source "working group of May"
        """
    )
    @Argument(help: "The innovation's code.") var code: Innovation.Code
    @Option(help: "What it is.") var title: String
    @Option(help: "Its kind.") var kind: Innovation.Kind
    @Option(help: "What it does, in a few words.") var summary = ""
    @Option(help: "Who follows it.") var owner: String
    @Option(help: "The day of the proposal; today by default.") var on: Day?
    @Option(help: "The category of equipment that it brings.") var category: EquipmentCategory.Code?
    @Option(help: "An item that it brings; may be given several times.") var item: [Item.SKU] = []
    @Option(help: "An agreement under which it is bought; may be given several times.")
    var agreement: [Agreement.Reference] = []
    @Option(help: "Who says so.") var source: String
    @Option(help: "How sure it is.") var certainty = "stated"
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let terms = Innovation.Terms(
        code: code,
        title: title,
        kind: kind,
        summary: summary,
        owner: owner,
        proposedOn: on ?? Clock.today,
        category: category,
        items: item,
        agreements: agreement,
        source: source,
        certainty: certainty
      )
      let innovation = try await database.write { try Innovation.propose(terms, by: $0, in: $1) }
      try output.write([innovation])
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a list of innovations from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Innovation.drafts(from: try source.input(), on: Clock.today)
      try await source.take(drafts, named: "innovations", into: database) { drafts, stamp, connection in
        try Innovation.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List innovations, the newest first.")
    @Option(help: "Only those in this state.") var state: Innovation.State?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Innovation.all(state, in: $0) })
    }
  }

  struct Step: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Move an innovation along: pitch, assess, release, roll-out, or close.",
      discussion: "Example: procure innovation step chemo-robots assess --reason \"report of June\""
    )
    @Argument(help: "The innovation's code.") var code: Innovation.Code
    @Argument(help: "The step.") var step: Innovation.Step
    @Option(help: "Why.") var reason: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let innovation = try await database.write { stamp, connection in
        try Innovation.take(step, code, reason: reason, by: stamp, in: connection)
      }
      try output.write([innovation])
    }
  }
}

extension Innovation.Kind: ExpressibleByArgument {}
extension Innovation.State: ExpressibleByArgument {}
extension Innovation.Step: ExpressibleByArgument {}
extension CentreRollout.State: ExpressibleByArgument {}
extension Pitch.Interest.Level: ExpressibleByArgument {}

extension Innovation: Listed {
  package static let columns: [TextTable.Column] = [
    .init("innovation"), .init("title"), .init("kind"), .init("state"), .init("owner"), .init("proposed"),
    .init("brings"), .init("certainty"),
  ]
  package var cells: [String] {
    let brings =
      (terms.category.map { [$0.rawValue] } ?? []) + terms.items.map(\.rawValue)
      + terms.agreements.map(\.rawValue)
    return [
      terms.code.rawValue, terms.title, terms.kind.rawValue, state.rawValue, terms.owner,
      "\(terms.proposedOn)",
      brings.joined(separator: " "), terms.certainty,
    ]
  }
}
