import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Orders: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Orders to suppliers, for several centres each.",
    subcommands: [
      New.self, List.self, Show.self, Approve.self, Send.self, Acknowledge.self, Receive.self, Cancel.self,
      Close.self, Export.self,
    ]
  )

  struct New: AsyncParsableCommand, LimitedArguments {
    static let limits = ["lot": ParameterTypes.numbers]
    static let configuration = CommandConfiguration(
      abstract: "Draw up an order from a table of sku, centre and packs.",
      discussion: """
        Example: procure order new lines.csv --supplier aubepine --agreement AC-2020-PCR --lot 1 --key 2020-W22
        """
    )
    @Argument(help: "The table: a CSV file, or - for standard input.") var file: String
    @Option(help: "The supplier's code.") var supplier: Supplier.Code
    @Option(help: "The agreement's reference.") var agreement: Agreement.Reference
    @Option(help: "The lot's number.") var lot: Int64
    @Option(help: "By which the same order sent twice is known.") var key: String
    @Option(help: "Why another holder is passed over.") var because: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let request = OrderRequest(
        key: key,
        supplier: supplier,
        agreement: agreement,
        lot: lot,
        reason: because,
        lines: try OrderRequest.lines(from: try ByteInput(path: file))
      )
      let order = try await PurchaseOrder.place(request, by: database.stamp, in: database.open())
      try output.write(one: order)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the orders, the newest first.")
    @Option(help: "Only those in a state.") var state: PurchaseOrder.State?
    @Option(help: "Only those of a campaign.") var campaign: Campaign.Code?
    @Option(help: "Only those to a supplier.") var supplier: Supplier.Code?
    @Option(help: "At most so many.") var limit: Int64 = 1_000
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try requireRows(limit) }

    func run() async throws {
      let limit = Session.most(limit)
      let orders = try await database.read { connection in
        try PurchaseOrder.all(
          standing: state,
          campaign: campaign,
          supplier: supplier,
          limit: limit,
          in: connection
        )
      }
      try output.write(orders)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show an order's lines, a row for each centre's share."
    )
    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let document = try await database.read { try OrderDocument.read(number, in: $0) }
      try output.write(document.table, json: document)
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write an order as UBL 2.1 (Peppol BIS Ordering 3), as CSV, or as a page to print."
    )
    enum Form: String, CaseIterable, ExpressibleByArgument { case ubl, csv, page }

    @Argument(help: "The order's number.") var number: PurchaseOrder.Number
    @Option(help: "The form.") var form: Form = .page
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let document = try await database.read { try OrderDocument.read(number, in: $0) }
      switch form {
      case .ubl: Terminal.write(try document.ubl())
      case .csv: Terminal.write(document.table.csv())
      case .page: Terminal.write(document.page)
      }
    }
  }
}

extension PurchaseOrder.State: ExpressibleByArgument {}

extension PurchaseOrder: Listed {
  package static let columns: [TextTable.Column] = [
    .init("order"), .init("state"), .init("supplier"), .init("agreement"), .init("lot", .right),
    .init("campaign"), .init("ordered"), .init("send on"), .init("expected"), .init("total", .right),
    .init("currency"),
  ]
  package var cells: [String] {
    [
      header.number.rawValue, state.title, header.supplier.rawValue, header.agreement.rawValue,
      "\(header.lot)", header.campaign?.rawValue ?? "", "\(header.orderedOn)",
      header.sendOn.map { "\($0)" } ?? "",
      header.expectedOn.map { "\($0)" } ?? unknown, "\(header.total)", header.currency,
    ]
  }
}
