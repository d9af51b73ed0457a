import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Plans {
  struct Test: AsyncParsableCommand, LimitedArguments {
    static let limits = [
      "paths": 50...10_000, "span": 7...364, "lead-days": 0...365, "review-days": 0...365,
      "safety-days": 0...3_650,
    ]
    static let configuration = CommandConfiguration(
      commandName: "backtest",
      abstract:
        "How well the alerts would have warned of a history's shortages: days of cover against probability.",
      discussion: """
        Every seventh day of the history is planned as it was known the morning after. A warning is right where what \
        was there and what had been ordered by then would not have lasted for the span at the use that came. Nothing is \
        stored.

        EXAMPLE
          procure demo --database season.sqlite
          procure plan backtest --from 2020-05-17 --to 2020-10-18 --database season.sqlite
        """
    )
    @Option(help: "The first day that is looked at.") var from: Day
    @Option(help: "The last day; every seventh from the first is looked at.") var to: Day
    @Option(help: "Seed of the simulated futures.") var seed: UInt64 = 1
    @Option(help: "Simulated futures.") var paths: Int = 400
    @Option(help: "Days for which stock should have lasted: the usual lead time and the review.") var span:
      Int64 = 28
    @Option(help: "By cover: days from an order to its delivery.") var leadDays: Int64 = 21
    @Option(help: "By cover: days from one order to the next.") var reviewDays: Int64 = 14
    @Option(help: "By cover: days of use kept in reserve.") var safetyDays: Int64 = 14
    @Flag(help: "Show how often stated probabilities came true, instead.") var calibration = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if to < from { throw ValidationError("--to: found \(to), expected a day not before \(from)") }
      try checkLimits()
      if span % 7 != 0 { throw ValidationError("--span: found \(span), expected whole weeks, 7 to 364 days") }
    }

    func run() async throws {
      let opened = try await database.open()
      let found = try await Backtest.run(
        from: from,
        to: to,
        parameters: PlanParameters(asOf: from, seed: seed, paths: paths).validated(),
        rule: ReorderRule(leadDays: leadDays, reviewDays: reviewDays, safetyDays: safetyDays),
        spanDays: span,
        in: opened
      ) { Terminal.progress("backtest: \($0)") }
      await opened.close()
      Terminal.note(
        "\(found.points) points; of \(found.known) with a known span of \(found.spanDays) days "
          + "\(found.shortages) would have run out; the history shows \(found.stockOuts) stock-outs."
      )
      switch (output.format, calibration) {
      case (.json, _): try output.write(TextTable([]), json: found)
      case (_, true): try output.write(found.calibration)
      case (_, false): try output.write(found.scores)
      }
    }
  }
}

extension Backtest.Score: Listed {
  package static let columns: [TextTable.Column] = [
    .init("rule"), .init("from"), .init("warned", .right), .init("right", .right),
    .init("precision", .right), .init("recall", .right), .init("stock-outs foreseen", .right),
    .init("days of warning", .right), .init("warnings begun", .right),
  ]
  package var cells: [String] {
    [
      rule, severity.rawValue, "\(warned)", "\(right)", precisionPermille.map { probability($0) } ?? unknown,
      recallPermille.map { probability($0) } ?? unknown, "\(foreseen)",
      warningDays.map { "\($0)" } ?? unknown,
      "\(episodes)",
    ]
  }
}

extension Backtest.Bin: Listed {
  package static let columns: [TextTable.Column] = [
    .init("from", .right), .init("points", .right), .init("stated", .right), .init("use known", .right),
    .init("came true", .right),
  ]
  package var cells: [String] {
    [
      probability(fromPermille), "\(points)", probability(statedPermille), probability(knowingPermille),
      probability(cameTruePermille),
    ]
  }
}
