package import Storage

/// A database whose reads keep something for later ones, and that counts them.
package struct RememberingDatabase: Database {
  package let base: CountedDatabase
  package let memory: Memory? = Memory()

  package init(base: CountedDatabase) { self.base = base }

  package var dialect: Dialect { base.dialect }

  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.read(body) }

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

  package func close() async {}
}
