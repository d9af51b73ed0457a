/// Opening or closing one site, which makes a smaller problem out of another.
struct LocationDecision: Equatable, Sendable {
  var site: Int32
  var opens: Bool
  /// The bound before.
  var bound: Double
}

/// What decisions about each site did to the bound so far: the next is taken where both of its branches promise to
/// raise it (pseudocosts: Bénichou et al. 1971; the product of both: Achterberg, Koch and Martin 2005).
struct BranchingExperience {
  private struct Rises {
    var sum = 0.0
    var count = 0.0

    /// As if `mean` had been seen once.
    func expected(_ mean: Double) -> Double { (sum + mean) / (count + 1) }
  }

  private var opening: [Rises]
  private var closing: [Rises]
  private var allOpening = Rises()
  private var allClosing = Rises()

  init(sites: Int) {
    opening = [Rises](repeating: Rises(), count: sites)
    closing = opening
  }

  /// Remembers by how much a decision raised the bound.
  mutating func note(_ decision: LocationDecision, reached bound: Double) {
    let rise = max(0, bound - decision.bound)
    let site = Int(decision.site)
    if decision.opens {
      opening[site].sum += rise
      opening[site].count += 1
      allOpening.sum += rise
      allOpening.count += 1
    } else {
      closing[site].sum += rise
      closing[site].count += 1
      allClosing.sum += rise
      allClosing.count += 1
    }
  }

  /// The site to decide about next, of those that the relaxation is in doubt about; ties go to the lower number.
  /// - Parameters:
  ///   - candidates: not empty.
  ///   - frequency: how often the relaxation had each site open of late.
  /// - Returns: one of the candidates.
  func choice(among candidates: [Int32], _ frequency: [Double]) -> Int32 {
    let (up, down) = (allOpening.expected(0), allClosing.expected(0))
    var best = candidates[0]
    var greatest = -1.0
    for j in candidates {
      let share = frequency[Int(j)]
      let doubt = min(share, 1 - share) + 0.001 * share
      let rises = max(opening[Int(j)].expected(up), 1e-9) * max(closing[Int(j)].expected(down), 1e-9)
      let promise = doubt * rises
      if promise > greatest { (best, greatest) = (j, promise) }
    }
    return best
  }
}
