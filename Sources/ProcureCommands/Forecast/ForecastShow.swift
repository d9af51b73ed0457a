import ArgumentParser
import Foundation
import Inventory
import Planning
import Procurement
import Storage
import Tabular

/// Demand ahead as the ledger tells it.
struct ForecastShow: AsyncParsableCommand, LimitedArguments {
  static let limits = ["horizon": 1...104]
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Forecast an item's demand from the ledger, at its centres and over the network.",
    discussion: """
      What was used is taken as reported: a missing report is missing, days without stock are demand that was not \
      seen, and an item without a history borrows from the other centres or from its category. Centres add up to the \
      network. Planners' scenarios are followed.

      EXAMPLES
        procure forecast show --item PCR-MIX --horizon 8
        procure forecast show --item PCR-MIX --centre berard --as-of 2020-08-16 --format csv
        procure forecast show --item PCR-MIX --svg pcr-mix.svg
      """
  )
  @Option(help: "The item.") var item: Item.SKU
  @Option(help: "Only this centre. (default: the network and every centre)") var centre: Centre.Code?
  @Option(help: "Weeks to forecast.") var horizon: Int = 12
  @Option(help: "The last day of the ledger that is read. (default: today)") var asOf: Day?
  @Option(help: "Seed of the simulated futures.") var seed: UInt64 = 1
  @Option(help: "Draw the weeks used and the forecast, of the centre or the network, to this file.")
  var svg: String?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let stamp = database.stamp
    let parameters = PlanParameters(asOf: asOf ?? stamp.at.day, horizon: horizon, seed: seed)
    let opened = try await database.open()
    let lines = try await PlanLine.forecast(of: item, parameters, knownAt: stamp.at, in: opened)
    let used = svg == nil ? [] : try await used(until: parameters.asOf, in: opened)
    await opened.close()
    let chosen = lines.filter { centre == nil || $0.centre == centre }
    if chosen.isEmpty {
      throw PlanError.noLedger(item.rawValue, centre: centre?.rawValue)
    }
    if let svg {
      let line = chosen.first { $0.centre == centre }
      try WholeFile.replace(svg, with: picture(used, line?.forecast?.weeks ?? []).file)
      Terminal.note("drawn: \(svg)")
    }
    try output.write(chosen.flatMap(ForecastWeek.weeks))
  }

  private func used(until day: Day, in database: any Database) async throws -> [Consumption] {
    let window = UseWindow(endingOn: day, bucketDays: 7, buckets: 16)
    let filter = StockPosition.Filter(centre: centre, item: item)
    return try await database.read { try Consumption.all(window, filter: filter, in: $0) }
  }

  private func picture(_ used: [Consumption], _ ahead: [PlanLine.Week]) -> FanChart {
    FanChart(
      title: "Weekly use of \(item) \(centre.map { "at \($0)" } ?? "over the network")",
      description:
        "Dots: what was used in a week, gaps where nobody said. Line: the median of the forecast; inner band: "
        + "8 in 10 futures; 1 in 20 goes above the outer one.",
      past: Consumption.totals(used).map {
        .init(from: $0.firstDay.rawValue, label: "\($0.firstDay)", value: $0.used)
      },
      future: ahead.map { week in
        FanChart.Future(
          from: week.from.rawValue,
          label: "\(week.from)",
          low: week.quantiles[0],
          median: week.quantiles[1],
          high: week.quantiles[2],
          highest: week.quantiles[3]
        )
      },
      number: { "\($0)" }
    )
  }
}

/// One week of a forecast, as a row.
struct ForecastWeek: Encodable, Listed {
  let item: Item.SKU
  let centre: Centre.Code?
  let week: PlanLine.Week
  let why: String

  static func weeks(of line: PlanLine) -> [ForecastWeek] {
    guard let forecast = line.forecast else { return [] }
    let notes = [
      forecast.pattern.rawValue, forecast.isSurging ? "surge" : nil,
      forecast.borrowed.map { $0 == .otherCentres ? "from other centres" : "from its category" },
    ].compactMap { $0 }
    let why = (notes + forecast.scenarios).joined(separator: ", ")
    return forecast.weeks.map { ForecastWeek(item: line.item, centre: line.centre, week: $0, why: why) }
  }

  static let columns: [TextTable.Column] = [
    .init("item"), .init("centre"), .init("from"), .init("mean", .right), .init("q0.1", .right),
    .init("q0.5", .right), .init("q0.9", .right), .init("q0.95", .right), .init("why"),
  ]
  var cells: [String] {
    let fraction = String(week.mean % 1000)
    let mean = "\(week.mean / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    return [item.rawValue, centre?.rawValue ?? "(network)", "\(week.from)", mean]
      + week.quantiles.map { "\($0)" } + [why]
  }
}
