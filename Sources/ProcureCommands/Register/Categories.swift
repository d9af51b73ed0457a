import ArgumentParser
import Inventory
import Storage
package import Tabular

struct Categories: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "category",
    abstract: "Kinds of equipment and their norms.",
    subcommands: [List.self, Norms.self, Import.self, ImportNorms.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the categories by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try EquipmentCategory.all(in: $0) })
    }
  }

  struct Norms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a category's norms in force on a day, each with its source."
    )
    @Argument(help: "The category's code.") var code: EquipmentCategory.Code
    @Option(help: "The day on which they hold; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      let norms = try await database.read { connection in
        let category = try EquipmentCategory.find(code, in: connection)
        return try EquipmentCategory.Norm.inForce(for: category.code, on: day, in: connection)
      }
      try output.write(norms)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take categories from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try EquipmentCategory.drafts(from: try source.input())
      try await source.take(drafts, named: "categories", into: database) { drafts, stamp, connection in
        try EquipmentCategory.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct ImportNorms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take norms from a table, each with its source."
    )
    @Option(help: "The day from which they are used; today by default.") var since: Day?
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let since = since ?? Clock.today
      let norms = try EquipmentCategory.Norm.drafts(from: try source.input(), validFrom: since)
      try await source.take(norms, named: "norms", into: database) { norms, stamp, connection in
        try EquipmentCategory.Norm.take(norms, by: stamp, in: connection)
      }
    }
  }
}

extension EquipmentCategory: Listed {
  package static let columns: [TextTable.Column] = [.init("category"), .init("name"), .init("name (fr)")]
  package var cells: [String] { [code.rawValue, name, nameFrench] }
}

extension EquipmentCategory.Norm: Listed {
  package static let columns: [TextTable.Column] = [
    .init("norm"), .init("holds for"), .init("value", .right), .init("range", .right), .init("unit"),
    .init("since"), .init("certainty"), .init("source"),
  ]
  package var cells: [String] {
    let range = [low, high].map { $0?.description ?? "?" }.joined(separator: "–")
    return [
      name, category?.rawValue ?? "all", "\(value)", range == "?–?" ? "" : range, unit, "\(validFrom)",
      certainty,
      source + (sourceDate.map { ", \($0)" } ?? ""),
    ]
  }
}
