extension Connection {
  /// Runs `body`, in which a row of `table` may refer to a later one.
  ///
  /// PostgreSQL looks at the references when a COPY has ended; SQLite looks at each row, unless told to wait.
  func deferringReferences(of table: StoredTable, _ body: () throws -> Void) throws {
    guard dialect == .sqlite, table.refersToItself else { return try body() }
    try run(script: "PRAGMA defer_foreign_keys = ON")
    try body()
    try run(script: "PRAGMA defer_foreign_keys = OFF")
    let broken = try query("SELECT rowid, parent FROM pragma_foreign_key_check(\(table.name)) LIMIT 1")
    if let row = broken.first {
      let (id, parent) = try row.decode(as: Int64?.self, String.self)
      let key = id.map { " \($0)" } ?? ""
      throw DatabaseError.constraint(
        .foreignKey,
        "the row\(key) of \(table.name) refers to one of \(parent)"
      )
    }
  }

  /// Lets the engine go on giving keys after the largest one taken. SQLite does so by itself.
  func advanceIdentity(of table: StoredTable) throws(DatabaseError) {
    guard dialect == .postgres, let identity = table.columns.first(where: \.isIdentity) else { return }
    let column = StoredTable.quoted(identity.name)
    let largest: SQL = "(SELECT max(\(SQL(stringLiteral: column))) FROM \(SQL(stringLiteral: table.quoted)))"
    try execute(
      """
      SELECT setval(pg_get_serial_sequence(\(table.quoted), \(identity.name)),
        greatest(coalesce(\(largest), 1), 1), coalesce(\(largest), 0) >= 1)
      """
    )
  }
}
