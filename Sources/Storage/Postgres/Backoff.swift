import Synchronization

/// How long to wait before a transaction is tried again: full jitter under a ceiling that doubles, so that
/// those that clashed do not clash again (Brooker, "Exponential Backoff and Jitter", AWS 2015).
final class Backoff: Sendable {
  private let generator: Mutex<any RandomNumberGenerator & Sendable>
  private let first: Duration = .milliseconds(2)
  private let longest: Duration = .milliseconds(250)

  init(generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
    self.generator = Mutex(generator)
  }

  func delay(after attempt: Int) -> Duration {
    let ceiling = min(longest, first * (1 << min(attempt, 10)))
    return ceiling * generator.withLock { Double.random(in: 0...1, using: &$0) }
  }
}
