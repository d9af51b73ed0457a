/// Delivery points under one price a pack for each kind of pack: covering knapsacks that all points reached by
/// the same kinds share one table for (Gilmore & Gomory 1966).
///
/// Where a part is due before the last kinds arrive, the kinds come in the order of their arrival, and a quantity
/// that is too small once the last kind in time has been counted is no way to go on. Points share a table with
/// those that are owed the same.
///
/// Cost of an evaluation: largest quantity × kinds for each group, and each point's window. The arrays are kept
/// between evaluations.
struct PointTables {
  struct Point {
    var need: Int
    var most: Int
    /// Which group of kinds can deliver.
    var group: Int
  }

  /// Packs of one size that reach the same groups of points.
  struct Kind {
    var size: Int
    var groups: [Bool]
    var sources: [Int]
  }

  /// What must have arrived in all from the kinds before a position.
  struct Due: Equatable {
    var before: Int
    var quantity: Int
  }

  let points: [Point]
  /// In the order of their arrival.
  let kinds: [Kind]
  /// Of each group, what is due before its last kinds arrive, by position.
  let dues: [[Due]]
  private let largest: [Int]
  /// Where each group's table begins, in quantities.
  private let starts: [Int]
  /// Least cost of exactly each quantity, by group.
  private var costs: [Double]
  /// Packs of each kind in that, given what later kinds take: by kind, then as `costs`.
  private var counts: [Int32]
  /// Each point's quantity at the last evaluation.
  private(set) var chosen: [Int]

  init(points: [Point], kinds: [Kind], dues: [[Due]]) {
    self.points = points
    self.kinds = kinds
    self.dues = dues
    var largest = [Int](repeating: 0, count: dues.count)
    for point in points { largest[point.group] = max(largest[point.group], point.most) }
    var starts = [0]
    for most in largest { starts.append((starts.last ?? 0) + most + 1) }
    self.largest = largest
    self.starts = starts
    costs = Array(repeating: .infinity, count: starts.last ?? 0)
    counts = Array(repeating: 0, count: (starts.last ?? 0) * kinds.count)
    chosen = Array(repeating: 0, count: points.count)
  }

  /// By source.
  func kindOfSource(_ sources: Int) -> [Int] {
    kinds.enumerated().reduce(into: Array(repeating: 0, count: sources)) { found, kind in
      for source in kind.element.sources { found[source] = kind.offset }
    }
  }

  /// Most packs of a size that the points can take.
  func useful(_ size: Int) -> Int { points.reduce(0) { $0 + $1.most / size } }

  /// Whether a kind reaches every point that another reaches, in time for all that the other is in time for.
  func reaches(_ one: Int, _ other: Int) -> Bool {
    zip(kinds[one].groups, kinds[other].groups).allSatisfy { $0 || !$1 }
      && dues.joined().allSatisfy { other >= $0.before || one < $0.before }
  }

  /// What all points cost at their own best, and the packs of each kind that takes; nil where a point cannot be
  /// served. A kind with an infinite price is left out.
  mutating func evaluate(_ prices: [Double]) -> (cost: Double, demand: [Int])? {
    fill(prices)
    var total = 0.0
    var demand = [Int](repeating: 0, count: kinds.count)
    for number in points.indices {
      guard let quantity = best(points[number], taken: 0) else { return nil }
      chosen[number] = quantity
      total += cost(points[number], quantity)
      addPacks(points[number], quantity, to: &demand)
    }
    return (total, demand)
  }

  /// kernel: runs for every multiplier of every branch; raw buffers keep bounds checks out of it.
  mutating func fill(_ prices: [Double]) {
    let all = costs.count
    costs.withUnsafeMutableBufferPointer { costs in
      counts.withUnsafeMutableBufferPointer { counts in
        for group in largest.indices {
          let start = starts[group]
          let most = largest[group]
          for quantity in 0...most { costs[start + quantity] = .infinity }
          costs[start] = 0
          var due = 0
          for kind in kinds.indices where kinds[kind].groups[group] {
            while due < dues[group].count, dues[group][due].before <= kind {
              for quantity in 0..<min(most + 1, dues[group][due].quantity) {
                costs[start + quantity] = .infinity
              }
              due += 1
            }
            let base = kind * all + start
            let size = kinds[kind].size
            let price = prices[kind]
            if price == .infinity || size > most {
              for quantity in 0...most { counts[base + quantity] = 0 }
              continue
            }
            for quantity in 0..<size { counts[base + quantity] = 0 }
            var quantity = size
            while quantity <= most {
              let taken = costs[start + quantity - size] + price
              if taken < costs[start + quantity] {
                costs[start + quantity] = taken
                counts[base + quantity] = counts[base + quantity - size] &+ 1
              } else {
                counts[base + quantity] = 0
              }
              quantity &+= 1
            }
          }
        }
      }
    }
  }

  /// The quantity that serves the point for least, beside `taken` that it has already; nil where none does.
  func best(_ point: Point, taken: Int) -> Int? {
    let start = starts[point.group]
    var best = -1
    var least = Double.infinity
    var quantity = max(0, point.need - taken)
    while quantity <= point.most - taken {
      if costs[start + quantity] < least {
        least = costs[start + quantity]
        best = quantity
      }
      quantity &+= 1
    }
    return best < 0 ? nil : best
  }

  func cost(_ point: Point, _ quantity: Int) -> Double { costs[starts[point.group] + quantity] }

  /// Adds the packs that make up the quantity.
  func addPacks(_ point: Point, _ quantity: Int, to packs: inout [Int]) {
    var left = quantity
    for kind in kinds.indices.reversed() where left > 0 && kinds[kind].groups[point.group] {
      let count = Int(counts[kind * costs.count + starts[point.group] + left])
      packs[kind] += count
      left -= count * kinds[kind].size
    }
  }
}
