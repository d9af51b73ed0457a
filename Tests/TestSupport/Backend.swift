import Foundation
package import Storage
import Testing

/// An engine that a test runs on.
package enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  package var testDescription: String { rawValue }

  /// PostgreSQL takes part when `TEST_DATABASE_URL` names a server.
  package static var available: [Backend] { postgresURL == nil ? [.sqlite] : allCases }
  package static let postgresURL = ProcessInfo.processInfo.environment["TEST_DATABASE_URL"]

  /// How long a test waits for a connection: all tests begin at once and some of them compute for long, so that on
  /// a slow machine the last waits for minutes.
  package static let patience: Duration = .seconds(1800)

  fileprivate static var patient: Postgres.Options {
    var options = Postgres.Options()
    options.patience = patience
    options.memory = Memory()
    return options
  }

  /// Reads keep what later ones may use, as in a server.
  fileprivate static var remembering: SQLite.Options {
    var options = SQLite.Options()
    options.memory = Memory()
    return options
  }

  /// A fresh, empty database.
  package func empty() async throws -> any Database {
    switch self {
    case .sqlite: try SQLite(path: ":memory:", options: Self.remembering)
    case .postgres: try await Server.shared.database(from: nil)
    }
  }

  /// A fresh, empty database on the PostgreSQL server.
  package static func postgres(options: Postgres.Options) async throws -> Postgres {
    try await Server.shared.database(from: nil, options: options)
  }

  /// A fresh database with this schema; migrated once, then copied.
  package func migrated(_ migrations: [Migration]) async throws -> any Database {
    try await made("schema \(migrations.digest(for: self == .sqlite ? .sqlite : .postgres))") { database in
      try await Migrator(migrations).migrate(database)
    }
  }

  /// A fresh database as `make` leaves an empty one: made once under its name, then copied.
  package func made(
    _ name: String,
    by make: @escaping @Sendable (any Database) async throws -> Void
  ) async throws -> any Database {
    switch self {
    case .sqlite:
      try await SQLite(image: await Templates.shared.image(name, by: make), options: Self.remembering)
    case .postgres: try await Server.shared.database(name, by: make)
    }
  }
}

/// Databases in memory, each made once.
private actor Templates {
  static let shared = Templates()
  private var images: [String: Task<[UInt8], any Error>] = [:]

  func image(
    _ name: String,
    by make: @escaping @Sendable (any Database) async throws -> Void
  ) async throws -> [UInt8] {
    let image =
      images[name]
      ?? Task {
        let database = try SQLite(path: ":memory:")
        try await make(database)
        return try await database.image()
      }
    images[name] = image
    return try await image.value
  }
}

extension [Migration] {
  fileprivate func digest(for dialect: Dialect) -> String {
    SHA256.hex(map { $0.name + $0.script(dialect) }.joined(separator: "\0").utf8)
  }
}

/// The PostgreSQL server of the tests: databases are made on it by copying a template.
private actor Server {
  static let shared = Server()
  private var made = 0
  private var templates: [String: Task<String, any Error>] = [:]
  private var maintenance: Postgres?

  func database(
    _ name: String,
    by make: @escaping @Sendable (any Database) async throws -> Void
  ) async throws -> any Database {
    let template = templates[name] ?? Task { try await self.template(by: make) }
    templates[name] = template
    return try await database(from: template.value)
  }

  func database(from template: String?, options: Postgres.Options? = nil) async throws -> Postgres {
    let name = try await create(from: template)
    return try open(name, options: options)
  }

  private func template(by make: (any Database) async throws -> Void) async throws -> String {
    let name = try await create(from: nil)
    let database = try open(name)
    try await make(database)
    await database.close()
    return name
  }

  private func create(from template: String?) async throws -> String {
    let server = try await connected()
    made += 1
    let name = "\(Self.prefix)\(ProcessInfo.processInfo.processIdentifier)_\(made)"
    try await server.administer("CREATE DATABASE \(name) TEMPLATE \(template ?? "template0")")
    return name
  }

  private func open(_ name: String, options: Postgres.Options? = nil) throws -> Postgres {
    var options = options ?? Backend.patient
    options.database = name
    return try Postgres(url: Backend.postgresURL ?? "", options: options)
  }

  private static let prefix = "procure_test_"

  /// The connection that makes databases; beside the tests it drops those of processes that are gone.
  private func connected() async throws -> Postgres {
    if let maintenance { return maintenance }
    var options = Postgres.Options()
    options.patience = Backend.patience
    options.statementTimeout = nil
    let server = try Postgres(url: Backend.postgresURL ?? "", options: options)
    maintenance = server
    Task(priority: .background) {
      for name in try await leftovers(on: server) {
        try await server.administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
      }
    }
    return server
  }

  private func leftovers(on server: Postgres) async throws -> [String] {
    let pattern = "\(Self.prefix)%"
    let names = try await server.read { connection in
      try connection.query("SELECT datname::text FROM pg_database WHERE datname LIKE \(pattern)")
        .map { try $0.decode(as: String.self) }
    }
    return names.filter { name in
      let process = name.dropFirst(Self.prefix.count).prefix { $0.isNumber }
      return Int32(process).map { kill($0, 0) != 0 } ?? false
    }
  }
}
