import Inventory
import Synchronization

/// A bucket of tokens for each caller: so many at once, so many a second on average.
final class RateLimiter: Sendable {
  private struct Bucket {
    var level: Double
    var at: Instant
  }

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Beyond so many callers those whose buckets are full again are forgotten.
  private static let callers = 10_000

  init(rate: Double, burst: Double) {
    self.rate = rate
    self.burst = burst
  }

  /// Takes a token; returns the seconds to wait where there is none.
  func take(_ caller: String, at moment: Instant) -> Int? {
    buckets.withLock { buckets in
      if buckets.count > Self.callers { buckets = buckets.filter { level(of: $0.value, at: moment) < burst } }
      var bucket = buckets[caller] ?? Bucket(level: burst, at: moment)
      bucket.level = level(of: bucket, at: moment)
      bucket.at = moment
      defer { buckets[caller] = bucket }
      guard bucket.level >= 1 else { return Int(((1 - bucket.level) / rate).rounded(.up)) }
      bucket.level -= 1
      return nil
    }
  }

  private func level(of bucket: Bucket, at moment: Instant) -> Double {
    let seconds = Double(max(0, moment.rawValue - bucket.at.rawValue)) / 1_000
    return min(burst, bucket.level + seconds * rate)
  }
}
