package import Storage

extension Kit {
  package static func find(_ code: Code, in connection: any Connection) throws -> Kit {
    guard let kit = try all(in: connection).first(where: { $0.code == code }) else {
      throw ItemError.noSuchKit(code.rawValue)
    }
    return kit
  }

  /// All kits with their components, by code; there are few.
  package static func all(in connection: any Connection) throws -> [Kit] {
    let components = try components(in: connection)
    return try connection.query(
      """
      SELECT k.id, k.code, k.name, k.name_fr, c.code, k.certainty
      FROM kit k LEFT JOIN equipment_category c ON c.id = k.category_id ORDER BY k.code
      """
    ).map { row in
      let (id, code, name, french, category, certainty) = try row.decode(
        as: ID.self,
        Code.self,
        String.self,
        String.self,
        EquipmentCategory.Code?.self,
        String.self
      )
      return Kit(
        id: id,
        code: code,
        name: name,
        nameFrench: french,
        category: category,
        certainty: certainty,
        components: components[id] ?? []
      )
    }
  }

  private static func components(in connection: any Connection) throws -> [ID: [Component]] {
    let rows = try connection.query(
      """
      SELECT k.kit_id, i.sku, k.quantity, k.per_tests
      FROM kit_component k JOIN item i ON i.id = k.item_id ORDER BY k.kit_id, i.sku
      """
    )
    return try rows.reduce(into: [:]) { components, row in
      let (kit, sku, quantity, tests) = try row.decode(
        as: ID.self,
        Item.SKU.self,
        Quantity.self,
        Int64.self
      )
      components[kit, default: []].append(Component(item: sku, quantity: quantity, tests: tests))
    }
  }
}
