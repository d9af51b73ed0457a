import ArgumentParser
import Inventory
import Storage
import Tabular

/// Which figures of stock are shown, and over which time use is measured.
struct StockFigureOptions: ParsableArguments {
  @Option(help: "One centre.") var centre: Centre.Code?
  @Option(help: "One item.") var item: Item.SKU?
  @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
  @Option(help: "Weeks over which use is measured.") var weeks: Int64 = 4
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...520).contains(weeks) else { throw ValidationError("--weeks: expected 1 to 520") }
  }

  var window: UseWindow { UseWindow(endingOn: day ?? Clock.today, buckets: weeks) }
  var filter: StockPosition.Filter { .init(centre: centre, item: item) }

  func positions() async throws -> [StockPosition] {
    let (window, filter) = (window, filter)
    return try await database.read { try StockPosition.all(window, filter: filter, in: $0) }
  }

  func part(of positions: [StockPosition]) throws -> [StockPosition] {
    try output.part(of: positions) { [$0.centre.rawValue, $0.item.rawValue] }
  }
}

struct StockShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is on hand, and what of it can be used."
  )
  @OptionGroup var figures: StockFigureOptions

  func run() async throws {
    let positions = try figures.part(of: await figures.positions())
    try figures.output.write(positions.table([.stock, .age]), json: positions)
  }
}

struct StockCover: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cover",
    abstract: "Show how many days the usable stock lasts at the present use.",
    discussion: "Example: procure stock cover --item SWAB-NP --below 14"
  )
  @OptionGroup var figures: StockFigureOptions
  @Option(help: "Only what lasts fewer days than this.") var below: Int64?

  func run() async throws {
    let positions = try await figures.positions().filter { position in
      below.map { limit in position.cover.days.map { $0 < limit } ?? false } ?? true
    }
    let part = try figures.part(of: positions)
    try figures.output.write(part.table([.use, .age]), json: part)
  }
}

struct StockConsumption: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consumption",
    abstract: "Show what was used, week by week, adjusted for days without stock."
  )
  @OptionGroup var figures: StockFigureOptions

  func run() async throws {
    let (window, filter) = (figures.window, figures.filter)
    let consumption = try await figures.database.read { try Consumption.all(window, filter: filter, in: $0) }
    try figures.output.write(consumption)
  }
}

struct StockTests: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tests",
    abstract: "Show how many tests each centre can do, and what runs out first.",
    discussion: "Example: procure stock tests --kit pcr --capacity 2000"
  )
  @Option(help: "The kit.") var kit: Kit.Code
  @Option(help: "Tests that the machines can do in the time in question.") var capacity: Int64?
  @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (kit, capacity) = (kit, capacity)
    let window = UseWindow(endingOn: day ?? Clock.today)
    let tests = try await database.read { connection in
      try TestsPossible.all(
        of: try Kit.find(kit, in: connection),
        window,
        capacity: capacity,
        in: connection
      )
    }
    try output.write(tests)
  }
}

struct StockExpiring: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expiring",
    abstract: "Show which lots on hand are or will be out of date."
  )
  @Option(help: "Within so many days.") var within: Int64 = 90
  @Option(help: "One centre.") var centre: Centre.Code?
  @Option(help: "One item.") var item: Item.SKU?
  @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let today = day ?? Clock.today
    let (last, filter) = (today + within, StockPosition.Filter(centre: centre, item: item))
    let lots = try await database.read {
      try ExpiringLot.all(until: last, today: today, filter: filter, in: $0)
    }
    try output.write(lots)
  }
}
