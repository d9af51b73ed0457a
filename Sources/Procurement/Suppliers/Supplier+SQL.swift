import Inventory
package import Storage

extension Supplier.SupplyStatus: Storable {}

extension Supplier {
  private static let columns: SQL =
    "id, code, name, siret, gln, vat, country, supply_status, active, certainty"

  private init(row: Row) throws(DatabaseError) {
    let active: Int64
    (id, code, name, siret, gln, vat, country, supplyStatus, active, certainty) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      String?.self,
      String?.self,
      String?.self,
      String.self,
      SupplyStatus.self,
      Int64.self,
      String?.self
    )
    isActive = active == 1
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Supplier {
    let rows = try connection.query("SELECT \(columns) FROM supplier WHERE code = \(code)")
    guard let row = rows.first else { throw SupplierError.noSuchSupplier(code.rawValue) }
    return try Supplier(row: row)
  }

  /// All suppliers, by code.
  package static func all(in connection: any Connection) throws -> [Supplier] {
    try connection.query("SELECT \(columns) FROM supplier ORDER BY code").map(Supplier.init(row:))
  }

  /// Stores a new supplier, or what changed of a known one.
  static func store(_ draft: Draft, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO supplier (code, name, siret, gln, vat, country, supply_status, active, certainty)
      VALUES (\(draft.code), \(draft.name), \(draft.siret), \(draft.gln), \(draft.vat), \(draft.country),
        \(draft.supplyStatus), \(draft.isActive ? Int64(1) : 0), \(draft.certainty))
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, siret = excluded.siret, gln = excluded.gln,
        vat = excluded.vat, country = excluded.country, supply_status = excluded.supply_status,
        active = excluded.active, certainty = excluded.certainty
      """
    )
  }
}
