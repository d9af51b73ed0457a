import ArgumentParser
import Inventory
import Storage
package import Tabular

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
    static let configuration = CommandConfiguration(
      abstract: "Take items and their substitutes from a table."
    )
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
  let substitutes: [Item.Substitute]

  var table: TextTable {
    var table = TextTable([.init("field"), .init("value")])
    table.add("SKU", item.sku.rawValue)
    table.add("name", item.name)
    table.add("name (fr)", item.nameFrench)
    table.add("base unit", item.unit)
    table.add("criticality", item.criticality.rawValue)
    table.add("storage", item.storage.rawValue)
    table.add("shelf life", item.shelfLifeDays.map { "\($0) days" } ?? unknown)
    table.add("minimum cover", item.minimumCoverDays.map { "\($0) days" } ?? "none demanded")
    for pack in item.packs {
      table.add("pack (\(pack.level.rawValue))", "\(pack.units) × \(item.unit), GTIN \(pack.gtin ?? unknown)")
    }
    for other in substitutes {
      table.add("substitute", "\(other.sku), \(other.quantity) for \(other.perQuantity): \(other.note)")
    }
    table.add("CPV", item.cpv ?? unknown)
    table.add("ATC", item.atc ?? "none")
    table.add("certainty", item.certainty)
    return table
  }
}

extension Item: Listed {
  package static let columns: [TextTable.Column] = [
    .init("SKU"), .init("name"), .init("unit"), .init("criticality"), .init("storage"),
    .init("packs"), .init("state"),
  ]
  package var cells: [String] {
    [
      sku.rawValue, name, unit, criticality.rawValue, storage.rawValue,
      packs.map { "\($0.level.rawValue) \($0.units)" }.joined(separator: ", "), state.rawValue,
    ]
  }
}
