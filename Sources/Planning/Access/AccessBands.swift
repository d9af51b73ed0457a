/// People by how long they travel to the nearest open site.
package struct AccessBands: Equatable, Sendable {
  package struct Band: Equatable, Sendable {
    package let limit: Int64
    /// People within the limit, inclusive.
    package let people: Int64
  }

  package let bands: [Band]
  package let total: Int64
  /// People whose time is not known: in no band, and not counted as far.
  package let unknown: Int64

  /// `limits` are in the units of the table. Cost: one look-up a demand point.
  package init(_ times: TravelTable, people: [Int64], open: Set<Int>, limits: [Int64]) {
    let isOpen = (0..<times.siteCount).map { open.contains($0) }
    let nearest = (0..<times.pointCount).map { times.nearest(from: $0, open: isOpen)?.time }
    bands = limits.map { limit in
      let within = zip(nearest, people).filter { time, _ in time.map { $0 <= limit } ?? false }
      return Band(limit: limit, people: within.reduce(0) { $0 + $1.1 })
    }
    total = people.reduce(0, +)
    unknown = zip(nearest, people).reduce(0) { $1.0 == nil ? $0 + $1.1 : $0 }
  }
}
