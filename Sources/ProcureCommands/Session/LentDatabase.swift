import Storage

/// The server's database in a command's hands, which may close what it has opened, but not what others work on.
struct LentDatabase: Database {
  let owned: any Database

  var dialect: Dialect { owned.dialect }
  var memory: Memory? { owned.memory }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await owned.read(body)
  }

  func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await owned.write(about: subject, body)
  }

  func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer { try await owned.write(jointly: work, after: condition) }

  func changes(on channel: String) async throws -> AsyncStream<String> {
    try await owned.changes(on: channel)
  }

  func close() async {}
}
