import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Alerts {
  struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge every centre and item by its last reports: open, reopen, ease and resolve alerts.",
      discussion: "Run it once a day, after the reports; run again with the same figures it changes nothing."
    )
    @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
    @Option(help: "Weeks over which use is measured.") var weeks: Int64 = 4
    @Option(help: "Days from an order to its delivery.") var leadDays: Int64 = 21
    @Option(help: "Days from one order to the next.") var reviewDays: Int64 = 14
    @Option(help: "Days of use kept in reserve.") var safetyDays: Int64 = 14
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      let days = [("--lead-days", leadDays), ("--review-days", reviewDays), ("--safety-days", safetyDays)]
      for (name, value) in days where !(0...3_650 ~= value) {
        throw ValidationError("\(name): found \(value), expected 0 to 3650")
      }
      if !(1...520 ~= weeks) { throw ValidationError("--weeks: found \(weeks), expected 1 to 520") }
    }

    func run() async throws {
      let rule = ReorderRule(leadDays: leadDays, reviewDays: reviewDays, safetyDays: safetyDays)
      let result = try await database.write { stamp, connection in
        let window = UseWindow(endingOn: day ?? stamp.at.day, buckets: weeks)
        let positions = try ShortagePosition.gather(window, rule: rule, in: connection)
        return try ShortageAlert.watch(positions, by: stamp, in: connection)
      }
      try output.write([result])
    }
  }
}

extension WatchResult: Listed {
  package static let columns: [TextTable.Column] = [
    .init("opened", .right), .init("reopened", .right), .init("worse", .right), .init("eased", .right),
    .init("resolved", .right),
  ]
  package var cells: [String] { [opened, reopened, worsened, eased, resolved].map { "\($0)" } }
}
