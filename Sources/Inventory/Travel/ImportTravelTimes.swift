package import Planning
package import Tabular

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
  /// - Throws: a `SheetError` with every finding.
  /// - Returns: one journey a line; minutes become seconds, rounded to the nearest, halves up.
  package static func drafts(
    from input: consuming ByteInput,
    as source: TravelTime.Source,
    detail: String,
    at instant: Instant
  ) throws -> [Journey] {
    var seen = Set<String>()
    return try Sheet.values(of: input, columns: columns) { row in
      let origin = row.nonEmpty("origin")
      let destination = row.nonEmpty("destination")
      let seconds = row.value("minutes", expected: "minutes, 0 or more, with at most six decimals") {
        Self.seconds(minutes: $0)
      }
      guard let origin, let destination, let seconds else { return nil }
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
