import Synchronization

/// A PostgreSQL server, over libpq: serialisable writes, snapshot reads, a bounded pool.
package final class Postgres: Database {
  package let dialect = Dialect.postgres
  private let options: Options
  private let pool: ConnectionPool<PostgresSession>
  private let listener: PostgresListener
  private let backoff = Backoff()
  private let lanes: WriteLanes
  private let joint = JointWrites()
  /// A server that has never answered is not waited for.
  private let wasReached = Atomic(false)

  /// `url` is `postgres://…` or `host=… dbname=…`, as libpq reads them; nothing is connected yet.
  package init(url: String, options: Options = Options()) throws {
    self.options = options
    // Whatever is written, half of the connections are for those who read.
    lanes = WriteLanes(most: max(1, options.connections / 2))
    listener = PostgresListener(url: options.listenURL ?? (options.isPooled ? nil : url), options: options)
    let foretold = ForetoldStatements()
    pool = ConnectionPool(limit: options.connections, patience: options.patience) {
      try PostgresSession(url: url, options: options, foretold: foretold)
    }
  }

  package func read<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await retrying { try await pool.lend { try await $0.read(body) } }
  }

  package func reads(_ next: @escaping @Sendable () -> (@Sendable (any Connection) throws -> Void)?)
    async throws
  {
    try await pool.lend { try await $0.reads(next) }
    wasReached.store(true, ordering: .relaxed)
  }

  @discardableResult
  package func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await retrying {
      try await lanes.run(about: subject) { try await pool.lend { try await $0.write(body) } }
    }
  }

  package func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer { try await joint.write(work, after: condition, in: self) }

  /// Runs statements that no transaction may hold, such as `CREATE DATABASE`; never repeated.
  package func administer(_ script: String) async throws {
    try await pool.lend { try await $0.administer(script) }
  }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    try await listener.listen(on: channel)
  }

  package var poolUse: PoolUse? { pool.use }
  package var memory: Memory? { options.memory }

  package func close() async {
    await pool.close()
    listener.stop()
  }

  /// Repeats a transaction that lost to another one, or whose connection broke before its commit.
  private func retrying<Result>(
    _ transaction: () async throws -> Result
  ) async throws -> Result {
    var attempt = 1
    // Counted from the first loss: what was done and waited for before it is no outage.
    var lost: ContinuousClock.Instant?
    while true {
      do {
        let result = try await transaction()
        wasReached.store(true, ordering: .relaxed)
        return result
      } catch let error as DatabaseError {
        if case .unreachable = error, lost == nil { lost = .now }
        guard isWorthAnotherTry(error, attempt: attempt, since: lost) else { throw error }
        try await Task.sleep(for: backoff.delay(after: attempt))
        attempt += 1
      }
    }
  }

  private func isWorthAnotherTry(
    _ error: DatabaseError,
    attempt: Int,
    since lost: ContinuousClock.Instant?
  ) -> Bool {
    switch error {
    case .conflict: attempt < options.attempts
    case .unreachable:
      wasReached.load(ordering: .relaxed) && (lost?.duration(to: .now) ?? .zero) < options.outage
    default: false
    }
  }
}
