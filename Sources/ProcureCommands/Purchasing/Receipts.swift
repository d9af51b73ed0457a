import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Receipts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: "What came in of the orders.",
    subcommands: [List.self, Show.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the receipts, the latest first.")
    @Option(help: "Of one order only.") var order: PurchaseOrder.Number?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Receipt.all(of: order, in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a receipt: what came to which centre.")
    @Argument(help: "The order's number.") var order: PurchaseOrder.Number
    @Argument(help: "The delivery note's number.") var key: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let receipt = try await database.read { try Receipt.find(order, key: key, in: $0) }
      try output.write(receipt.table, json: receipt)
    }
  }
}

extension Receipt {
  var table: TextTable {
    var table = TextTable([
      .init("line", .right), .init("item"), .init("centre"), .init("lot"), .init("expiry"),
      .init("accepted", .right), .init("refused", .right), .init("reason"),
    ])
    for line in lines {
      table.add(
        "\(line.line)",
        line.item.rawValue,
        line.centre.rawValue,
        line.lot ?? "",
        line.expiry.map { "\($0)" } ?? "",
        "\(line.accepted)",
        "\(line.refused)",
        line.reason ?? ""
      )
    }
    return table
  }
}

extension Receipt: Listed {
  package static let columns: [TextTable.Column] = [
    .init("order"), .init("note"), .init("received"), .init("lines", .right), .init("accepted", .right),
    .init("refused", .right), .init("by"),
  ]
  package var cells: [String] {
    [
      order.rawValue, key, "\(receivedOn)", "\(lines.count)",
      "\(lines.reduce(Quantity.zero) { $0 + $1.accepted })",
      "\(lines.reduce(Quantity.zero) { $0 + $1.refused })", actor,
    ]
  }
}
