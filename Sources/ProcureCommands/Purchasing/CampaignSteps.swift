import ArgumentParser
import Inventory
import Procurement
import Storage
import Tabular

extension Campaigns {
  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open the call: needs are taken from now on.")
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.open(code, by: $0, in: $1) }
      try output.write([campaign])
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close the call: no need is taken any more.")
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.close(code, by: $0, in: $1) }
      try output.write([campaign])
    }
  }

  struct AwardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "award",
      abstract: "Award the needs to suppliers, the cheapest feasible offer first."
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let award = try await database.write { try Campaign.awardGreedily(code, by: $0, in: $1) }
      try output.write(award.table, json: award)
    }
  }

  struct Order: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw up the orders of the award, one for each supplier and lot."
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let orders = try await database.write { stamp, connection in
        _ = try Campaign.order(code, by: stamp, in: connection)
        return try PurchaseOrder.all(campaign: code, in: connection)
      }
      try output.write(orders)
    }
  }

  struct Complete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End the campaign once each of its orders is closed or cancelled."
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.complete(code, by: $0, in: $1) }
      try output.write([campaign])
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give the campaign up before anything is ordered."
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.cancel(code, by: $0, in: $1) }
      try output.write([campaign])
    }
  }
}

extension Award {
  fileprivate var table: TextTable {
    var table = TextTable([
      .init("offer"), .init("supplier"), .init("item"), .init("packs", .right), .init("of", .right),
      .init("cost", .right), .init("centres"),
    ])
    for line in lines {
      table.add(
        line.offer.rawValue,
        line.supplier.rawValue,
        line.item.rawValue,
        "\(line.packs)",
        "\(line.packUnits)",
        "\(line.cost)",
        line.shares.map { "\($0.centre) \($0.packs)" }.joined(separator: ", ")
      )
    }
    return table
  }
}
