import ArgumentParser
import Inventory
import Storage
package import Tabular

extension Renewals {
  struct Prices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what machines cost on a day, each price with its source."
    )
    @Option(help: "The day on which they hold; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      try output.write(try await database.read { try MachinePrice.inForce(on: day, in: $0) })
    }
  }

  struct ImportPrices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take prices of machines from a table, each with its source and certainty."
    )
    @Option(help: "The day from which they are used; today by default.") var since: Day?
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let prices = try MachinePrice.drafts(from: try source.input(), validFrom: since ?? Clock.today)
      try await source.take(prices, named: "prices", into: database) { prices, stamp, connection in
        try MachinePrice.take(prices, by: stamp, in: connection)
      }
    }
  }
}

extension MachinePrice: Listed {
  package static let columns: [TextTable.Column] = [
    .init("category"), .init("for"), .init("machines from", .right), .init("price each", .right),
    .init("since"), .init("certainty"), .init("source"), .init("note"),
  ]
  package var cells: [String] {
    [
      category.rawValue, purpose.rawValue, "\(fromMachines)", "\(price)", "\(validFrom)", certainty,
      source + (sourceDate.map { ", \($0)" } ?? ""), note,
    ]
  }
}
