import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Allocations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "How what was scarce was shared, and why.",
    subcommands: [List.self, Show.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the decisions, the latest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try AllocationDecision.list(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show who got what, with the reason of each line."
    )
    @Argument(help: "The decision's key.") var key: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try AllocationDecision.find(key, in: $0) }.lines)
    }
  }
}

extension AllocationDecision: Listed {
  package static let columns: [TextTable.Column] = [
    .init("allocation"), .init("day"), .init("item"), .init("rule"), .init("supply", .right),
    .init("reserve", .right), .init("left over", .right), .init("reason"),
  ]
  package var cells: [String] {
    [
      key, "\(decidedOn)", item.rawValue, rule, "\(supply)", "\(reserve)", "\(leftOver)", reason,
    ]
  }
}

extension AllocationDecision.Line: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("need", .right), .init("stock", .right), .init("gets", .right),
    .init("cover after", .right), .init("why"),
  ]
  package var cells: [String] {
    [
      centre.rawValue, need?.description ?? unknown, "\(stock)", "\(quantity)",
      coverAfter.map { "\($0) d" } ?? unknown, sentence,
    ]
  }
}
