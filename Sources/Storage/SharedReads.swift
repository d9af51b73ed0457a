import Synchronization

/// A database whose short reads share snapshots: those that are asked for while one is under way wait for it, and then
/// are done together in the next, one after the other.
///
/// A snapshot is opened after the last of its reads was asked for, so each sees everything that was committed before. A
/// transaction, with its round trips and its two changes of thread, is paid for once by all of them. For reads that
/// compute little: a long one holds up those that share its snapshot.
package final class SharedReads: Database {
  private struct State {
    var waiting: [any Question] = []
    var lanes = 0
    /// When the snapshot that was opened last was asked for.
    var opened = ContinuousClock.now
  }

  private let base: any Database
  private let most: Int
  private let patience: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - base: where the reads are done.
  ///   - most: snapshots at once, each on a connection of its own.
  ///   - patience: how long reads wait for the snapshot under way before another is opened beside it.
  package init(base: any Database, most: Int = 4, patience: Duration = .milliseconds(5)) {
    (self.base, self.most, self.patience) = (base, most, patience)
  }

  package var dialect: Dialect { base.dialect }
  package var poolUse: PoolUse? { base.poolUse }
  package var memory: Memory? { base.memory }

  /// How many reads wait for a snapshot.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      // Begun here: the thread of the connection is the first that is waited for.
      if isLaneWanted(for: SharedQuestion(body, continuation)) { Task.immediate { await answer() } }
    }
  }

  package func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.write(about: subject, body) }

  package func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer { try await base.write(jointly: work, after: condition) }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    try await base.changes(on: channel)
  }

  package func close() async { await base.close() }

  private func isLaneWanted(for question: any Question) -> Bool {
    state.withLock { state in
      state.waiting.append(question)
      guard state.lanes == 0 || (state.lanes < most && state.opened + patience < .now) else { return false }
      state.lanes += 1
      state.opened = .now
      return true
    }
  }

  /// Answers what waits until nothing does.
  private func answer() async {
    let lane = Lane()
    while !lane.isDone {
      do { try await base.reads { self.snapshot(lane) } } catch {
        // One that the database refused must not decide for the others.
        for question in lane.take() ?? next() ?? [] { await question.ask(base) }
      }
    }
  }

  /// The next snapshot's work; nil at the end of the lane, and where the connection is to be given back for once.
  private func snapshot(_ lane: Lane) -> (@Sendable (any Connection) throws -> Void)? {
    guard lane.mayGoOn() else { return nil }
    guard let questions = next() else {
      lane.end()
      return nil
    }
    lane.begin(questions)
    return { connection in
      try connection.recogniseState()
      for question in questions { try question.answer(in: connection) }
    }
  }

  private func next() -> [any Question]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.lanes -= 1
        return nil
      }
      defer { state.waiting = [] }
      state.opened = .now
      return state.waiting
    }
  }
}

/// What is done on one connection, snapshot after snapshot.
private final class Lane: Sendable {
  private struct State {
    /// Those of the snapshot under way.
    var questions: [any Question] = []
    var snapshots = 0
    var isDone = false
  }

  private let state = Mutex(State())
  /// After so many the connection is given back, for those who wait for one.
  private static let most = 32

  var isDone: Bool { state.withLock { $0.isDone } }

  func mayGoOn() -> Bool {
    state.withLock { state in
      state.snapshots = state.snapshots == Self.most ? 0 : state.snapshots + 1
      return state.snapshots > 0
    }
  }

  func begin(_ questions: [any Question]) { state.withLock { $0.questions = questions } }

  func end() { state.withLock { $0.isDone = true } }

  /// What was not answered, or not told to be; nil where nothing was begun.
  func take() -> [any Question]? {
    state.withLock { state in
      defer { state.questions = [] }
      return state.questions.isEmpty ? nil : state.questions
    }
  }
}

private protocol Question: Sendable {
  /// Answers, unless that was done. Throws what the database refused, which is not answered yet.
  func answer(in connection: any Connection) throws(DatabaseError)
  /// Answers by itself, unless that was done.
  func ask(_ database: any Database) async
}

private final class SharedQuestion<Result: Sendable>: Question {
  private let body: @Sendable (any Connection) throws -> Result
  private let open: Mutex<CheckedContinuation<Result, any Error>?>

  init(
    _ body: @escaping @Sendable (any Connection) throws -> Result,
    _ continuation: CheckedContinuation<Result, any Error>
  ) {
    self.body = body
    open = Mutex(continuation)
  }

  private var isOpen: Bool { open.withLock { $0 != nil } }

  /// Takes what waits for the answer, once.
  private func close() -> CheckedContinuation<Result, any Error>? {
    open.withLock { open in
      defer { open = nil }
      return open
    }
  }

  func answer(in connection: any Connection) throws(DatabaseError) {
    guard isOpen else { return }
    do {
      let result = try body(connection)
      close()?.resume(returning: result)
    } catch let error as DatabaseError {
      throw error
    } catch {
      close()?.resume(throwing: error)
    }
  }

  func ask(_ database: any Database) async {
    guard isOpen else { return }
    do {
      let result = try await database.read(body)
      close()?.resume(returning: result)
    } catch {
      close()?.resume(throwing: error)
    }
  }
}
