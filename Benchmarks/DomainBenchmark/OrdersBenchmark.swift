import ArgumentParser
import Foundation
import Storage

/// Orders placed and approved, all rules included, beside the same rows by plain SQL.
struct OrdersBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orders",
    abstract: "Place and approve orders, beside an insert of the same rows."
  )

  @Option(help: "A SQLite file that does not exist yet, or the URL of an empty PostgreSQL database.")
  var database =
    NSTemporaryDirectory() + "orders-benchmark-\(ProcessInfo.processInfo.processIdentifier).sqlite"

  @Option(help: "Orders.")
  var orders = 500

  @Option(help: "Lines of an order.")
  var lines = 10

  @Option(help: "Centres that share each line.")
  var shares = 3

  func run() async throws {
    let database = try DatabaseURL(database).open()
    let scene = try await OrderScene(database, lines: lines, shares: shares)
    let clock = try await CPUClock(database)
    var placed = CPUClock.Time(client: 0, server: 0)
    var floor = placed
    let batch = 50
    for start in stride(from: 0, to: orders, by: batch) {
      let before = clock.now()
      for index in start..<min(start + batch, orders) { try await scene.order(index) }
      let between = clock.now()
      for index in start..<min(start + batch, orders) { try await scene.floor(index) }
      placed = placed + (between - before)
      floor = floor + (clock.now() - between)
    }
    print("\(database.dialect.rawValue): \(orders) orders × \(lines) lines × \(shares) centres")
    show("order, all rules", placed, floor)
    show("plain SQL", floor, floor)
    guard try await scene.check(orders: orders) else { throw ExitCode.failure }
    await database.close()
  }

  private func show(_ name: String, _ time: CPUClock.Time, _ floor: CPUClock.Time) {
    let unit = 1_000 / Double(orders)
    print(
      String(
        format: "%-20@ %6.3f ms CPU (client %5.3f, server %5.3f)  %5.2f × plain SQL",
        name as NSString,
        time.total * unit,
        time.client * unit,
        time.server * unit,
        time.total / floor.total
      )
    )
  }
}
