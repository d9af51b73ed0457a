import Planning
import Storage

/// What is known of machines on one day, each table read once however many categories are looked at.
struct EquipmentRegister {
  let day: Day
  let geography: Geography
  private let norms: NormBooks
  private let machines: [EquipmentCategory.Code: [Equipment]]
  private let logs: [Int64: [Equipment.StatusEntry]]
  private let silent: [EquipmentCategory.Code: Set<Organisation.Code>]
  private let activity: [EquipmentCategory.Code: [Activity]]
  private let ceased: [Maker]
  private let kept: [Journey]
  private let places: [SitePlace]
  /// The journeys that were made last: most categories drive by the same formula.
  private var lastJourneys: (road: RoadFormula, journeys: Journeys, table: TravelTable)?

  /// - Parameters:
  ///   - category: the only one that will be looked at; nil for all.
  ///   - geography: people and sites.
  ///   - day: the day of the plan.
  ///   - connection: a snapshot.
  /// - Throws: the database's errors.
  init(
    of category: EquipmentCategory.Code? = nil,
    _ geography: Geography,
    on day: Day,
    in connection: any Connection
  ) throws {
    (self.day, self.geography) = (day, geography)
    norms = try NormBooks.read(on: day, in: connection)
    machines = Dictionary(grouping: try Equipment.list(category: category, in: connection), by: \.category)
    logs = try FleetMachine.functionLogs(of: category, until: day, in: connection)
    silent = try Presence.table(in: connection).reduce(into: [:]) { silent, cell in
      if cell.presence == .unknown { silent[cell.category, default: []].insert(cell.organisation) }
    }
    activity = Dictionary(
      grouping: try Activity.all(upTo: Int64(day.year), in: connection),
      by: \.category
    )
    ceased = try Maker.all(in: connection).filter { $0.state == .ceased }
    kept = try Journey.all(in: connection)
    places = geography.centres.map(SitePlace.init)
  }

  /// Everything that is known of one category.
  mutating func view(of category: EquipmentCategory) throws -> CategoryView {
    let book = norms[category.code]
    let (journeys, table) = journeys(by: try book.road())
    return CategoryView(
      category: category,
      day: day,
      geography: geography,
      book: book,
      need: try NeedModel(book),
      fleet: FleetMachine.fleet(machines[category.code] ?? [], logs, book, geography, on: day),
      silent: silent[category.code] ?? [],
      activity: Self.latest(activity[category.code] ?? []),
      ceased: ceased,
      journeys: journeys,
      places: places,
      table: table
    )
  }

  private mutating func journeys(by road: RoadFormula) -> (Journeys, TravelTable) {
    if let known = lastJourneys, known.road == road { return (known.journeys, known.table) }
    let journeys = Journeys(kept, road: road)
    let table = journeys.table(from: geography.points, to: places)
    lastJourneys = (road, journeys, table)
    return (journeys, table)
  }

  /// The latest year of each site.
  private static func latest(_ reports: [Activity]) -> [Activity] {
    Dictionary(reports.map { ($0.centre, $0) }) { $1.year > $0.year ? $1 : $0 }
      .values.sorted { $0.centre < $1.centre }
  }
}
