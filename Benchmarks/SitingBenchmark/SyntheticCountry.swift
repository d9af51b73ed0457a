import Foundation
import Planning

/// A made-up country: places thrown evenly over a square of 1000 km, populations by a power law (exponent
/// 0.9, hundreds to hundreds of thousands, as communes are), candidate sites among the places, whole minutes
/// of the default road formula (distance × 1.3 ÷ 70 km/h).
struct SyntheticCountry {
  let problem: SitingProblem

  init(points: Int, candidates: Int, seed: UInt64) {
    var stream = SplitMix64(seed: seed)
    func unit() -> Double { Double(stream.next() >> 11) * 0x1p-53 }
    let places = (0..<points).map { _ in (x: 1000 * unit(), y: 1000 * unit()) }
    let weights = (0..<points).map { _ in Int64((pow(1 - unit() * 0.9999, -0.9) * 100).rounded()) }
    let sites = (0..<candidates).map { _ in places[Int(unit() * Double(points))] }
    let legs = places.lazy.map { place in
      sites.enumerated().map { index, site in
        let distance = ((place.x - site.x) * (place.x - site.x) + (place.y - site.y) * (place.y - site.y))
          .squareRoot()
        return TravelTable.Leg(site: index, time: Int64((1.3 * distance * 60 / 70).rounded()))
      }
    }
    problem = SitingProblem(times: TravelTable(siteCount: candidates, legs: legs), weights: weights)
  }
}
