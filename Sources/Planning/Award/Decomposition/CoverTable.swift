/// The least cost of exactly each quantity, from packs of several sizes without limit: an unbounded knapsack
/// table, one for all points that the same sources reach. Cost: largest quantity × sources.
struct CoverTable {
  private(set) var costs: [Double]
  private var lasts: [Int8]
  /// Packs of the watched source in each quantity; empty where none is watched.
  private(set) var watchedPacks: [Int32]
  private let sizes: [Int]

  private struct Candidate {
    var source: Int
    var size: Int
    var price: Double
  }

  init(_ most: Int, sizes: [Int], prices: [Double], usable: [Int], watching watched: Int? = nil) {
    self.sizes = sizes
    costs = Array(repeating: .infinity, count: most + 1)
    lasts = Array(repeating: -1, count: most + 1)
    watchedPacks = watched == nil ? [] : Array(repeating: 0, count: most + 1)
    let candidates = Self.undominated(
      usable.filter { prices[$0].isFinite }.map { Candidate(source: $0, size: sizes[$0], price: prices[$0]) }
    )
    fill(candidates)
    guard let watched else { return }
    for quantity in stride(from: 1, through: most, by: 1) where lasts[quantity] >= 0 {
      let last = Int(lasts[quantity])
      watchedPacks[quantity] = watchedPacks[quantity - sizes[last]] + (last == watched ? 1 : 0)
    }
  }

  /// Leaves out a source that as many packs of another one replace at no more cost.
  private static func undominated(_ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { one in
      !candidates.contains { other in
        guard other.source != one.source, one.size % other.size == 0 else { return false }
        let replaced = other.price * Double(one.size / other.size)
        return replaced < one.price
          || (replaced == one.price && (other.size, other.source) < (one.size, one.source))
      }
    }
  }

  private mutating func fill(_ candidates: [Candidate]) {
    costs.withUnsafeMutableBufferPointer { costs in
      lasts.withUnsafeMutableBufferPointer { lasts in
        candidates.withUnsafeBufferPointer { candidates in
          costs[0] = 0
          for quantity in stride(from: 1, to: costs.count, by: 1) {
            var least = Double.infinity
            var last = -1
            for candidate in candidates where candidate.size <= quantity {
              let cost = costs[quantity - candidate.size] + candidate.price
              if cost < least {
                least = cost
                last = candidate.source
              }
            }
            costs[quantity] = least
            lasts[quantity] = Int8(last)
          }
        }
      }
    }
  }

  /// The quantity between `lowest` and `highest` that costs least; nil where none can be made up.
  func best(_ lowest: Int, _ highest: Int) -> Int? {
    var best: Int?
    var least = Double.infinity
    for quantity in stride(from: max(0, lowest), through: highest, by: 1) where costs[quantity] < least {
      least = costs[quantity]
      best = quantity
    }
    return best
  }

  /// Adds the packs that make up `quantity`.
  func trace(_ quantity: Int, into packs: inout [Int]) {
    var left = quantity
    while left > 0 {
      let source = Int(lasts[left])
      packs[source] += 1
      left -= sizes[source]
    }
  }
}
