import ArgumentParser
import Inventory
import ProcurementAPI
import Storage
import Tabular

/// Which figures of stock are shown, and over which time use is measured.
struct StockFigureOptions: LimitedArguments, Sendable {
  static let limits = ["weeks": 1...520]

  @Option(help: "One centre.") var centre: Centre.Code?
  @Option(help: "One item.") var item: Item.SKU?
  @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
  @Option(help: "Weeks over which use is measured.") var weeks: Int64 = 4
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try check("weeks", weeks) }

  var window: UseWindow { UseWindow(endingOn: day ?? Clock.today, buckets: weeks) }
  var filter: StockPosition.Filter { .init(centre: centre, item: item) }

  func positions() async throws -> [StockPosition] {
    let (window, filter) = (window, filter)
    return try await database.read { try StockPosition.all(window, filter: filter, in: $0) }
  }

  /// Those of the page that is asked for, read as such; all of them in a shell.
  func page() async throws -> [StockPosition] {
    let (window, filter) = (window, filter)
    let page = try await Session.current?.page(key: Self.key) { cursor, most in
      let place = try cursor.map(Self.place)
      return try await database.read {
        try StockPosition.page(window, filter: filter, after: place, limit: most, in: $0)
      }
    }
    if let page { return page }
    return try await positions()
  }

  /// Looks centre and item up where there are no positions: a mistyped code has none either.
  /// - Throws: that there is no such centre, or no such item.
  func checkCodes(of positions: [StockPosition]) async throws {
    let (centre, item) = (centre, item)
    guard positions.isEmpty, centre != nil || item != nil else { return }
    try await database.read { connection in
      if let centre { _ = try Centre.find(centre, in: connection) }
      if let item { _ = try Item.find(item, in: connection) }
    }
  }

  func part(of positions: [StockPosition]) throws -> [StockPosition] {
    try output.part(of: positions, key: Self.key)
  }

  private static func key(_ position: StockPosition) -> [String] {
    [position.centre.rawValue, position.item.rawValue]
  }

  private static func place(_ cursor: Cursor) throws -> StockPosition.Place {
    guard cursor.key.count == 2, let centre = Centre.Code(rawValue: cursor.key[0]),
      let item = Item.SKU(rawValue: cursor.key[1])
    else { throw CursorGone() }
    return StockPosition.Place(centre: centre, item: item)
  }
}

struct StockShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is on hand, and what of it can be used."
  )
  @OptionGroup var figures: StockFigureOptions

  func run() async throws {
    let positions = try await figures.page()
    try await figures.checkCodes(of: positions)
    try figures.output.write(positions.table([.stock, .age]), json: positions)
  }
}

extension StockShow: QuickCommand {
  mutating func take(_ text: String, of parameter: String) -> Bool {
    switch parameter {
    case "centre":
      figures.centre = Centre.Code(argument: text)
      return figures.centre != nil
    case "item":
      figures.item = Item.SKU(argument: text)
      return figures.item != nil
    case "day":
      figures.day = Day(argument: text)
      return figures.day != nil
    default: return false
    }
  }
}

struct StockCover: AsyncParsableCommand, LimitedArguments {
  static let limits = ["below": 1...100_000]
  static let configuration = CommandConfiguration(
    commandName: "cover",
    abstract: "Show how many days the usable stock lasts at the present use.",
    discussion: "Example: procure stock cover --item SWAB-NP --below 14"
  )
  @OptionGroup var figures: StockFigureOptions
  @Option(help: "Only what lasts fewer days than this, and that of which nobody can tell.") var below: Int64?

  func run() async throws {
    let part =
      if let below {
        try figures.part(of: await figures.positions().filter { $0.mayLast(lessThan: below) })
      } else {
        try await figures.page()
      }
    try await figures.checkCodes(of: part)
    try figures.output.write(part.table([.use, .age]), json: part)
  }
}

extension StockPosition {
  /// Whether nothing says that it lasts so many days: what cannot be told may be the worst.
  fileprivate func mayLast(lessThan days: Int64) -> Bool { cover.days.map { $0 < days } ?? true }
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

struct StockTests: AsyncParsableCommand, LimitedArguments {
  static let limits = ["capacity": ParameterTypes.amounts]
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

struct StockExpiring: AsyncParsableCommand, LimitedArguments {
  static let limits = ["within": 0...36_500]
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
