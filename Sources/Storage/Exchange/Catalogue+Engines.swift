extension Catalogue {
  static func sqliteTables(in connection: any Connection) throws -> [StoredTable] {
    let names = try connection.query(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name <> \(migrationTable)
      """
    )
    return try names.map { row in
      let name = try row.decode(as: String.self)
      let columns = try connection.query("SELECT name, type, pk FROM pragma_table_info(\(name))")
        .map { row in
          let (column, type, place) = try row.decode(as: String.self, String.self, Int64.self)
          return CatalogueColumn(table: name, name: column, type: type, isIdentity: false, keyPlace: place)
        }
      let parents = try connection.query(
        "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(\(name))"
      )
      .map { try $0.decode(as: String.self) }
      return try StoredTable(name, columns: columns, parents: Set(parents))
    }
  }

  static func postgresTables(in connection: any Connection) throws -> [StoredTable] {
    let columns = Dictionary(grouping: try postgresColumns(in: connection), by: \.table)
    let parents = Dictionary(grouping: try postgresReferences(in: connection), by: \.child)
    return try columns.map { name, columns in
      try StoredTable(name, columns: columns, parents: Set((parents[name] ?? []).map(\.parent)))
    }
  }

  private static func postgresColumns(in connection: any Connection) throws -> [CatalogueColumn] {
    let rows = try connection.query(
      """
      SELECT c.relname::text, a.attname::text, t.typname::text, (a.attidentity <> '')::int,
        coalesce(array_position(k.conkey, a.attnum), 0)::bigint
      FROM pg_class c
      JOIN pg_attribute a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> \(migrationTable)
      """
    )
    return try rows.map { row in
      let (table, name, type, isIdentity, place) = try row.decode(
        as: String.self,
        String.self,
        String.self,
        Int64.self,
        Int64.self
      )
      return CatalogueColumn(
        table: table,
        name: name,
        type: type,
        isIdentity: isIdentity == 1,
        keyPlace: place
      )
    }
  }

  private static func postgresReferences(
    in connection: any Connection
  ) throws -> [(child: String, parent: String)] {
    try connection.query(
      """
      SELECT c.relname::text, p.relname::text FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
      WHERE k.contype = 'f' AND c.relnamespace = current_schema()::text::regnamespace
      """
    )
    .map { try $0.decode(as: String.self, String.self) }
  }
}
