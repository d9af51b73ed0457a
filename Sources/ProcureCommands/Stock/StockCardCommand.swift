import ArgumentParser
import Inventory
import Storage
package import Tabular

struct StockCardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Show every movement of an item at a centre, with the balance after it."
  )
  @Option(help: "The centre.") var centre: Centre.Code
  @Option(help: "The item.") var item: Item.SKU
  @Option(help: "From this day on.") var from: Day?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (centre, item, from) = (centre, item, from)
    let card = try await database.read {
      try StockCardLine.card(centre: centre, item: item, from: from, in: $0)
    }
    try output.write(card)
  }
}

extension StockCardLine: Listed {
  package static let columns: [TextTable.Column] = [
    .init("day"), .init("reason"), .init("lot"), .init("quantity", .right), .init("balance", .right),
    .init("document"), .init("by"), .init("recorded"),
  ]
  package var cells: [String] {
    [
      day.description, isReversal ? "\(reason.rawValue), reversed" : reason.rawValue, lot,
      quantity.description, balance.description, document ?? "", actor, recorded.description,
    ]
  }
}

struct StockReconcile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Rebuild every balance from the ledger and compare; fails where they differ."
  )
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let result = try await database.read { try StockLedger.reconcile(in: $0) }
    try output.write(TextTable(Discrepancy.columns, rows: result.discrepancies.map(\.cells)), json: result)
    Terminal.note(
      "\(result.movements) movements, \(result.balances) balances, \(result.discrepancies.count) differences"
    )
    if !result.agrees { throw ExitCode.failure }
  }
}

extension Discrepancy: Listed {
  package static let columns: [TextTable.Column] = [
    .init("kind"), .init("centre", .right), .init("item", .right), .init("lot", .right), .init("day"),
    .init("balance", .right), .init("ledger", .right),
  ]
  package var cells: [String] {
    [
      kind.rawValue, String(centre), String(item), String(lot), day?.description ?? "",
      balance?.description ?? "none", ledger?.description ?? "none",
    ]
  }
}
