package import Storage

/// Computes what is not kept of a network's positions before anybody asks for it.
///
/// A few centres at a time, each in a snapshot of its own: who asks for a page meanwhile has it computed alone, nobody
/// waits for more than a few centres, and no more is held in memory than they have, beside what is kept.
package struct PositionsAhead: Sendable {
  private let window: UseWindow
  private let database: any Database
  /// How many positions are computed in one snapshot, about.
  private let portion: Int

  package init(_ window: UseWindow, in database: any Database, portion: Int = 2_000) {
    (self.window, self.database, self.portion) = (window, database, portion)
  }

  /// Reads until everything is kept, the task is cancelled, or there is more than may be kept.
  /// - Throws: the database's errors.
  package func read() async throws {
    let window = window
    let found = try await database.read { connection in
      try RememberedPositions(window, in: connection).map { remembered in
        // Whoever finds too much from here on is told of by the next round.
        _ = remembered.kept.takeBehind()
        return (remembered.kept, try remembered.outdated())
      }
    }
    guard let (kept, centres) = found, !centres.isEmpty else { return }
    kept.readAhead(window)
    defer { kept.readAhead(nil) }
    var (rest, most) = (centres[...], 1)
    while !rest.isEmpty, kept.mayHold(window), !Task.isCancelled {
      let (first, last) = (rest[rest.startIndex], rest.prefix(most)[rest.prefix(most).endIndex - 1])
      rest = rest.dropFirst(most)
      let count = try await database.read { connection in
        try RememberedPositions(window, in: connection)?.refresh(first...last) ?? 0
      }
      most = count * 2 <= portion ? most * 2 : max(1, count <= portion ? most : most / 2)
    }
  }
}

extension PositionsAhead {
  /// Waits for as long as it says, or until somebody found more moved than could be waited for.
  /// - Parameters:
  ///   - least: for so long in any case, however much moves.
  ///   - most: for no longer.
  /// - Throws: the database's errors, and the task's cancellation.
  package func rest(atLeast least: Duration, atMost most: Duration) async throws {
    let window = window
    let kept = try await database.read { RememberedPositions(window, in: $0)?.kept }
    let clock = ContinuousClock()
    let end = clock.now + most
    try await Task.sleep(for: min(least, most), clock: clock)
    while clock.now < end, kept?.takeBehind() != true {
      try await Task.sleep(for: min(.milliseconds(500), clock.now.duration(to: end)), clock: clock)
    }
  }
}

extension RememberedPositions {
  /// The centres of which something else or nothing is kept, in the order of their keys; none where all is too much.
  fileprivate func outdated() throws -> [Centre.ID] {
    guard kept.mayHold(window) else { return [] }
    let known = kept.shelves(window)
    return try StockMark.all(in: connection)
      .filter { known[$0.code]?.mark != $0.mark }.map(\.centre).sorted()
  }

  /// Keeps what is true now of the centres whose keys stand in a range.
  /// - Returns: how many positions they have that nothing was known of.
  fileprivate func refresh(_ centres: ClosedRange<Centre.ID>) throws -> Int {
    let places = try StockMark.all(in: connection).filter { centres.contains($0.centre) }
    let known = kept.shelves(window)
    let unknown = places.filter { known[$0.code]?.mark.lots != $0.mark.lots }
    for place in places where unknown.count == 1 || known[place.code]?.mark.lots == place.mark.lots {
      _ = try positions(at: place, nil)
    }
    guard unknown.count != 1 else { return kept.shelf(of: unknown[0].code, window)?.positions.count ?? 0 }
    var shelves = Dictionary(
      uniqueKeysWithValues: unknown.map { ($0.code, KeptPositions.Shelf(mark: $0.mark, positions: [])) }
    )
    var filter = StockPosition.Filter()
    filter.centres = centres
    try StockPosition.compute(window, filter: filter, in: connection) { position in
      shelves[position.centre]?.positions.append(position)
    }
    kept.keep(shelves, window)
    return shelves.values.reduce(0) { $0 + $1.positions.count }
  }
}
