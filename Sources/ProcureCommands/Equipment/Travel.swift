import ArgumentParser
import Inventory
import Planning
import Storage
package import Tabular

struct Travel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "travel",
    abstract: "Travel times between people and sites, each with its source.",
    discussion: """
      The best source is used: the table of crossings, then an imported matrix, then a routing server, and \
      the formula (great circle × circuity ÷ speed, both norms) only where roads connect.
      """,
    subcommands: [Show.self, Import.self, Fetch.self]
  )

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the times that planning uses, and where each comes from.",
      discussion: """
        Examples:
          procure travel show --origin 38
          procure travel show --destination berard --format csv
        """
    )
    @Option(help: "Only from this department.") var origin: String?
    @Option(help: "Only to this site.") var destination: String?
    @Option(help: "Only times from this source: formula, imported, routed, sea, or unknown (nobody says).")
    var source: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = Clock.today
      let lines = try await database.read { try TravelLine.all(on: day, in: $0) }.filter { line in
        (origin ?? line.origin) == line.origin && (destination ?? line.destination) == line.destination
          && (source ?? line.source) == line.source
      }
      let part = try output.part(of: lines, key: \.key)
      try output.write(
        TextTable(TravelLine.columns, rows: part.map(\.cells)),
        sheet: TextTable(TravelLine.columns, rows: part.map(\.sheetCells)),
        json: part
      )
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a matrix of times from a table: origin, destination, minutes.",
      discussion: """
        Origins are department codes, destinations are site codes; a line that names another place is refused. \
        With --other-places it is taken too: a candidate that is no site of the network has its times like this. \
        With --sea the table is that of crossings, which goes before every other source.

        Examples:
          procure travel import times.csv
          procure travel import --sea seeds/crossings.csv
          procure travel import --other-places candidate-times.csv
        """
    )
    @Flag(help: "The table tells of crossings by ship or plane.") var sea = false
    @Flag(help: "Take places that the register does not know, and name them.") var otherPlaces = false
    @OptionGroup var table: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let known = try await database.read { try KnownPlaces.read(in: $0) }
      let journeys = try Journey.drafts(
        from: try table.input(),
        as: sea ? .sea : .imported,
        detail: table.file,
        at: Clock.now,
        among: otherPlaces ? nil : known
      )
      let strangers = known.strangers(in: journeys)
      if !strangers.isEmpty {
        let first = strangers.prefix(20).joined(separator: ", ") + (strangers.count > 20 ? " …" : "")
        Terminal.note("Places that the register does not know, taken: \(strangers.count): \(first).")
      }
      try await table.take(journeys, named: "travel times", into: database) { journeys, stamp, connection in
        try Journey.take(journeys, by: stamp, in: connection)
      }
    }
  }

  struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask an OSRM server for the times that are not kept yet.",
      discussion: """
        Asks the table service in blocks, waits and asks again when the server is busy, and keeps every answer \
        at once, so that a fetch that was cut goes on where it stopped. Where the server finds no way, that is kept \
        like a time: the formula never stands in for it, and it is asked again only with --refresh. Uses the curl \
        program.

        Example: procure travel fetch http://localhost:5000
        """
    )
    @Argument(help: "The server's address.") var server: String
    @Option(help: "The server's profile.") var profile = "driving"
    @Option(help: "Places in one question at most.") var block = 100
    @Option(help: "Attempts at one question.") var attempts = 5
    @Flag(help: "Ask again for times that are kept already.") var refresh = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      let isWeb = server.hasPrefix("http://") || server.hasPrefix("https://")
      if !isWeb {
        throw ValidationError("the server is “\(server)”; expected an http:// or https:// address")
      }
      if block < 2 { throw ValidationError("--block is \(block); expected 2 or more") }
      if attempts < 1 { throw ValidationError("--attempts is \(attempts); expected 1 or more") }
    }

    func run() async throws {
      var fetch = TravelFetch(server: server)
      fetch.profile = profile
      fetch.most = block
      fetch.attempts = attempts
      fetch.isRefresh = refresh
      let outcome = try await fetch.run(
        on: database.open(),
        by: database.stamp,
        reading: Curl.body,
        pause: { attempt in try await Task.sleep(for: .milliseconds(250 << min(attempt, 6))) }
      )
      try output.write(one: outcome)
    }
  }
}

/// One time as planning uses it.
struct TravelLine: Encodable, Equatable {
  enum State: String, Encodable, CaseIterable { case known, noWay = "no way", unknown }

  let origin: String
  let destination: String
  /// Nil unless the time is known.
  let seconds: Int64?
  let state: State
  let source: String
  let detail: String

  init(from point: DemandPoint, to site: SitePlace, by journeys: Journeys) {
    origin = point.code
    destination = site.code
    let time = journeys.time(from: point, to: site)
    seconds = time.seconds
    switch time {
    case .known(_, let from):
      (state, source) = (.known, from.rawValue)
      detail = journeys.detail(from: point.code, to: site.code, from)
    case .noWay(let from):
      (state, source) = (.noWay, from.rawValue)
      detail = journeys.detail(from: point.code, to: site.code, from)
    case .unknown:
      (state, source, detail) = (.unknown, ProcureCommands.unknown, "no road, and no crossing in the table")
    }
  }

  static func all(on day: Day, in connection: any Connection) throws -> [TravelLine] {
    let geography = try Geography.read(in: connection)
    let category = try EquipmentCategory.all(in: connection).first?.code
    let road =
      try category.map { try NormBook.read(for: $0, on: day, in: connection).road() } ?? RoadFormula()
    let journeys = try Journeys.read(road: road, in: connection)
    return geography.points.flatMap { point in
      geography.sites.map { TravelLine(from: point, to: $0, by: journeys) }
    }
  }
}

extension TravelLine: Listed {
  static let columns: [TextTable.Column] = [
    .init("origin"), .init("destination"), .init("minutes", .right), .init("source"), .init("detail"),
    .init("state"),
  ]
  static var keyColumns: Int { 2 }
  var cells: [String] { cells(without: state.rawValue) }
  /// With an empty cell where there is no number.
  var sheetCells: [String] { cells(without: "") }

  private func cells(without word: String) -> [String] {
    [origin, destination, seconds.map(minutes) ?? word, source, detail, state.rawValue]
  }
}

extension TravelFetch.Outcome: Listed {
  package static let columns: [TextTable.Column] = [
    .init("fetched", .right), .init("no way", .right), .init("kept from before", .right),
    .init("questions", .right),
  ]
  package var cells: [String] { ["\(fetched)", "\(unreachable)", "\(cached)", "\(questions)"] }
}
