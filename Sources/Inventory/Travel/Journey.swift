package import Planning
package import Storage

/// A journey whose duration somebody gave, as it is kept: one for each source.
package struct Journey: Equatable, Sendable, Codable {
  package var origin: String
  package var destination: String
  /// Never the formula: that is computed each time.
  package var source: TravelTime.Source
  /// Nil where the source found no way; only a routing server says so.
  package var seconds: Int64?
  /// The file or the server it came from, with its own source.
  package var detail: String
  package var recordedAt: Instant
}

extension Journey {
  /// Keeps journeys; a newer time of the same source replaces the older one.
  static func store(_ journeys: [Journey], in connection: any Connection) throws {
    for journey in journeys {
      let (kept, gone): (SQL, SQL) =
        journey.seconds == nil ? ("travel_no_way", "travel_time") : ("travel_time", "travel_no_way")
      try connection.execute(
        """
        DELETE FROM \(gone) WHERE origin = \(journey.origin) AND destination = \(journey.destination)
          AND source = \(journey.source.rawValue)
        """
      )
      let (column, value, newer): (SQL, SQL, SQL) =
        journey.seconds.map { (", seconds", ", \($0)", "seconds = excluded.seconds, ") } ?? ("", "", "")
      try connection.execute(
        """
        INSERT INTO \(kept) (origin, destination, source, detail, recorded_at\(column))
        VALUES (\(journey.origin), \(journey.destination), \(journey.source.rawValue),
          \(journey.detail), \(journey.recordedAt)\(value))
        ON CONFLICT (origin, destination, source) DO UPDATE SET \(newer)detail = excluded.detail,
          recorded_at = excluded.recorded_at
        """
      )
    }
  }

  /// Stores journeys and logs how many, from where.
  package static func take(
    _ journeys: [Journey],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try store(journeys, in: connection)
    let summary = Dictionary(grouping: journeys) { "\($0.source.rawValue): \($0.detail)" }
      .mapValues(\.count)
    try Audit.record("travel.take", subject: "travel times", after: summary, by: stamp, in: connection)
  }

  /// Everything that is kept, by origin, destination and source.
  package static func all(in connection: any Connection) throws -> [Journey] {
    try connection.query(
      """
      SELECT origin, destination, source, seconds, detail, recorded_at FROM travel_time
      UNION ALL SELECT origin, destination, source, NULL, detail, recorded_at FROM travel_no_way
      ORDER BY 1, 2, 3
      """
    ).map { row in
      let (origin, destination, source, seconds, detail, recordedAt) = try row.decode(
        as: String.self,
        String.self,
        String.self,
        Int64?.self,
        String.self,
        Instant.self
      )
      guard let source = TravelTime.Source(rawValue: source) else {
        throw DatabaseError.mistyped(expected: "a source of travel times", found: .text(source))
      }
      return Journey(
        origin: origin,
        destination: destination,
        source: source,
        seconds: seconds,
        detail: detail,
        recordedAt: recordedAt
      )
    }
  }
}

/// Every time between people and sites, each with its source: kept ones first, the formula for the rest.
package struct Journeys: Equatable, Sendable {
  private var times: TravelTimes
  private var details: [TravelTimes.Pair: [TravelTime.Source: String]] = [:]

  package init(_ kept: [Journey], road: RoadFormula) {
    times = TravelTimes(formula: road)
    for journey in kept {
      let pair = TravelTimes.Pair(journey.origin, journey.destination)
      details[pair, default: [:]][journey.source] = journey.detail
      switch journey.source {
      case .sea: times.sea[pair] = journey.seconds
      case .imported: times.imported[pair] = journey.seconds
      case .routed:
        times.routed[pair] = journey.seconds
        if journey.seconds == nil { times.unroutable.insert(pair) }
      case .formula: continue
      }
    }
  }

  package static func read(road: RoadFormula, in connection: any Connection) throws -> Journeys {
    Journeys(try Journey.all(in: connection), road: road)
  }

  package func time(from origin: DemandPoint, to destination: SitePlace) -> TravelTime {
    times.time(from: origin.place, to: destination.place)
  }

  /// How a time is reckoned that nobody gave.
  package var formula: String {
    "great circle × \(times.formula.circuity) ÷ \(times.formula.speed) km/h"
  }

  /// What is known of a time's origin beyond its source.
  package func detail(from origin: String, to destination: String, _ source: TravelTime.Source) -> String {
    if source == .formula { return formula }
    return details[.init(origin, destination)]?[source] ?? ""
  }

  package func table(from origins: [DemandPoint], to destinations: [SitePlace]) -> TravelTable {
    times.table(from: origins.map(\.place), to: destinations.map(\.place))
  }

  package static func == (left: Journeys, right: Journeys) -> Bool {
    left.details == right.details && left.times.sea == right.times.sea
      && left.times.imported == right.times.imported && left.times.routed == right.times.routed
      && left.times.unroutable == right.times.unroutable && left.times.formula == right.times.formula
  }
}
