import ArgumentParser

@main
struct ForecastBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how good and how fast the forecasts are.",
    subcommands: [AccuracyRun.self, SurgeRun.self, SpeedRun.self],
    defaultSubcommand: AccuracyRun.self
  )
}
