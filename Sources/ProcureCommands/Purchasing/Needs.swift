import ArgumentParser
import Inventory
import Procurement
import Storage

struct Needs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "need",
    abstract: "What a centre needs of a campaign's items.",
    subcommands: [Set.self, Import.self, List.self]
  )

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what a centre needs of an item, in place of what it said before.",
      discussion: """
        Examples:
          procure need set PCR-S22 berard SWAB-NP 4000 --tolerance 500
          procure need set PCR-S22 berard SWAB-NP 2500 --needed-by 2020-07-06 --add
        """
    )
    @Argument(help: "The campaign's code.") var campaign: Campaign.Code
    @Argument(help: "The centre's code.") var centre: Centre.Code
    @Argument(help: "The item's SKU.") var item: Item.SKU
    @Argument(help: "Base units; 0 says that nothing is needed.") var quantity: Quantity
    @Option(help: "Base units that it would take on top for a better price.") var tolerance = Quantity.zero
    @Option(help: "When it is needed, if before the campaign's own day.") var neededBy: Day?
    @Option(help: "Why it is needed.") var because = ""
    @Flag(help: "Keep what the centre said for other days.") var add = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let need = Need(
        centre: centre,
        item: item,
        quantity: quantity,
        tolerance: tolerance,
        neededBy: neededBy,
        justification: because
      )
      try await database.write { stamp, connection in
        if add {
          try Campaign.add(need, for: campaign, by: stamp, in: connection)
        } else {
          try Campaign.take([NeedEntry(need: need)], for: campaign, by: stamp, in: connection)
        }
      }
      Terminal.note("\(centre) needs \(quantity) of \(item) in \(campaign).")
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take needs from a table, whole or not at all.",
      discussion: """
        Columns: centre, sku, quantity, tolerance, needed_by, justification. Several rows of a centre and an item are \
        needs by several days; together they replace what the centre said of the item before.
        """
    )
    @Option(help: "The campaign's code.") var campaign: Campaign.Code
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let entries = try Need.entries(from: try source.input())
      let campaign = campaign
      try await source.take(entries, named: "needs", into: database) { entries, stamp, connection in
        try Campaign.take(entries, for: campaign, by: stamp, in: connection)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the needs of a campaign.")
    @Argument(help: "The campaign's code.") var campaign: Campaign.Code
    @Option(help: "Of one centre only.") var centre: Centre.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let needs = try await database.read { connection in
        try Need.all(of: Campaign.find(campaign, in: connection).id, in: connection)
      }
      try output.write(needs.filter { centre == nil || $0.centre == centre })
    }
  }
}
