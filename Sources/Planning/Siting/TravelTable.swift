/// Times from demand points to candidate sites, in whole units that the caller declares (seconds, hundredths
/// of a minute, metres). A pair that is not listed cannot be travelled.
package struct TravelTable: Sendable, Equatable {
  package struct Leg: Sendable, Equatable {
    package let site: Int
    package let time: Int64

    package init(site: Int, time: Int64) {
      self.site = site
      self.time = time
    }
  }

  package let siteCount: Int
  /// Entries of point i are `start[i]..<start[i + 1]`, nearest first, ties by site.
  let start: [Int]
  let site: [Int32]
  let time: [Int64]

  package var pointCount: Int { start.count - 1 }

  /// One list of legs per demand point, in any order. Cost: a sort of each list.
  package init(siteCount: Int, legs: some Sequence<[Leg]>) {
    self.siteCount = siteCount
    var start = [0]
    var site: [Int32] = []
    var time: [Int64] = []
    for list in legs {
      for leg in list.sorted(by: { ($0.time, $0.site) < ($1.time, $1.site) }) {
        site.append(Int32(leg.site))
        time.append(leg.time)
      }
      start.append(site.count)
    }
    self.start = start
    self.site = site
    self.time = time
  }

  /// The legs of a demand point, nearest first.
  package func legs(from point: Int) -> some RandomAccessCollection<Leg> {
    (start[point]..<start[point + 1]).lazy.map { Leg(site: Int(site[$0]), time: time[$0]) }
  }

  /// The leg to the nearest of the open sites; nil when none can be reached.
  package func nearest(from point: Int, open: [Bool]) -> Leg? {
    legs(from: point).first { open[$0.site] }
  }
}
