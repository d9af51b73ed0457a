package import ArgumentParser
import Glibc
package import Inventory
import Procurement
package import Storage

/// Which database a command works on, and who works.
package struct DatabaseOptions: ParsableArguments, Sendable {
  @Option(
    name: .customLong("database"),
    help: "A SQLite file or a PostgreSQL URL. (default: $PROCURE_DATABASE, procure.conf, or procure.sqlite)"
  )
  package var url: String?

  @Option(
    name: .customLong("as"),
    help: "Who does it, for the log. (default: $PROCURE_ACTOR, procure.conf, or the login)"
  )
  package var actor: String?

  @Option(
    name: .customLong("server"),
    help:
      "Do it on a server, with the token of $PROCURE_TOKEN. (default: $PROCURE_SERVER, procure.conf, or none)"
  )
  package var server: String?

  package init() {}

  package var location: String { url ?? Configuration.value(of: .database) ?? "procure.sqlite" }

  /// Who does it, now.
  package var stamp: Stamp {
    if let session = Session.current { return session.stamp }
    let actor = actor ?? Configuration.value(of: .actor) ?? Configuration.environment("USER") ?? Self.login
    return Stamp(actor: actor ?? "unnamed", at: Clock.now)
  }

  /// The name of the account that this runs under.
  private static var login: String? { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } }

  /// Opens the database; refuses a schema that is not the program's own.
  package func open(remembering memory: Memory? = nil) async throws -> any Database {
    if let session = Session.current { return session.database }
    let database = try await connect(remembering: memory)
    try await Migrator(Schema.migrations).check(database)
    return database
  }

  /// Opens the database, whatever its schema. A file that is not there is made only for `making`: a mistyped
  /// path is told, not filled.
  package func connect(
    making: Bool = false,
    remembering memory: Memory? = nil
  ) async throws -> any Database {
    if let session = Session.current { return session.database }
    let url = DatabaseURL(location)
    if case .sqlite(let path) = url, !making, access(path, F_OK) != 0 { throw DatabaseRefusal.missing(path) }
    let pooler = Configuration.value(of: .pooler).flatMap(DatabaseURL.Pooler.init) ?? .none
    let listening = Configuration.value(of: .listen)
    return try url.open(making: making, through: pooler, listening: listening, remembering: memory)
  }

  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await open().read(body)
  }

  /// Runs an operation in one transaction, with who does it.
  package func write<Result: Sendable>(
    about subject: String? = nil,
    _ body: @Sendable (Stamp, any Connection) throws -> Result
  ) async throws -> Result {
    let stamp = stamp
    return try await open().write(about: subject) { connection in try body(stamp, connection) }
  }
}
