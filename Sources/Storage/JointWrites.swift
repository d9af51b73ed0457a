import Synchronization

/// Work that would wait for others of its kind anyway, since all of them change the same rows, and that can be done for
/// several callers at once.
package protocol JointWork: Sendable {
  associatedtype Answer: Sendable
  /// What all of them change, as in `Database.write(about:)`.
  static var subject: String { get }
  /// Does all of it in one transaction, each as if it came after those before it.
  /// - Returns: an answer for each. What a rule refuses has the refusal for its answer and leaves nothing behind.
  /// - Throws: what ends the transaction for all.
  static func perform(_ works: [Self], in connection: any Connection) throws -> [Result<Answer, any Error>]
}

/// What must hold in the transaction of a joint work; it reads, and writes nothing.
package struct JointCondition: Sendable {
  /// Of two conditions of one name one answer holds for both.
  let name: String
  package let check: @Sendable (any Connection) throws -> Void

  package init(_ name: String, _ check: @escaping @Sendable (any Connection) throws -> Void) {
    (self.name, self.check) = (name, check)
  }
}

extension Database {
  /// Does a work in a transaction of its own.
  package func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer {
    try await write(about: Work.subject) { try work.alone(after: condition, in: $0) }
  }
}

extension JointWork {
  /// Does the work by itself, in a transaction that ends with it.
  package func alone(after condition: JointCondition?, in connection: any Connection) throws -> Answer {
    try condition?.check(connection)
    return try Self.perform([self], in: connection)[0].get()
  }
}

/// Does together what came while the transaction before it was under way.
///
/// Where all wait for one row, a transaction for each is paid for by everybody behind it. Done together they share what
/// opens and closes it, and what they look up; how many there are follows by itself from how fast they come.
final class JointWrites: Sendable {
  private let queues = Mutex<[ObjectIdentifier: any Sendable]>([:])

  func write<Work: JointWork>(
    _ work: Work,
    after condition: JointCondition?,
    in database: any Database
  ) async throws -> Work.Answer {
    try await queue(of: Work.self).write(work, after: condition, in: database)
  }

  /// How many works of a kind wait for a transaction.
  func waitingCount<Work: JointWork>(of kind: Work.Type) -> Int { queue(of: kind).waitingCount }

  private func queue<Work: JointWork>(of kind: Work.Type) -> JointQueue<Work> {
    queues.withLock { queues in
      let key = ObjectIdentifier(kind)
      if let known = queues[key] as? JointQueue<Work> { return known }
      let queue = JointQueue<Work>()
      queues[key] = queue
      return queue
    }
  }
}

/// Works of one kind that wait for their transaction.
private final class JointQueue<Work: JointWork>: Sendable {
  private struct Entry {
    var work: Work
    var condition: JointCondition?
    var caller: CheckedContinuation<Work.Answer, any Error>
  }
  private struct State {
    var waiting = FIFO<Entry>()
    var isAtWork = false
  }

  private let state = Mutex(State())
  /// Of more, the first would wait for long.
  private static var most: Int { 32 }

  var waitingCount: Int { state.withLock { $0.waiting.count } }

  func write(
    _ work: Work,
    after condition: JointCondition?,
    in database: any Database
  ) async throws -> Work.Answer {
    try await withCheckedThrowingContinuation { caller in
      let begins = state.withLock { state in
        state.waiting.append(Entry(work: work, condition: condition, caller: caller))
        defer { state.isAtWork = true }
        return !state.isAtWork
      }
      if begins { Task { await empty(into: database) } }
    }
  }

  private func empty(into database: any Database) async {
    while let entries = next() { await write(entries, into: database) }
  }

  private func next() -> [Entry]? {
    state.withLock { state in
      var entries: [Entry] = []
      while entries.count < Self.most, let entry = state.waiting.popFirst() { entries.append(entry) }
      state.isAtWork = !entries.isEmpty
      return entries.isEmpty ? nil : entries
    }
  }

  private func write(_ entries: [Entry], into database: any Database) async {
    do {
      let answers = try await database.write(about: Work.subject) { connection in
        try Self.answers(to: entries, in: connection)
      }
      for (entry, answer) in zip(entries, answers) { entry.caller.resume(with: answer) }
    } catch {
      // One that the database refused must not decide for the others.
      if entries.count > 1, error.mayBeOfOne {
        for entry in entries { await write([entry], into: database) }
      } else {
        for entry in entries { entry.caller.resume(throwing: error) }
      }
    }
  }

  private static func answers(
    to entries: [Entry],
    in connection: any Connection
  ) throws -> [Result<Work.Answer, any Error>] {
    var checked: [String: Result<Void, any Error>] = [:]
    let conditions = try entries.map { entry -> Result<Void, any Error> in
      guard let condition = entry.condition else { return .success(()) }
      if let known = checked[condition.name] { return known }
      let result = try refusal { try condition.check(connection) }
      checked[condition.name] = result
      return result
    }
    let admitted = zip(entries, conditions).compactMap { entry, condition in
      if case .success = condition { entry.work } else { nil }
    }
    var answers = try admitted.isEmpty ? [] : Work.perform(admitted, in: connection)
    answers.reverse()
    return conditions.map { condition in
      condition.flatMap { answers.popLast() ?? .failure(DatabaseError.failed("a joint work has no answer")) }
    }
  }
}

/// The result of work that a rule may refuse; what the database refuses is thrown.
package func refusal<Success>(_ work: () throws -> Success) throws -> Result<Success, any Error> {
  do { return .success(try work()) } catch let error as DatabaseError { throw error } catch {
    return .failure(error)
  }
}

extension Error {
  /// Whether each of several works may fare better by itself. Nothing was kept of them, and the next transaction is not
  /// bound to fail as this one did.
  fileprivate var mayBeOfOne: Bool {
    guard let error = self as? DatabaseError else { return true }
    return switch error {
    case .outcomeUnknown, .unreachable, .busy, .closed: false
    default: true
    }
  }
}
