/// What tables a database holds, asked of the engine: no list of names that a migration could leave behind.
package enum Catalogue {
  /// The migrator's own table, which no content is part of.
  static let migrationTable = "schema_migration"

  /// The tables, each after those it refers to; those that could stand in either order, by name.
  ///
  /// - Throws: `ExchangeError.cycle` where tables refer to each other in a circle.
  package static func tables(in connection: any Connection) throws -> [StoredTable] {
    let found =
      switch connection.dialect {
      case .sqlite: try sqliteTables(in: connection)
      case .postgres: try postgresTables(in: connection)
      }
    return try ordered(found)
  }

  /// The names of the migrations that ran here, in their order.
  package static func migrations(in connection: any Connection) throws -> [String] {
    try connection.query("SELECT name FROM schema_migration ORDER BY name")
      .map { try $0.decode(as: String.self) }
  }

  /// Takes, again and again, the first table by name whose parents have all been taken.
  static func ordered(_ tables: [StoredTable]) throws(ExchangeError) -> [StoredTable] {
    var waiting = tables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var taken: [StoredTable] = []
    var names: Set<String> = []
    while !waiting.isEmpty {
      let next = waiting.firstIndex { $0.parents.subtracting(names).subtracting([$0.name]).isEmpty }
      guard let next else { throw .cycle(waiting.map(\.name)) }
      let table = waiting.remove(at: next)
      names.insert(table.name)
      taken.append(table)
    }
    return taken
  }
}

/// One column as a catalogue lists it.
struct CatalogueColumn {
  let table: String
  let name: String
  let type: String
  let isIdentity: Bool
  /// Its place in the primary key, from 1; 0 where it is not part of it.
  let keyPlace: Int64

  var column: StoredTable.Column {
    get throws(ExchangeError) {
      guard let kind = Self.kinds[type.lowercased()] else {
        throw .unsupported(table: table, column: name, type: type)
      }
      return StoredTable.Column(name: name, kind: kind, isIdentity: isIdentity)
    }
  }

  private static let kinds: [String: StoredTable.Kind] = [
    "integer": .integer, "int": .integer, "int2": .integer, "int4": .integer, "int8": .integer,
    "real": .real, "float4": .real, "float8": .real,
    "text": .text, "varchar": .text,
  ]
}

extension StoredTable {
  init(_ name: String, columns: [CatalogueColumn], parents: Set<String>) throws(ExchangeError) {
    let key = columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }
    let others = columns.filter { $0.keyPlace == 0 }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var typed: [Column] = []
    for column in key + others { typed.append(try column.column) }
    self.init(name: name, columns: typed, keyWidth: key.count, parents: parents)
  }
}
