package import Storage
package import Tabular

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
      SELECT k.id, k.code, k.name, c.code, k.source
      FROM kit k LEFT JOIN equipment_category c ON c.id = k.category_id ORDER BY k.code
      """
    ).map { row in
      let (id, code, name, category, source) = try row.decode(
        as: ID.self,
        Code.self,
        String.self,
        EquipmentCategory.Code?.self,
        String.self
      )
      return Kit(
        id: id,
        code: code,
        name: name,
        category: category,
        source: source,
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

extension Kit {
  /// One component of a kit, as a table gives it: the kit's own fields stand on each of its lines.
  package struct Draft: Equatable, Sendable, Codable {
    package var kit: Code
    package var name: String
    package var category: EquipmentCategory.Code?
    package var component: Component
    package var source: String
  }

  static let columns: [Sheet.Column] = [
    .init("kit"), .init("name"), .init("equipment_category", required: false), .init("sku"),
    .init("quantity"), .init("per_tests"), .init("source"),
  ]

  /// Reads a table of components; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: columns) { row in
      let kit = row.code("kit", of: Kit.self)
      let name = row.nonEmpty("name")
      let category = row.optionalCode("equipment_category", of: EquipmentCategory.self)
      let sku = row.code("sku", of: Item.self)
      let quantity = row.integer("quantity", in: 1...1_000_000_000)
      let tests = row.integer("per_tests", in: 1...1_000_000_000)
      let source = row.nonEmpty("source")
      guard let kit, let name, let sku, let quantity, let tests, let source else { return nil }
      let component = Component(item: sku, quantity: Quantity(quantity), tests: tests)
      return Draft(kit: kit, name: name, category: category, component: component, source: source)
    }
  }

  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      let item = try Item.find(draft.component.item, in: connection)
      let category = try draft.category.map { try EquipmentCategory.find($0, in: connection).id }
      let stored = try connection.query(
        """
        INSERT INTO kit (code, name, category_id, source)
        VALUES (\(draft.kit), \(draft.name), \(category), \(draft.source))
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, category_id = excluded.category_id,
          source = excluded.source
        RETURNING id
        """
      )
      guard let kit = try stored.first?.decode(as: ID.self) else { continue }
      try connection.execute(
        """
        INSERT INTO kit_component (kit_id, item_id, quantity, per_tests)
        VALUES (\(kit), \(item.id), \(draft.component.quantity), \(draft.component.tests))
        ON CONFLICT (kit_id, item_id)
        DO UPDATE SET quantity = excluded.quantity, per_tests = excluded.per_tests
        """
      )
      try Audit.record("kit.describe", subject: "kit \(draft.kit)", after: draft, by: stamp, in: connection)
    }
  }
}
