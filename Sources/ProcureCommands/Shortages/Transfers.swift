import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Transfers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract: "Stock that goes from one centre to another, with proof of its receipt.",
    subcommands: [
      Plan.self, List.self, Show.self, Propose.self, Agree.self, Send.self, Receive.self, Cancel.self,
    ]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List transfers, the latest first.")
    @Option(help: "Only those in this state.") var state: Transfer.State?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Transfer.list(state: state, in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a transfer's lots.")
    @Argument(help: "The transfer's number.") var number: Transfer.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Transfer.find(number, in: $0) }.lots)
    }
  }

  struct Propose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Propose that a centre gives to another.",
      discussion: """
        Example: procure transfer propose SWAB-NP 200 --from berard --to perrin --keep 500 \
        --key 2020-09-14-perrin --reason "three days of cover left"
        """
    )
    @Argument(help: "The item's SKU.") var item: Item.SKU
    @Argument(help: "Base units.") var quantity: Quantity
    @Option(help: "The donor.") var from: Centre.Code
    @Option(help: "The taker.") var to: Centre.Code
    @Option(help: "What the donor must keep usable, in base units.") var keep: Quantity
    @Option(help: "A key of your own: the same key sent twice is one transfer.") var key: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let request = TransferRequest(
        key: key,
        from: from,
        to: to,
        item: item,
        quantity: quantity,
        keep: keep,
        reason: reason
      )
      let transfer = try await database.write { stamp, connection in
        try Transfer.propose(request, by: stamp, in: connection)
      }
      try output.write(one: transfer)
    }
  }

  struct Agree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Agree, as the donor.")
    @Argument(help: "The transfer's number.") var number: Transfer.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let transfer = try await database.write { stamp, connection in
        try Transfer.agree(number, by: stamp, in: connection)
      }
      try output.write(one: transfer)
    }
  }

  struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the goods out of the donor's stock, the first to expire first."
    )
    @Argument(help: "The transfer's number.") var number: Transfer.Number
    @Option(help: "The day; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let transfer = try await database.write { stamp, connection in
        try Transfer.send(number, on: day ?? stamp.at.day, by: stamp, in: connection)
      }
      try output.write(one: transfer)
    }
  }

  struct Receive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give proof of receipt: what arrived goes into the taker's stock.",
      discussion: "Example: procure transfer receive TR-2020-00003 --missing LOT12:20 --because broken"
    )
    @Argument(help: "The transfer's number.") var number: Transfer.Number
    @Option(help: "The day; today by default.") var day: Day?
    @Option(help: "What did not arrive, as LOT:UNITS; may be given more than once.") var missing: [String] =
      []
    @Option(help: "Why it did not arrive.") var because: String = ""
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let gaps = try missing.map(gap)
      let transfer = try await database.write { stamp, connection in
        try Transfer.receive(number, on: day ?? stamp.at.day, missing: gaps, by: stamp, in: connection)
      }
      try output.write(one: transfer)
    }

    private func gap(_ text: String) throws -> Transfer.Missing {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let units = Int64(parts[1]) else {
        throw ValidationError("--missing: found “\(text)”, expected LOT:UNITS")
      }
      return Transfer.Missing(lot: String(parts[0]), quantity: Quantity(units), reason: because)
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a transfer up before it is sent.")
    @Argument(help: "The transfer's number.") var number: Transfer.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let transfer = try await database.write { stamp, connection in
        try Transfer.cancel(number, by: stamp, in: connection)
      }
      try output.write(one: transfer)
    }
  }
}

extension Transfer.State: ExpressibleByArgument {}

extension Transfer: Listed {
  package static let columns: [TextTable.Column] = [
    .init("transfer"), .init("state"), .init("from"), .init("to"), .init("item"), .init("units", .right),
    .init("donor keeps", .right), .init("proposed"), .init("sent"), .init("received"), .init("reason"),
  ]
  package var cells: [String] {
    [
      number.rawValue, state.rawValue, from.rawValue, to.rawValue, item.rawValue, "\(quantity)", "\(keep)",
      "\(proposedOn)", sentOn?.description ?? "", receivedOn?.description ?? "", reason,
    ]
  }
}

extension Transfer.LotPart: Listed {
  package static let columns: [TextTable.Column] = [
    .init("lot"), .init("expires"), .init("sent", .right), .init("received", .right), .init("why less"),
  ]
  package var cells: [String] {
    [
      lot.isEmpty ? "(no lot)" : lot, expiry?.description ?? "never", "\(sent)",
      received?.description ?? "not yet", reason ?? "",
    ]
  }
}
