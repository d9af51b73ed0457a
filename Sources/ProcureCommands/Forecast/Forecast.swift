import ArgumentParser
import Planning
import Tabular

/// Demand ahead: of a plain file, of the database, and as planners see it.
struct Forecast: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Forecast demand, of a plain file of series or of the database, and say what planners expect.",
    discussion:
      "Without a subcommand it is the forecast of a file: procure forecast --series tests.csv --horizon 12",
    subcommands: [ForecastFile.self, ForecastShow.self, Scenarios.self],
    defaultSubcommand: ForecastFile.self
  )
}

/// Demand ahead of a plain file of series, without a database.
struct ForecastFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "file",
    abstract: "Forecast the demand of every series in a file, as a mean and quantiles.",
    discussion: """
      The file has the columns series, period and quantity, one row a series and period, in any order. A period \
      is a whole number (7), a day (2020-05-18), an ISO week (2020-W21) or a month (2020-05). A row without a \
      quantity, and a period without a row, is a missing report, not a demand of zero. An optional column \
      out_of_stock_days says on how many days of the period nothing could be handed out: the quantity is then \
      less than the demand was.

      One row a series and step is written: the mean, rounded half up to a thousandth, and for each quantile \
      the smallest whole number that demand stays at or below with that probability. With --lead-time L the \
      columns lt<L>_mean and lt<L>_q… give the same for the demand summed over the L periods that begin with the \
      step. Equal files, options and seeds give equal bytes.

      EXAMPLES
        procure forecast --series tests.csv --horizon 12
        procure forecast --series tests.csv --horizon 8 --bucket day --quantiles 0.5,0.9,0.99 --format csv
        procure forecast --series tests.csv --horizon 6 --bucket month --lead-time 3 --format json
      """
  )

  @Option(help: "The file of series, or - for standard input.")
  var series: String

  @Option(help: "How many periods to forecast.")
  var horizon: Int

  @Option(help: "The length of a period: day, week or month. Without it the periods of the file decide.")
  var bucket: Bucket?

  @Option(help: "The probabilities to give quantiles for, ascending, separated by commas.")
  var quantiles: QuantileLevels = QuantileLevels(levels: [0.1, 0.5, 0.9, 0.95])

  @Option(help: "Also forecast the demand summed over this many periods.")
  var leadTime: Int?

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard (1...520).contains(horizon) else { throw ValidationError("--horizon must be from 1 to 520.") }
    if let leadTime, !(1...520).contains(leadTime) {
      throw ValidationError("--lead-time must be from 1 to 520.")
    }
  }

  mutating func run() async throws {
    let learner = PriorLearner(seed: seed)
    let (file, learned) = try SeriesFile.checked(path: series, bucket: bucket, into: learner) { $0.add($1) }
    let parameters = ForecastParameters(
      quantiles: quantiles.levels,
      leadTime: leadTime ?? 3,
      paths: ForecastParameters.paths(forSeries: learned.count)
    )
    let panel = await learned.learn(leadTime: parameters.leadTime)
    let forecaster = Forecaster(panel: panel, parameters: parameters, seed: seed)
    var writer = ForecastWriter(
      format: output.format,
      quantiles: quantiles.levels,
      leadTime: leadTime,
      file: file
    )
    try await file.batches(of: 1024) { batch in
      try writer.write(await forecaster.forecast(batch, horizon: horizon))
    }
    try writer.finish()
  }
}

extension Bucket: ExpressibleByArgument {}

/// Probabilities as the command line writes them: `0.1,0.5,0.9`.
struct QuantileLevels: ExpressibleByArgument {
  let levels: [Double]

  init(levels: [Double]) { self.levels = levels }

  init?(argument: String) {
    let parsed = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let levels = parsed.compactMap(\.self)
    guard levels.count == parsed.count, levels.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    guard zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.levels = levels
  }

  var defaultValueDescription: String { levels.map { "\($0)" }.joined(separator: ",") }
}
