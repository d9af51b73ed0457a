import Synchronization

/// Asks for something that may not answer: whoever watches the service must hear of it in time.
enum Probe {
  /// The result of the work; what comes of it later is nobody's any more.
  /// - Throws: what the work throws, or `Problem` 503 where it takes longer.
  static func within<Result: Sendable>(
    _ limit: Duration,
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let first = First<Result>()
    let working = Task {
      do { first.settle(.success(try await work())) } catch { first.settle(.failure(error)) }
    }
    let waiting = Task {
      try await Task.sleep(for: limit)
      first.settle(.failure(Problem.later("database.unready", "the database does not answer")))
    }
    defer {
      waiting.cancel()
      working.cancel()
    }
    return try await withCheckedThrowingContinuation { first.await($0) }
  }

  /// The first of two outcomes, for whoever waits for it.
  private final class First<Result: Sendable>: Sendable {
    private enum State {
      case open
      case awaited(CheckedContinuation<Result, any Error>)
      case settled(Swift.Result<Result, any Error>)
    }
    private let state = Mutex(State.open)

    func await(_ continuation: CheckedContinuation<Result, any Error>) {
      let known: Swift.Result<Result, any Error>? = state.withLock { state in
        if case .settled(let result) = state { return result }
        state = .awaited(continuation)
        return nil
      }
      if let known { continuation.resume(with: known) }
    }

    func settle(_ result: Swift.Result<Result, any Error>) {
      let waiting: CheckedContinuation<Result, any Error>? = state.withLock { state in
        defer { if case .settled = state {} else { state = .settled(result) } }
        if case .awaited(let continuation) = state { return continuation }
        return nil
      }
      waiting?.resume(with: result)
    }
  }
}
