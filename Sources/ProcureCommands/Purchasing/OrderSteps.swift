import ArgumentParser
import Inventory
import Procurement
import Storage
import Tabular

extension Orders {
  struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Approve an order: it draws on its lot's ceiling, or is refused with what is left."
    )
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await step(number, in: database, output) { try PurchaseOrder.approve(number, by: $0, in: $1) }
    }
  }

  struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say that the order went to the supplier.")
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await step(number, in: database, output) { try PurchaseOrder.send(number, by: $0, in: $1) }
    }
  }

  struct Acknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say that the supplier took the order.")
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @Option(help: "The supplier's own number for it.") var reference: String?
    @Option(help: "The day for which the supplier promises it.") var expected: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await step(number, in: database, output) { stamp, connection in
        try PurchaseOrder.acknowledge(
          number,
          supplierReference: reference,
          expectedOn: expected,
          by: stamp,
          in: connection
        )
      }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give the order up before anything came in; the ceiling gets back what it held."
    )
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @Option(help: "Why.") var because: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await step(number, in: database, output) { stamp, connection in
        try PurchaseOrder.cancel(number, reason: because, by: stamp, in: connection)
      }
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "End the order; one that is still short takes a reason and gives the ceiling back what never came."
    )
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @Option(help: "Why it is closed short.") var because: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await step(number, in: database, output) { stamp, connection in
        try PurchaseOrder.close(number, reason: because, by: stamp, in: connection)
      }
    }
  }

  struct Receive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a delivery into the centres' stock.",
      discussion: """
        The table's columns: line, centre, lot, expiry, accepted, refused, reason. Without a centre the packs are
        shared by what each centre still waits for.
        Example: procure order receive CA-2020-00001 note.csv --key BL-7781 --day 2020-06-12
        """
    )
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @Argument(help: "The delivery note: a CSV file, or - for standard input; all that is to come by default.")
    var file: String?
    @Option(help: "The delivery note's number.") var key: String
    @Option(help: "The day on which it came; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let entries = try file.map { try ReceiptRequest.Entry.entries(from: try ByteInput(path: $0)) }
      let day = day ?? Clock.today
      if let entries {
        try Session.requireCovered(entries.map(\.centre))
      } else {
        try Session.requireCovered([nil])
      }
      let receipt = try await database.write { stamp, connection in
        let all = try entries ?? PurchaseOrder.find(number, in: connection).outstandingEntries
        let request = ReceiptRequest(order: number, key: key, day: day, entries: all)
        return try Receipt.take(request, by: stamp, in: connection)
      }
      try output.write(receipt.table, json: receipt)
    }
  }
}

/// Takes a step and shows where the order stands.
private func step(
  _ number: PurchaseOrder.Number,
  in database: DatabaseOptions,
  _ output: OutputOptions,
  _ body: @Sendable (Stamp, any Connection) throws -> Void
) async throws {
  let order = try await database.write { stamp, connection in
    try body(stamp, connection)
    return try PurchaseOrder.find(number, in: connection)
  }
  try output.write(one: order)
}
