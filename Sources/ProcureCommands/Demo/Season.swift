import Inventory
import Procurement
import Storage

/// The replay of 18 May to 12 October 2020: the world asks for tests, the centres report, the network reacts.
///
/// What lies on the shelves is kept here; the database knows of it only what the centres report and the buyers book.
struct Season {
  let world: SeasonWorld
  let way: SeasonWay
  let database: any Database
  let kit: Kit
  let shelfLife: [Item.SKU: Int64]
  /// Tests that a centre's analysers can do in a week; nil where nobody said.
  let capacity: [Centre.Code: Int64]

  /// The run that this Monday's decisions follow.
  var plan: PlanRun.ID?
  var shelves: [Centre.Code: Shelves] = [:]
  /// What each centre used since its last report, by lot.
  var usedLately: [Centre.Code: [Item.SKU: [Shelves.Batch]]] = [:]
  /// A report that a centre did not send on Monday.
  var delayed: (centre: Centre.Code, day: Day, lines: [ReportedLot])?
  var weeks: [SeasonWeek] = []
  var purchases: [SeasonPurchase] = []
  var deliveries = SeasonDeliveries()

  init(world: SeasonWorld, way: SeasonWay, database: any Database) async throws {
    self.world = world
    self.way = way
    self.database = database
    guard let code = Kit.Code("PCR-TEST") else { throw ItemError.noSuchKit("PCR-TEST") }
    let (kit, items, machines) = try await database.read { connection in
      (
        try Kit.find(code, in: connection), try Item.all(in: connection),
        try Equipment.list(in: connection)
      )
    }
    self.kit = kit
    shelfLife = Dictionary(uniqueKeysWithValues: items.map { ($0.sku, $0.shelfLifeDays ?? 365) })
    capacity = machines.reduce(into: [:]) { capacity, machine in
      guard let centre = machine.centre, let weekly = machine.weeklyCapacity else { return }
      capacity[centre, default: 0] += weekly
    }
  }

  /// Loads the seeds into an empty, migrated database and lives the whole season on it.
  static func lived(_ way: SeasonWay, with seeds: Seeds, on database: any Database) async throws -> Season {
    let world = try SeasonWorld.read(from: seeds)
    guard let first = world.weeks.first else { throw SeedsMissing(folder: seeds.folder) }
    try await seeds.load(into: database, by: Stamp(actor: "demo", at: Instant(first - 7, hour: 7)))
    var season = try await Season(world: world, way: way, database: database)
    try await season.run()
    return season
  }

  var items: [Item.SKU] { kit.components.map(\.item) }

  mutating func run() async throws {
    try await open()
    for index in world.weeks.indices { weeks.append(try await live(week: index)) }
    try await report(week: world.weeks.count - 1)
  }

  /// One Monday and the seven days that follow it.
  private mutating func live(week index: Int) async throws -> SeasonWeek {
    let monday = world.weeks[index]
    if index > 0 { try await report(week: index - 1) }
    try await receive(on: monday)
    let watch = try await watch(on: monday)
    let moved = try await transfer(on: monday)
    try await sendDelayed()
    if SeasonRules.ordersGoOut(inWeek: index) { try await order(on: monday) }
    let cover = try await networkCover(on: monday)
    let done = world.centres.map { centre in work(at: centre, inWeek: index) }
    return SeasonWeek(
      monday: monday,
      asked: world.demand[index].reduce(0, +),
      done: done.reduce(0, +),
      short: zip(world.centres, done).filter { centre, tests in
        tests < wanted(at: centre, inWeek: index)
      }.map(\.0),
      cover: cover,
      watch: watch,
      transfers: moved
    )
  }

  /// What a centre is asked for and its analysers can do.
  func wanted(at centre: Centre.Code, inWeek index: Int) -> Int64 {
    min(world.demand(of: centre, inWeek: index), capacity[centre] ?? .max)
  }

  /// A centre does what it is asked for as far as its shelves go, and tells how many tests that were.
  private mutating func work(at centre: Centre.Code, inWeek index: Int) -> Int64 {
    var shelf = shelves[centre] ?? Shelves()
    let tests = min(wanted(at: centre, inWeek: index), shelf.testsPossible(of: kit))
    usedLately[centre] = Dictionary(
      uniqueKeysWithValues: kit.components.map { part in
        (part.item, shelf.take(part.stockNeeded(for: tests).units, of: part.item))
      }
    )
    shelves[centre] = shelf
    return tests
  }

  /// Tests that were asked for and not done.
  var missed: Int64 { weeks.reduce(0) { $0 + $1.asked - $1.done } }
  var spent: Money { purchases.reduce(.zero) { $0 + $1.award.cost } }

  func stamp(_ actor: String, _ day: Day, hour: Int64 = 8) -> Stamp {
    Stamp(actor: actor, at: Instant(day, hour: hour))
  }
}

/// What a person wants to know of a week.
struct SeasonWeek: Equatable, Sendable {
  var monday: Day
  var asked: Int64
  var done: Int64
  /// The centres that could not do what they were asked for lack of a component.
  var short: [Centre.Code]
  /// Days of cover of the kit's scarcest component over the network; nil where no use is known.
  var cover: (item: Item.SKU, days: Int64)?
  var watch: WatchResult
  var transfers: Int

  static func == (left: SeasonWeek, right: SeasonWeek) -> Bool {
    left.monday == right.monday && left.done == right.done && left.short == right.short
  }
}
