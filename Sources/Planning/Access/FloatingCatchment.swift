import Foundation

/// Spatial accessibility by floating catchment areas: every site's supply is shared among all who can reach
/// it, and each place adds up its shares.
///
///     R_j = S_j / Σ_k G_kj·W(t_kj)·P_k        A_i = Σ_j G_ij·W(t_ij)·R_j
///
/// Two-step (Radke and Mu 2000; Luo and Wang 2003): W is 1 within the limit. Enhanced (Luo and Qi 2009): W
/// falls in steps. Gravity: W is a power of the time. Three-step (Wan, Zou and Sternberg 2012): people also
/// choose, G_ij = C(t_ij) / Σ_j C(t_ij) over all sites they know of; otherwise G is 1. Cost: two passes over the pairs.
package struct FloatingCatchment: Sendable {
  /// How much a site counts at a given time.
  package enum Weight: Sendable {
    /// One up to and including the limit.
    case within(Double)
    /// The weight of the first step whose limit is not exceeded; zero beyond the last.
    case steps([(limit: Double, weight: Double)])
    /// time^exponent below the limit.
    case gravity(exponent: Double, below: Double)

    package func value(at time: Double) -> Double {
      switch self {
      case .within(let limit): time <= limit ? 1 : 0
      case .steps(let steps): steps.first { time <= $0.limit }?.weight ?? 0
      case .gravity(let exponent, let limit): time < limit ? pow(time, exponent) : 0
      }
    }

    /// The three steps of Luo and Qi (2009), minutes.
    package static let luoQi = Weight.steps([(10, 1), (20, 0.68), (30, 0.22)])
  }

  package struct Pair: Sendable {
    package let place: Int
    package let site: Int
    package let time: Double

    package init(place: Int, site: Int, time: Double) {
      self.place = place
      self.site = site
      self.time = time
    }
  }

  /// Supply per person, at each place.
  package private(set) var access: [Double]
  /// People that each site serves, weighted by how far they are.
  package private(set) var demand: [Double]
  /// Supply that somebody can reach.
  package private(set) var reachableSupply: Double
  private let people: [Double]

  package init(people: [Double], supply: [Double], pairs: [Pair], weight: Weight, choice: Weight? = nil) {
    self.people = people
    access = [Double](repeating: 0, count: people.count)
    reachableSupply = 0
    var attraction = [Double](repeating: 0, count: people.count)
    for pair in pairs { attraction[pair.place] += choice?.value(at: pair.time) ?? 0 }
    let attracted = attraction
    func share(_ pair: Pair) -> Double {
      let value = weight.value(at: pair.time)
      guard let choice, value > 0, attracted[pair.place] > 0 else { return choice == nil ? value : 0 }
      return value * choice.value(at: pair.time) / attracted[pair.place]
    }
    demand = [Double](repeating: 0, count: supply.count)
    for pair in pairs { demand[pair.site] += share(pair) * people[pair.place] }
    for pair in pairs where demand[pair.site] > 0 {
      access[pair.place] += share(pair) * supply[pair.site] / demand[pair.site]
    }
    for j in supply.indices where demand[j] > 0 { reachableSupply += supply[j] }
  }

  /// Σ people × access − reachable supply: zero but for rounding, because shares only divide what there is.
  package var conservationError: Double {
    zip(people, access).reduce(0) { $0 + $1.0 * $1.1 } - reachableSupply
  }
}
