import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Offers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offer",
    abstract: "What the suppliers ask for each item.",
    subcommands: [List.self, Price.self, Import.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the offers by code.")
    @Option(help: "Of one item only.") var item: Item.SKU?
    @Option(help: "Only those that hold on a day.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Offer.all(of: item, on: day, in: $0) })
    }
  }

  struct Price: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare what a quantity of an item costs at each offer, the cheapest first.",
      discussion: "Example: procure offer price SWAB-NP 4000 --day 2020-06-01"
    )
    @Argument(help: "The item's SKU.") var item: Item.SKU
    @Argument(help: "Base units.") var quantity: Quantity
    @Option(help: "The day on which the offers hold; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      let prices = try await database.read { try PricedOffer.compare(item, quantity, on: day, in: $0) }
      try output.write(prices)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take offers and their price tiers from two tables, whole or not at all.",
      discussion: "Example: procure offer import seeds/offers.csv --tiers seeds/offer_tiers.csv"
    )
    @OptionGroup var source: ImportOptions
    @Option(help: "The table of the offers' tiers.") var tiers: String
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Offer.drafts(from: try source.input())
      let tiers = try Offer.tierDrafts(from: try ByteInput(path: tiers))
      try await source.take(drafts, named: "offers", into: database) { drafts, stamp, connection in
        try Offer.take(drafts, tiers: tiers, by: stamp, in: connection)
      }
    }
  }
}

extension Offer: Listed {
  package static let columns: [TextTable.Column] = [
    .init("offer"), .init("supplier"), .init("item"), .init("agreement"), .init("lot", .right),
    .init("pack", .right), .init("minimum", .right), .init("multiple", .right), .init("lead days", .right),
    .init("prices"), .init("until"),
  ]
  package var cells: [String] {
    [
      code.rawValue, supplier.rawValue, item.rawValue, agreement.rawValue, "\(lot)", "\(terms.packUnits)",
      "\(terms.minimumPacks)", "\(terms.multiplePacks)", "\(terms.leadDays)",
      terms.prices.tiers.map { "\($0.from)+: \($0.price)" }.joined(separator: ", "), "\(validUntil)",
    ]
  }
}

extension PricedOffer: Listed {
  package static let columns: [TextTable.Column] = [
    .init("offer"), .init("supplier"), .init("packs", .right), .init("units", .right), .init("goods", .right),
    .init("freight", .right), .init("total", .right), .init("per unit", .right), .init("there on"),
  ]
  package var cells: [String] {
    [
      offer.rawValue, supplier.rawValue, "\(packs)", "\(units)", "\(goods)", "\(freight)", "\(total)",
      "\(perThousand)/1000", "\(arrives)",
    ]
  }
}
