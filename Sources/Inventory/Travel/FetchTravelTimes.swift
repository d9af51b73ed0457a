import Planning
package import Storage

/// Asks a routing server for the times that are not kept yet.
package struct TravelFetch: Sendable {
  package var server: String
  package var profile = "driving"
  /// Places in one question at most, origins and destinations together.
  package var most = 100
  /// Attempts at one question before giving up.
  package var attempts = 5
  /// Asks again for what is kept already.
  package var isRefresh = false

  package init(server: String) { self.server = server }

  package struct Outcome: Equatable, Sendable, Codable {
    /// Times that came, pairs to which the server found no way, and pairs of either kind kept from before.
    package var fetched = 0
    package var unreachable = 0
    package var cached = 0
    package var questions = 0

    package init(fetched: Int = 0, unreachable: Int = 0, cached: Int = 0, questions: Int = 0) {
      self.fetched = fetched
      self.unreachable = unreachable
      self.cached = cached
      self.questions = questions
    }
  }

  /// How an address is read: the body of a 200, or a `RoutingError`.
  package typealias Reader = @Sendable (String) async throws -> [UInt8]

  /// Every answer is kept before the next question, so that what was fetched survives a server that fails.
  ///
  /// Pairs across the sea are not asked for: a road router knows ferries by chance.
  package func run(
    on database: any Database,
    by stamp: Stamp,
    reading read: Reader,
    pause: @Sendable (Int) async throws -> Void
  ) async throws -> Outcome {
    let (geography, kept) = try await database.read { connection in
      (try Geography.read(in: connection), try Journey.all(in: connection))
    }
    let known = isRefresh ? [] : Set(kept.filter { $0.source == .routed }.map(\.pair))
    var outcome = Outcome()
    let points = geography.points.filter { Landmass.of(department: $0.code) == "continent" }
    let sites = geography.sites.filter { Landmass.of(department: $0.department) == "continent" }
    let origins = points.compactMap { point in
      point.position.map { RoutingTable.Place(name: point.code, position: $0) }
    }
    let destinations = sites.compactMap { site in
      site.position.map { RoutingTable.Place(name: site.code, position: $0) }
    }
    for block in RoutingTable.blocks(origins: origins, destinations: destinations, most: most) {
      let pairs = block.pairs
      outcome.cached += pairs.count { known.contains($0) }
      if pairs.allSatisfy(known.contains) { continue }
      let times = try await ask(block, reading: read, pause: pause)
      outcome.questions += 1
      let journeys = block.journeys(times, from: server, at: stamp.at).filter { !known.contains($0.pair) }
      let lost = journeys.count { $0.seconds == nil }
      outcome.fetched += journeys.count - lost
      outcome.unreachable += lost
      try await database.write { try Journey.take(journeys, by: stamp, in: $0) }
    }
    return outcome
  }

  private func ask(
    _ block: RoutingTable,
    reading read: Reader,
    pause: @Sendable (Int) async throws -> Void
  ) async throws -> [[Int64?]] {
    var attempt = 1
    while true {
      do {
        return try block.seconds(from: try await read(block.address(server: server, profile: profile)))
      } catch let error as RoutingError {
        guard case .unavailable = error, attempt < attempts else { throw error }
        try await pause(attempt)
        attempt += 1
      }
    }
  }
}

extension RoutingTable {
  fileprivate var pairs: [String] {
    origins.flatMap { origin in destinations.map { "\(origin.name)\t\($0.name)" } }
  }

  fileprivate func journeys(_ times: [[Int64?]], from server: String, at instant: Instant) -> [Journey] {
    zip(origins, times).flatMap { origin, row in
      zip(destinations, row).map { destination, seconds in
        Journey(
          origin: origin.name,
          destination: destination.name,
          source: .routed,
          seconds: seconds,
          detail: server,
          recordedAt: instant
        )
      }
    }
  }
}

extension Journey {
  fileprivate var pair: String { "\(origin)\t\(destination)" }
}
