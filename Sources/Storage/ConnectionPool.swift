import Synchronization

/// A bounded set of sessions, made when first needed and lent in the order they are asked for.
final class ConnectionPool<Session: AnyObject & Sendable>: Sendable {
  private struct Waiter {
    let id: UInt64
    /// Nil for whoever waits without an end; nobody comes behind it.
    let deadline: ContinuousClock.Instant?
    let continuation: CheckedContinuation<Session, any Error>
  }
  private struct State {
    var idle: [Session] = []
    var made = 0
    var waiting = FIFO<Waiter>()
    var nextID: UInt64 = 0
    var closed = false
    var isWatched = false
  }
  private let state = Mutex(State())
  private let limit: Int
  private let patience: Duration
  private let make: @Sendable () throws -> Session

  init(limit: Int, patience: Duration, make: @escaping @Sendable () throws -> Session) {
    self.limit = limit
    self.patience = patience
    self.make = make
  }

  /// How many callers wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  var use: PoolUse {
    state.withLock { PoolUse(limit: limit, lent: $0.made - $0.idle.count, waiting: $0.waiting.count) }
  }

  /// Lends a session to `body`. Throws `busy` when none comes free in time.
  func lend<Result>(_ body: (Session) async throws -> Result) async throws -> Result {
    let session = try await take()
    defer { giveBack(session) }
    return try await body(session)
  }

  /// Refuses new loans, waits for those under way, and returns once every session is dropped.
  func close() async {
    state.withLock { $0.closed = true }
    while let session = await reclaim() { _ = session }
  }

  private func reclaim() async -> Session? {
    guard state.withLock({ $0.made > 0 }) else { return nil }
    let session = try? await wait(patiently: true)
    state.withLock { $0.made -= 1 }
    return session
  }

  private func take() async throws -> Session {
    if let session = try free() { return session }
    return try await wait(patiently: false)
  }

  /// An idle session, or a new one while the pool may grow.
  private func free() throws -> Session? {
    let idle = try state.withLock { state throws -> Session? in
      if state.closed { throw DatabaseError.closed }
      if let session = state.idle.popLast() { return session }
      guard state.made < limit else { return nil }
      state.made += 1
      return try makeCounted(&state)
    }
    return idle
  }

  private func makeCounted(_ state: inout State) throws -> Session {
    do { return try make() } catch {
      state.made -= 1
      throw error
    }
  }

  private func wait(patiently: Bool) async throws -> Session {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { enqueue(id, patiently: patiently, $0) }
    } onCancel: {
      if !patiently { refuse(id, CancellationError()) }
    }
  }

  private func enqueue(
    _ id: UInt64,
    patiently: Bool,
    _ continuation: CheckedContinuation<Session, any Error>
  ) {
    let (session, begins, isClosed) = state.withLock { state -> (Session?, Bool, Bool) in
      if !patiently, state.closed { return (nil, false, true) }
      if let session = state.idle.popLast() { return (session, false, false) }
      let deadline = patiently ? nil : ContinuousClock.now + patience
      state.waiting.append(Waiter(id: id, deadline: deadline, continuation: continuation))
      defer { state.isWatched = state.isWatched || !patiently }
      return (nil, !patiently && !state.isWatched, false)
    }
    if isClosed { return continuation.resume(throwing: DatabaseError.closed) }
    if let session {
      continuation.resume(returning: session)
    } else if Task.isCancelled {
      refuse(id, CancellationError())
    }
    if begins { watch() }
  }

  /// Refuses whoever has waited for too long. One task does it for all: a sleep of its own for each, though cancelled,
  /// would be kept until it is over.
  private func watch() {
    Task { [weak self] in
      while let deadline = self?.nextDeadline {
        try? await Task.sleep(until: deadline, clock: .continuous)
        self?.refuseLate()
      }
    }
  }

  /// When the one who waits longest has waited for too long; nil where nobody has to be watched any more.
  private var nextDeadline: ContinuousClock.Instant? {
    state.withLock { state in
      let deadline = state.waiting.first?.deadline
      state.isWatched = deadline != nil
      return deadline
    }
  }

  private func refuseLate() {
    let late = state.withLock { state in
      let now = ContinuousClock.now
      var late: [Waiter] = []
      while let deadline = state.waiting.first?.deadline, deadline <= now {
        guard let waiter = state.waiting.popFirst() else { break }
        late.append(waiter)
      }
      return late
    }
    let error = DatabaseError.busy("no connection came free in \(patience); \(limit) are in use")
    for waiter in late { waiter.continuation.resume(throwing: error) }
  }

  private func refuse(_ id: UInt64, _ error: any Error) {
    let waiter = state.withLock { state in state.waiting.removeFirst { $0.id == id } }
    waiter?.continuation.resume(throwing: error)
  }

  private func giveBack(_ session: Session) {
    let waiter = state.withLock { state -> Waiter? in
      if let waiter = state.waiting.popFirst() { return waiter }
      state.idle.append(session)
      return nil
    }
    waiter?.continuation.resume(returning: session)
  }
}
