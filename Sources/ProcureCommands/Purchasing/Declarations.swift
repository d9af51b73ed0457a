import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Suppliers {
  struct Declare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record what a supplier, or the medicines agency, declares of its supply.",
      discussion: """
        States as ANSM shows them: tension, rupture, back (remise à disposition), discontinued (arrêt de \
        commercialisation); available when all is well. Plans and alerts follow it from then on.
        """
    )
    @Argument(help: "The supplier.") var supplier: Supplier.Code
    @Argument(help: "available, tension, rupture, back or discontinued.") var state: SupplyDeclaration.State
    @Option(help: "Only this item. (default: all that the supplier sells)") var item: Item.SKU?
    @Option(help: "The day from which it holds. (default: today)") var since: Day?
    @Option(help: "The day until which it is expected to last.") var until: Day?
    @Option(help: "Where it was declared.") var source: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let declared = try await database.write { stamp, connection in
        let declaration = SupplyDeclaration(
          supplier: supplier,
          item: item,
          state: state,
          since: since ?? stamp.at.day,
          expectedUntil: until,
          source: source
        )
        try declaration.record(by: stamp, in: connection)
        return declaration
      }
      try output.write(one: declared)
    }
  }

  struct Declared: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what the suppliers declare, the latest of each."
    )
    @Option(help: "As it stood on this day. (default: today)") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let stamp = database.stamp
      let standing = try await database.read { connection in
        try SupplyDeclaration.standing(on: day ?? stamp.at.day, knownAt: stamp.at, in: connection)
      }
      try output.write(standing)
    }
  }
}

extension SupplyDeclaration.State: ExpressibleByArgument {}

extension SupplyDeclaration: Listed {
  package static let columns: [TextTable.Column] = [
    .init("supplier"), .init("item"), .init("state"), .init("since"), .init("expected until"),
    .init("source"),
  ]
  package var cells: [String] {
    [
      supplier.rawValue, item?.rawValue ?? "(all)", state.rawValue, "\(since)",
      expectedUntil?.description ?? unknown, source,
    ]
  }
}
