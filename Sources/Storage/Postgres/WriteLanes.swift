import Synchronization

/// How many transactions of this process may write at once: fewer after they were in each other's way, more as long as they
/// are not.
///
/// Serialisable transactions that touch the same rows cost twice: the work of those that lose, and the wait before they try
/// again. Where eight at once lose seven times, one after the other is faster. The limit follows what happens, as TCP's
/// window does (additive increase, multiplicative decrease: Chiu and Jain, 1989). It is a matter of speed alone: whatever
/// passes is checked by the server, and who writes for long is not waited for.
///
/// Those that are known to change the same thing do not find out by losing: they name it, and go one after the other.
final class WriteLanes: Sendable {
  private struct Run {
    var since: ContinuousClock.Instant
    var subject: String?
  }
  private struct Waiter {
    var id: UInt64
    var subject: String?
    var continuation: CheckedContinuation<Void, Never>
  }
  private struct State {
    var limit: Double
    var begun: [UInt64: Run] = [:]
    var waiting = FIFO<Waiter>()
    var nextID: UInt64 = 0
  }

  private let state: Mutex<State>
  private let most: Double
  private let patience: Duration
  /// By how much each transaction that met nobody widens the limit.
  private static let step = 0.1

  /// - Parameters:
  ///   - most: How many may write at once when nobody is in another's way.
  ///   - patience: Who has written for longer no longer counts.
  init(most: Int, patience: Duration = .milliseconds(250)) {
    self.most = Double(most)
    self.patience = patience
    state = Mutex(State(limit: Double(most)))
  }

  /// How many may write at once at present.
  var limit: Int { state.withLock { Int($0.limit) } }

  /// How many write.
  var running: Int { state.withLock { $0.begun.count } }

  /// Runs a transaction when there is room for it, and nobody else of the same subject at work.
  func run<Result>(
    about subject: String? = nil,
    _ transaction: () async throws -> Result
  ) async throws -> Result {
    let id = await enter(subject)
    do {
      let result = try await transaction()
      leave(id, hasMet: false)
      return result
    } catch {
      if case DatabaseError.conflict = error { leave(id, hasMet: true) } else { leave(id, hasMet: false) }
      throw error
    }
  }

  private func enter(_ subject: String?) async -> UInt64 {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withCheckedContinuation { continuation in
      admit { $0.waiting.append(Waiter(id: id, subject: subject, continuation: continuation)) }
    }
    return id
  }

  private func leave(_ id: UInt64, hasMet: Bool) {
    admit { state in
      state.begun[id] = nil
      state.limit = hasMet ? max(1, state.limit / 2) : min(most, state.limit + Self.step)
    }
  }

  /// Changes the state, and lets in those for whom there is room then.
  private func admit(_ change: (inout State) -> Void) {
    let admitted = state.withLock { state in
      change(&state)
      let now = ContinuousClock.now
      let runs = state.begun.values.filter { now - $0.since < patience }
      var running = runs.count
      var subjects = Set(runs.compactMap(\.subject))
      var admitted: [CheckedContinuation<Void, Never>] = []
      while running < Int(state.limit),
        let next = state.waiting.removeFirst(where: { $0.subject.map { !subjects.contains($0) } ?? true })
      {
        state.begun[next.id] = Run(since: now, subject: next.subject)
        if let subject = next.subject { subjects.insert(subject) }
        admitted.append(next.continuation)
        running += 1
      }
      return admitted
    }
    for continuation in admitted { continuation.resume() }
  }
}
