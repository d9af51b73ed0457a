import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Suppliers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "supplier",
    abstract: "Who sells to the network.",
    subcommands: [List.self, Show.self, Import.self, Declare.self, Declared.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the suppliers by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Supplier.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one supplier.")
    @Argument(help: "The supplier's code.") var code: Supplier.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(one: try await database.read { try Supplier.find(code, in: $0) })
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take suppliers from a table, whole or not at all.",
      discussion: "Example: procure supplier import seeds/suppliers.csv --dry-run"
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Supplier.drafts(from: try source.input())
      try await source.take(drafts, named: "suppliers", into: database) { drafts, stamp, connection in
        try Supplier.take(drafts, by: stamp, in: connection)
      }
    }
  }
}

extension Supplier: Listed {
  package static let columns: [TextTable.Column] = [
    .init("supplier"), .init("name"), .init("country"), .init("SIRET"), .init("GLN"), .init("supply"),
    .init("active"),
  ]
  package var cells: [String] {
    [
      code.rawValue, name, country, siret ?? unknown, gln ?? unknown, supplyStatus.rawValue,
      isActive ? "yes" : "no",
    ]
  }
}
