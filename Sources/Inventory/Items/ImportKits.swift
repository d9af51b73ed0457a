package import Storage
package import Tabular

extension Kit {
  /// A kit as it is described from outside, before it has a key and components.
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code
    package var name: String
    package var nameFrench: String
    package var category: EquipmentCategory.Code?
    package var certainty: String
  }

  /// A component with the kit it belongs to.
  package struct ComponentDraft: Equatable, Sendable, Codable {
    package var kit: Code
    package var component: Component
  }

  /// Reads a table of kits; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: Draft.columns) { row in
      let code = row.code("code", of: Kit.self)
      let name = row.nonEmpty("name_en")
      let french = row.nonEmpty("name_fr")
      let category = row.optionalCode("category_code", of: EquipmentCategory.self)
      let certainty = row.nonEmpty("certainty")
      guard let code, let name, let french, let certainty else { return nil }
      return Draft(code: code, name: name, nameFrench: french, category: category, certainty: certainty)
    }
  }

  package static func componentDrafts(from input: consuming ByteInput) throws -> [ComponentDraft] {
    try Sheet.values(of: input, columns: ComponentDraft.columns) { row in
      let kit = row.code("kit_code", of: Kit.self)
      let sku = row.code("sku", of: Item.self)
      let quantity = row.integer("quantity", in: 1...1_000_000_000)
      let tests = row.integer("per_tests", in: 1...1_000_000_000)
      guard let kit, let sku, let quantity, let tests else { return nil }
      return ComponentDraft(
        kit: kit,
        component: Component(item: sku, quantity: Quantity(quantity), tests: tests)
      )
    }
  }

  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      let category = try draft.category.map { try EquipmentCategory.find($0, in: connection).id }
      try connection.execute(
        """
        INSERT INTO kit (code, name, name_fr, category_id, certainty)
        VALUES (\(draft.code), \(draft.name), \(draft.nameFrench), \(category), \(draft.certainty))
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_fr = excluded.name_fr,
          category_id = excluded.category_id, certainty = excluded.certainty
        """
      )
      try Audit.record("kit.describe", subject: "kit \(draft.code)", after: draft, by: stamp, in: connection)
    }
  }

  package static func take(
    components drafts: [ComponentDraft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    for draft in drafts {
      let kit = try find(draft.kit, in: connection).id
      let item = try Item.find(draft.component.item, in: connection).id
      try connection.execute(
        """
        INSERT INTO kit_component (kit_id, item_id, quantity, per_tests)
        VALUES (\(kit), \(item), \(draft.component.quantity), \(draft.component.tests))
        ON CONFLICT (kit_id, item_id)
        DO UPDATE SET quantity = excluded.quantity, per_tests = excluded.per_tests
        """
      )
      try Audit.record(
        "kit.component",
        subject: "kit \(draft.kit)",
        after: draft.component,
        by: stamp,
        in: connection
      )
    }
  }
}

extension Kit.Draft {
  static let columns: [Sheet.Column] = [
    .init("code"), .init("name_en", aliases: ["name"]), .init("name_fr"),
    .init("category_code", required: false), .init("certainty"),
  ]
}

extension Kit.ComponentDraft {
  static let columns: [Sheet.Column] = [
    .init("kit_code", aliases: ["kit"]), .init("sku"), .init("quantity"), .init("per_tests"),
    .init("note", required: false), .init("certainty", required: false),
  ]
}
