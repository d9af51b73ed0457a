import Storage

/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Sendable, RawRepresentable, Storable {
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }

  /// `hour` o'clock UTC of a day.
  package init(_ day: Day, hour: Int64 = 0) { rawValue = (day.rawValue * 24 + hour) * 3_600_000 }

  /// The day in UTC.
  package var day: Day {
    Day(rawValue: (rawValue - (rawValue % 86_400_000 + 86_400_000) % 86_400_000) / 86_400_000)
  }
}

extension Instant: Comparable {
  package static func < (left: Instant, right: Instant) -> Bool { left.rawValue < right.rawValue }
}

extension Instant: LosslessStringConvertible {
  /// Reads RFC 3339 in UTC: `2026-03-01T08:30:00Z`, with or without milliseconds.
  package init?(_ text: String) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, let day = Day(String(halves[0])), halves[1].last == "Z" else { return nil }
    let clock = halves[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let parts = clock[0].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count == 2 ? Int64($0) : nil }
    guard numbers.count == 3, parts.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60,
      let milliseconds = clock.count == 1 ? 0 : clock[1].count == 3 ? Int64(clock[1]) : nil, clock.count <= 2
    else { return nil }
    rawValue = ((day.rawValue * 24 + numbers[0]) * 3600 + numbers[1] * 60 + numbers[2]) * 1000 + milliseconds
  }

  package var description: String {
    let milliseconds = Int(rawValue - day.rawValue * 86_400_000)
    let seconds = milliseconds / 1000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    let fraction = milliseconds % 1000 == 0 ? "" : "." + padded(milliseconds % 1000, 3)
    return "\(day)T\(clock)\(fraction)Z"
  }
}

extension Instant: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let instant = Instant(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected an instant as 2026-03-01T08:30:00Z"
      )
    }
    self = instant
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
