import ArgumentParser
import Inventory
import ProcurementAPI
import Storage
import Tabular

/// What every single line of stock says.
struct StockLineOptions: ParsableArguments {
  @Option(help: "The centre.") var centre: Centre.Code
  @Option(help: "The SKU or GTIN of the item.") var item: String
  @Option(help: "The lot.") var lot: String?
  @Option(help: "The lot's last day of use.") var expiry: Day?
  @Option(help: "each, inner or carton.") var unit: String?
  @Option(help: "The day. (default: today)") var day: Day?
  @Option(help: "A key that makes the line count once. (default: the moment)") var key: String?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func take(_ column: String, _ amount: String) async throws {
    let stamp = database.stamp
    let day = day ?? stamp.at.day
    let cells = [
      "item": item, "lot": lot, "expiry": expiry?.description, "unit": unit, column: amount,
    ].compactMapValues(\.self)
    var defaults = ReportDefaults(
      centre: centre,
      day: day,
      key: key ?? "\(column) \(item) \(stamp.at)",
      origin: .line
    )
    defaults.latest = stamp.lastDay
    do {
      let receipts = try await StockReports.take(
        .line(cells),
        defaults: defaults,
        by: stamp,
        in: try await database.open()
      )
      try output.write(receipts)
    } catch let error as any DomainError where !error.findings.isEmpty {
      throw StockLineRefusal(error, amount: column)
    }
  }
}

/// What is wrong with a single line, told by the names of its parameters: nobody wrote a table.
struct StockLineRefusal: DomainError {
  let kind: ErrorKind
  let code: String
  let description: String
  let findings: [Finding]

  init(_ error: any DomainError, amount column: String) {
    (kind, code, description) = (error.kind, error.code, error.description)
    findings = error.findings.map { finding in
      let field = finding.field == column ? "quantity" : finding.field
      return Finding(line: nil, field: field, found: finding.found, expected: finding.expected)
    }
  }
}

/// One line at a time, by command.
enum StockLineCommands {
  struct Count: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(
      abstract: "Say what was counted.",
      discussion: "Example: procure stock count 120 --centre berard --item SWAB-NP --lot L1"
    )
    @Argument(help: "The quantity counted.") var quantity: String
    @OptionGroup var line: StockLineOptions
    func run() async throws { try await line.take("counted", quantity) }
  }

  struct Use: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(abstract: "Say what was used.")
    @Argument(help: "The quantity used.") var quantity: String
    @OptionGroup var line: StockLineOptions
    func run() async throws { try await line.take("used", quantity) }
  }

  struct Receive: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(abstract: "Say what came in.")
    @Argument(help: "The quantity received.") var quantity: String
    @OptionGroup var line: StockLineOptions
    func run() async throws { try await line.take("received", quantity) }
  }

  struct Lose: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(abstract: "Say what was lost or thrown away.")
    @Argument(help: "The quantity lost.") var quantity: String
    @OptionGroup var line: StockLineOptions
    func run() async throws { try await line.take("lost", quantity) }
  }

  struct Adjust: AsyncParsableCommand, LimitedArguments {
    static let limits = ["quantity": -(ValueKind.greatest - 1)...(ValueKind.greatest - 1)]
    static let configuration = CommandConfiguration(
      abstract: "Correct the stock by a quantity, up or down.",
      discussion: "Example: procure stock adjust --centre berard --item SWAB-NP -- -5"
    )
    @Argument(help: "The quantity, below zero to take it off.") var quantity: String
    @OptionGroup var line: StockLineOptions
    func run() async throws { try await line.take("adjusted", quantity) }
  }
}
