import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Agreements: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Framework agreements, their lots and how far each has gone.",
    subcommands: [List.self, Show.self, Ceilings.self, Publish.self, Import.self, ImportLots.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the agreements by reference.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Agreement.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show an agreement's lots and their holders.")
    @Argument(help: "The agreement's reference.") var reference: Agreement.Reference
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let agreement = try await database.read { try Agreement.find(reference, in: $0) }
      try output.write(agreement.holderTable, json: agreement)
    }
  }

  struct Ceilings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what orders hold of each lot's maximum, and the alerts at 70, 90 and 100 %."
    )
    @Argument(help: "The agreement's reference.") var reference: Agreement.Reference
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let state = try await database.read { connection in
        let agreement = try Agreement.find(reference, in: connection)
        return CeilingState(
          lots: agreement.lots,
          alerts: try CeilingAlert.all(of: agreement.id, in: connection)
        )
      }
      try output.write(state.table, json: state)
    }
  }

  struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decp",
      abstract: "Write the agreement's French open-data record (DECP 2.0.3), as JSON."
    )
    @Argument(help: "The agreement's reference.") var reference: Agreement.Reference
    @Option(help: "The day of the publication; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let day = day ?? Clock.today
      let file = try await database.read { try Agreement.published(reference, on: day, in: $0) }
      Terminal.write(try JSON.text(file))
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take agreements from a table, whole or not at all.",
      discussion: "Example: procure agreement import seeds/agreements.csv"
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Agreement.drafts(from: try source.input())
      try await source.take(drafts, named: "agreements", into: database) { drafts, stamp, connection in
        try Agreement.take(drafts, by: stamp, in: connection)
      }
    }
  }

  struct ImportLots: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take lots and their holders from two tables, whole or not at all.",
      discussion: """
        Example: procure agreement import-lots seeds/agreement_lots.csv --holders seeds/agreement_holders.csv
        """
    )
    @OptionGroup var source: ImportOptions
    @Option(help: "The table of the lots' holders.") var holders: String
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try AgreementLot.drafts(from: try source.input())
      let holders = try AgreementLot.holderDrafts(from: try ByteInput(path: holders))
      try await source.take(drafts, named: "lots", into: database) { drafts, stamp, connection in
        try AgreementLot.take(drafts, holders: holders, by: stamp, in: connection)
      }
    }
  }
}

/// The lots of an agreement with the alerts that stand on them.
struct CeilingState: Encodable {
  let lots: [AgreementLot]
  let alerts: [CeilingAlert]

  var table: TextTable {
    var table = TextTable([
      .init("lot", .right), .init("title"), .init("held", .right), .init("maximum", .right),
      .init("used", .right), .init("alerts"),
    ])
    for lot in lots {
      let ceiling = lot.ceiling
      let held =
        ceiling.maximumValue == nil ? "\(ceiling.committedQuantity) units" : "\(ceiling.committedValue)"
      let maximum =
        ceiling.maximumValue?.description ?? ceiling.maximumQuantity.map { "\($0) units" } ?? unknown
      let raised = alerts.filter { $0.lot == lot.terms.number }.map { "\($0.level.rawValue) % (\($0.cause))" }
      table.add(
        "\(lot.terms.number)",
        lot.terms.title,
        held,
        maximum,
        "\(ceiling.percentUsed) %",
        raised.joined(separator: ", ")
      )
    }
    return table
  }
}

extension Agreement {
  fileprivate var holderTable: TextTable {
    var table = TextTable([
      .init("lot", .right), .init("title"), .init("rule"), .init("rank", .right), .init("supplier"),
      .init("share", .right),
    ])
    for lot in lots {
      for holder in lot.holders {
        table.add(
          "\(lot.terms.number)",
          lot.terms.title,
          lot.terms.rule.rawValue,
          "\(holder.rank)",
          holder.supplier.rawValue,
          holder.sharePermille.map { "\($0 / 10).\($0 % 10) %" } ?? ""
        )
      }
    }
    return table
  }
}

extension Agreement: Listed {
  package static let columns: [TextTable.Column] = [
    .init("agreement"), .init("title"), .init("starts"), .init("ends"), .init("lots", .right), .init("buyer"),
  ]
  package var cells: [String] {
    [
      terms.reference.rawValue, terms.title, "\(terms.starts)", "\(terms.ends)", "\(lots.count)",
      terms.buyerName ?? unknown,
    ]
  }
}
