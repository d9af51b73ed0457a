import ArgumentParser

/// What the domain's own work costs, all rules included, beside plain SQL on the same rows in the same run.
struct DomainBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure reports and orders in CPU per unit, as a ratio to plain SQL.",
    subcommands: [StockReportsBenchmark.self, OrdersBenchmark.self]
  )

  static func measure() async { await main() }
}

await DomainBenchmark.measure()
