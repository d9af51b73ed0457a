import Storage

extension Backend {
  /// What `--database` takes for a fresh, empty database: a file in `folder`, or a URL of the tests' server.
  package func location(in folder: String) async throws -> String {
    switch self {
    case .sqlite: return folder + "/procure.sqlite"
    case .postgres:
      let name = try await Self.emptyPostgres()
      let url = Backend.postgresURL ?? ""
      let path = url.prefix { $0 != "?" }
      let server = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
      return server + name + url.dropFirst(path.count)
    }
  }

  private static func emptyPostgres() async throws -> String {
    let database = try await Backend.postgres.empty()
    let name = try await database.read { connection in
      try connection.query("SELECT current_database()::text").map { try $0.decode(as: String.self) }
    }
    await database.close()
    return name.first ?? ""
  }
}
