package import Planning
package import Storage
package import Tabular

/// The codes that a matrix of times may name.
package struct KnownPlaces: Equatable, Sendable {
  /// The departments, where people set out.
  package var origins: Set<String>
  /// The centres, where machines are.
  package var destinations: Set<String>

  package static func read(in connection: any Connection) throws -> KnownPlaces {
    KnownPlaces(
      origins: Set(try Department.all(in: connection).map(\.code)),
      destinations: Set(try Centre.all(in: connection).map(\.code.rawValue))
    )
  }

  /// Those that some journeys name and the register does not know.
  package func strangers(in journeys: [Journey]) -> [String] {
    let named = Set(journeys.map(\.origin)).subtracting(origins)
      .union(Set(journeys.map(\.destination)).subtracting(destinations))
    return named.sorted()
  }
}

extension Journey {
  private static let columns: [Sheet.Column] = [
    .init("origin"), .init("destination"), .init("minutes"), .init("mode", required: false),
    .init("source", required: false), .init("certainty", required: false),
  ]

  /// Reads a matrix of times, or the table of crossings; everything wrong in it is told at once.
  ///
  /// - Parameters:
  ///   - input: the table.
  ///   - source: `imported` for a matrix, `sea` for crossings.
  ///   - detail: what the table is called, kept where a line names no source of its own.
  ///   - instant: when it was read.
  ///   - known: the only codes that are taken; nil takes any, for candidates that are no centres.
  /// - Throws: a `SheetError` with every finding.
  /// - Returns: one journey a line; minutes become seconds, rounded to the nearest, halves up.
  package static func drafts(
    from input: consuming ByteInput,
    as source: TravelTime.Source,
    detail: String,
    at instant: Instant,
    among known: KnownPlaces? = nil
  ) throws -> [Journey] {
    var seen = Set<String>()
    return try Sheet.values(of: input, columns: columns) { row in
      let origin = row.nonEmpty("origin")
      let destination = row.nonEmpty("destination")
      let seconds = row.value("minutes", expected: "minutes, 0 or more, with at most six decimals") {
        Self.seconds(minutes: $0)
      }
      guard let origin, let destination, let seconds else { return nil }
      let isDepartment = known?.origins.contains(origin) ?? true
      let isCentre = known?.destinations.contains(destination) ?? true
      if !isDepartment { row.report("origin", expected: "the code of a department in the register") }
      if !isCentre { row.report("destination", expected: "the code of a centre in the register") }
      guard isDepartment, isCentre else { return nil }
      if !seen.insert("\(origin)\t\(destination)").inserted {
        row.report("destination", expected: "each pair once")
        return nil
      }
      let parts = [row.text("mode"), row.text("source"), row.text("certainty")].filter { !$0.isEmpty }
      return Journey(
        origin: origin,
        destination: destination,
        source: source,
        seconds: seconds,
        detail: parts.isEmpty ? detail : parts.joined(separator: "; "),
        recordedAt: instant
      )
    }
  }

  private static func seconds(minutes text: String) -> Int64? {
    guard let micro = ExactDecimal(text)?.scaled(toDecimals: 6), (0...100_000_000_000).contains(micro) else {
      return nil
    }
    return Rounding.halfUp.divide(micro * 60, by: 1_000_000)
  }
}
