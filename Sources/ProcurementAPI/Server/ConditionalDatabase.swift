import Storage

/// A database whose first transaction of a request is bound to conditions: some for whatever is done, some for the first
/// change.
struct ConditionalDatabase: Database {
  typealias Condition = @Sendable (any Connection) throws -> Void

  let base: any Database
  private let entry: JointCondition?
  private let conditions: Condition?
  private let isEntered = Flag()
  private let isMet = Flag()

  /// - Parameters:
  ///   - base: where the work is done.
  ///   - entry: checked, or read, in the first transaction, whatever it does; nil for nothing.
  ///   - conditions: checked in the first transaction that writes; nil for none.
  init(base: any Database, entry: JointCondition? = nil, conditions: Condition? = nil) {
    (self.base, self.entry, self.conditions) = (base, entry, conditions)
  }

  var dialect: Dialect { base.dialect }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    guard let entry, !isEntered.isSet else { return try await base.read(body) }
    let result = try await base.read { connection in
      try entry.check(connection)
      return try body(connection)
    }
    isEntered.set()
    return result
  }

  func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    let (entry, conditions) = (isEntered.isSet ? nil : entry, isMet.isSet ? nil : conditions)
    guard entry != nil || conditions != nil else { return try await base.write(about: subject, body) }
    let result = try await base.write(about: subject) { connection in
      try entry?.check(connection)
      try conditions?(connection)
      return try body(connection)
    }
    isEntered.set()
    isMet.set()
    return result
  }

  /// Conditions of a first change may write: they need a transaction that ends with the work that they are for.
  func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer {
    let entry = isEntered.isSet ? nil : entry
    guard condition == nil, isMet.isSet || conditions == nil else {
      return try await write(about: Work.subject) { try work.alone(after: condition, in: $0) }
    }
    let answer = try await base.write(jointly: work, after: entry)
    isEntered.set()
    return answer
  }

  /// Whether the entry's condition held in a transaction.
  var wasEntered: Bool { isEntered.isSet }

  /// Checks the entry's condition by itself, where no transaction did.
  func enter() async throws {
    if entry != nil, !isEntered.isSet { try await read { _ in } }
  }

  func changes(on channel: String) async throws -> AsyncStream<String> { try await base.changes(on: channel) }
  var poolUse: PoolUse? { base.poolUse }
  var memory: Memory? { base.memory }
  func close() async {}
}
