import Inventory
import Storage

/// The internal keys behind public codes, many at a time.
enum Keys {
  static func query(ofItems codes: [Item.SKU]) -> SQL {
    "SELECT sku, id FROM item WHERE sku IN (\(SQL.list(codes)))"
  }

  /// The items that are there, by SKU.
  static func items(_ codes: [Item.SKU], in connection: any Connection) throws -> [Item.SKU: Item.ID] {
    try connection.query(query(ofItems: codes)).reduce(into: [:]) {
      let (code, id) = try $1.decode(as: Item.SKU.self, Item.ID.self)
      $0[code] = id
    }
  }

  static func query(ofCentres codes: [Centre.Code]) -> SQL {
    "SELECT code, id FROM centre WHERE code IN (\(SQL.list(codes)))"
  }

  /// The centres that are there, by code.
  static func centres(
    _ codes: [Centre.Code],
    in connection: any Connection
  ) throws -> [Centre.Code: Centre.ID] {
    try connection.query(query(ofCentres: codes)).reduce(into: [:]) {
      let (code, id) = try $1.decode(as: Centre.Code.self, Centre.ID.self)
      $0[code] = id
    }
  }
}
