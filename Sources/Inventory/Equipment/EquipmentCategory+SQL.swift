package import Storage

extension EquipmentCategory {
  private static let columns: SQL = "id, code, name, name_fr"

  private init(row: Row) throws(DatabaseError) {
    (id, code, name, nameFrench) = try row.decode(as: ID.self, Code.self, String.self, String.self)
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> EquipmentCategory {
    let rows = try connection.query("SELECT \(columns) FROM equipment_category WHERE code = \(code)")
    guard let row = rows.first else { throw EquipmentError.noSuchCategory(code.rawValue) }
    return try EquipmentCategory(row: row)
  }

  /// All categories, by code.
  package static func all(in connection: any Connection) throws -> [EquipmentCategory] {
    try connection.query("SELECT \(columns) FROM equipment_category ORDER BY code").map { row in
      try EquipmentCategory(row: row)
    }
  }
}
