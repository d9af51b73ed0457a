import ArgumentParser
import Inventory
import Storage
package import Tabular

struct StockExpected: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expected",
    abstract: "Show which reports are on time, late, missing or awaited.",
    discussion: "Example: procure stock expected --from 2026-01-01 --rates"
  )
  @Option(help: "The first day due. (default: four weeks before the last)") var from: Day?
  @Option(help: "The last day due. (default: today)") var to: Day?
  @Option(help: "One centre.") var centre: Centre.Code?
  @Flag(help: "Show each centre's rate instead of each report.") var rates = false
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let last = to ?? Clock.today
    let (first, today) = (from ?? last - 28, Clock.today)
    let reports = try await database.read {
      try ExpectedReport.all(from: first, to: last, today: max(last, today), in: $0)
    }.filter { report in centre.map { $0 == report.centre } ?? true }
    if rates {
      try output.write(ReportingRate.rates(of: reports))
    } else {
      try output.write(reports)
    }
  }
}

struct StockSchedule: AsyncParsableCommand, LimitedArguments {
  static let limits = ["grace": 0...6]
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Say on which day of the week a centre reports.",
    discussion: "Example: procure stock schedule --centre berard --weekday monday --grace 1 --from 2026-01-05"
  )
  @Option(help: "The centre.") var centre: Centre.Code
  @Option(help: "The day of the week.") var weekday: Weekday
  @Option(help: "Days after the day due that are still on time, 0 to 6.") var grace: Int64 = 1
  @Option(help: "The first day. (default: today)") var from: Day?
  @Option(help: "The last day.") var until: Day?
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    try checkLimits()
  }

  func run() async throws {
    let schedule = ReportingSchedule(
      centre: centre,
      weekday: weekday,
      graceDays: grace,
      from: from ?? Clock.today,
      until: until
    )
    try await database.write { stamp, connection in try schedule.store(by: stamp, in: connection) }
    Terminal.note("\(centre) reports every \(weekday.rawValue) from \(schedule.from).")
  }
}

extension Weekday: ExpressibleByArgument {}

extension ExpectedReport: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("due"), .init("state"), .init("report"), .init("received"),
  ]
  package var cells: [String] {
    [
      centre.rawValue, due.description, state.rawValue.replacing("_", with: " "), report ?? "",
      received?.description ?? "",
    ]
  }
}

extension ReportingRate: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("due", .right), .init("on time", .right), .init("late", .right),
    .init("missing", .right), .init("on time %", .right),
  ]
  package var cells: [String] {
    [
      centre.rawValue, String(due), String(onTime), String(late), String(missing),
      onTimePercent.map { String($0) } ?? "none due",
    ]
  }
}
