import ArgumentParser
import Foundation
import Inventory
import Storage

/// Weekly reports of many centres: `--lines` lines each, every line with a count that changes the stock.
struct StockReportsBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "Take stock reports, beside a bulk insert and an upsert of the same rows."
  )

  @Option(help: "A SQLite file that does not exist yet, or the URL of an empty PostgreSQL database.")
  var database =
    NSTemporaryDirectory() + "domain-benchmark-\(ProcessInfo.processInfo.processIdentifier).sqlite"

  @Option(help: "Centres, one report each a week.")
  var centres = 20

  @Option(help: "Lines of a report.")
  var lines = 5_000

  @Option(help: "Weeks.")
  var weeks = 4

  @Flag(help: "Give every line a lot with an expiry.")
  var lots = false

  @Flag(help: "Say on every line also what came in and what was used.")
  var flows = false

  func run() async throws {
    let database = try DatabaseURL(database).open()
    let scene = try await StockScene(database, centres: centres, items: lines, lots: lots, flows: flows)
    let clock = try await CPUClock(database)
    var taken = CPUClock.Time(client: 0, server: 0)
    var read = taken
    var floor = taken
    for week in 0..<weeks {
      for centre in 0..<centres {
        let start = clock.now()
        try await scene.takeLines(week: week, centre: centre)
        let afterLines = clock.now()
        try await scene.takeText(week: week, centre: centre)
        let afterText = clock.now()
        try await scene.takeFloor(week: week, centre: centre)
        taken = taken + (afterLines - start)
        read = read + (afterText - afterLines)
        floor = floor + (clock.now() - afterText)
      }
    }
    let kind = (lots ? ", lots" : "") + (flows ? ", flows" : "")
    print("\(database.dialect.rawValue): \(centres) centres × \(weeks) weeks × \(lines) lines\(kind)")
    show("report line, all rules", taken, floor)
    show("the same from CSV text", read, floor)
    show("plain SQL", floor, floor)
    try await scene.check()
    await database.close()
  }

  private func show(_ name: String, _ time: CPUClock.Time, _ floor: CPUClock.Time) {
    let unit = 1_000_000 / Double(centres * weeks * lines)
    print(
      String(
        format: "%-24@ %6.2f µs CPU (client %5.2f, server %5.2f)  %5.2f × plain SQL",
        name as NSString,
        time.total * unit,
        time.client * unit,
        time.server * unit,
        time.total / floor.total
      )
    )
  }
}
