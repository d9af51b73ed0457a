import ArgumentParser
import Inventory
import Storage
import Tabular

struct Kits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kit",
    abstract: "What one test uses up, and the machine it needs.",
    subcommands: [List.self, Import.self, ImportComponents.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the kits with their components.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let kits = try await database.read { try Kit.all(in: $0) }
      let part = try output.part(of: kits) { [$0.code.rawValue] }
      try output.write(Self.table(part), json: part)
    }

    static func table(_ kits: [Kit]) -> TextTable {
      var table = TextTable([
        .init("kit"), .init("machine"), .init("item"), .init("quantity", .right), .init("for tests", .right),
      ])
      for kit in kits {
        for part in kit.components {
          table.add(
            kit.code.rawValue,
            kit.category?.rawValue ?? "none",
            part.item.rawValue,
            "\(part.quantity)",
            "\(part.tests)"
          )
        }
      }
      return table
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take kits from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Kit.drafts(from: try source.input())
      try await source.take(drafts, named: "kits", into: database) { drafts, stamp, connection in
        try Kit.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct ImportComponents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take the components of kits from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Kit.componentDrafts(from: try source.input())
      try await source.take(drafts, named: "components", into: database) { drafts, stamp, connection in
        try Kit.take(components: drafts, by: stamp, in: connection)
      }
    }
  }
}
