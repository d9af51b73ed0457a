package import Storage

extension WhatIf {
  package static func find(_ code: Code, in connection: any Connection) throws -> WhatIf {
    guard let scenario = try known(code, in: connection) else {
      throw ScenarioError.noSuchScenario(code.rawValue)
    }
    return scenario
  }

  static func known(_ code: Code, in connection: any Connection) throws -> WhatIf? {
    try connection.query("SELECT id, code, title, version FROM scenario WHERE code = \(code)").first
      .map { try read($0, in: connection) }
  }

  /// All scenarios, by code.
  package static func all(in connection: any Connection) throws -> [WhatIf] {
    try connection.query("SELECT id, code, title, version FROM scenario ORDER BY code")
      .map { try read($0, in: connection) }
  }

  private static func read(_ row: Row, in connection: any Connection) throws -> WhatIf {
    let (id, code, title, version) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      Int64.self
    )
    let changes = try connection.query(
      """
      SELECT kind, subject, category, amount FROM scenario_change WHERE scenario_id = \(id)
      ORDER BY kind, subject, category
      """
    ).map { row in
      let (kind, subject, category, amount) = try row.decode(
        as: Change.Kind.self,
        String.self,
        String.self,
        Int64.self
      )
      return Change(kind, subject: subject, category: category, amount: amount)
    }
    return WhatIf(code: code, title: title, version: version, changes: changes)
  }

  static func insert(_ code: Code, title: String, in connection: any Connection) throws -> Bool {
    try !connection.query(
      """
      INSERT INTO scenario (code, title, version) VALUES (\(code), \(title), 1)
      ON CONFLICT (code) DO NOTHING RETURNING id
      """
    ).isEmpty
  }

  /// Counts the version up first, so that two who change it at once wait for each other.
  static func countUp(_ code: Code, in connection: any Connection) throws -> ID {
    let rows = try connection.query(
      "UPDATE scenario SET version = version + 1 WHERE code = \(code) RETURNING id"
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else {
      throw ScenarioError.noSuchScenario(code.rawValue)
    }
    return id
  }

  static func clear(_ id: ID, in connection: any Connection) throws {
    try connection.execute("DELETE FROM scenario_change WHERE scenario_id = \(id)")
  }

  static func store(_ change: Change, of id: ID, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO scenario_change (scenario_id, kind, subject, category, amount)
      VALUES (\(id), \(change.kind), \(change.subject), \(change.category), \(change.amount))
      ON CONFLICT (scenario_id, kind, subject, category) DO UPDATE SET amount = excluded.amount
      """
    )
  }

  static func delete(_ id: ID, in connection: any Connection) throws {
    try clear(id, in: connection)
    try connection.execute("DELETE FROM scenario WHERE id = \(id)")
  }
}
