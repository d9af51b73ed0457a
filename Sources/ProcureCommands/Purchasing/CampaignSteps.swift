import ArgumentParser
import Inventory
import Procurement
import Storage

extension Campaigns {
  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open the call: needs are taken from now on.")
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.open(code, by: $0, in: $1) }
      try output.write(one: campaign)
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close the call: no need is taken any more.")
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let campaign = try await database.write { try Campaign.close(code, by: $0, in: $1) }
      try output.write(one: campaign)
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
      try output.write(one: campaign)
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
      try output.write(one: campaign)
    }
  }
}
