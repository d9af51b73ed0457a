import ArgumentParser
import Inventory
import Storage
import Tabular

struct Items: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item",
    abstract: "What is bought, stored and used up.",
    subcommands: [List.self, Show.self, Import.self, ImportPacks.self, ImportSubstitutes.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the items by SKU.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Item.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one item with its packs and substitutes.")
    @Argument(help: "The item's SKU.") var sku: Item.SKU
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let sheet = try await database.read { connection in
        let item = try Item.find(sku, in: connection)
        return ItemSheet(item: item, substitutes: try Item.substitutes(of: item.id, in: connection))
      }
      try output.write(sheet.table, json: sheet)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take items from a table, whole or not at all.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Item.drafts(from: try source.input())
      try await source.take(drafts, named: "items", into: database) { drafts, stamp, connection in
        try Item.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct ImportPacks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take pack sizes from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Item.packDrafts(from: try source.input())
      try await source.take(drafts, named: "packs", into: database) { drafts, stamp, connection in
        try Item.take(packs: drafts, by: stamp, in: connection)
      }
    }
  }

  struct ImportSubstitutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take pairs of item and substitute from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Item.substituteDrafts(from: try source.input())
      try await source.take(drafts, named: "substitutes", into: database) { drafts, stamp, connection in
        try Item.take(substitutes: drafts, by: stamp, in: connection)
      }
    }
  }
}

/// An item with what may stand in for it.
struct ItemSheet: Encodable {
  let item: Item
  let substitutes: [Item.SKU]

  var table: TextTable {
    TextTable(
      [.init("field"), .init("value")],
      rows: [
        ["SKU", item.sku.rawValue], ["name", item.name], ["name (fr)", item.nameFrench],
        ["base unit", item.unit], ["family", item.family], ["criticality", item.criticality.rawValue],
        ["storage", item.storage.rawValue],
        ["shelf life", item.shelfLifeDays.map { "\($0) days" } ?? unknown],
        ["minimum cover", item.minimumCoverDays.map { "\($0) days" } ?? "none demanded"],
      ] + item.packs.map { ["pack (\($0.level.rawValue))", "\($0.units) × \(item.unit), GTIN \($0.gtin ?? unknown)"] }
        + [
          ["substitutes", substitutes.isEmpty ? "none" : substitutes.map(\.rawValue).joined(separator: ", ")],
          ["source", item.source],
        ]
    )
  }
}

extension Item: Listed {
  package static let columns: [TextTable.Column] = [
    .init("SKU"), .init("name"), .init("unit"), .init("family"), .init("criticality"), .init("storage"),
    .init("packs"), .init("state"),
  ]
  package var cells: [String] {
    [
      sku.rawValue, name, unit, family, criticality.rawValue, storage.rawValue,
      packs.map { "\($0.level.rawValue) \($0.units)" }.joined(separator: ", "), state.rawValue,
    ]
  }
}
