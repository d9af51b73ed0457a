package import Storage
package import Tabular

extension Item {
  /// An item as it is described from outside, before it has a key.
  package struct Draft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var name: String
    package var nameFrench: String
    package var unit: String
    package var criticality: Criticality
    package var storage: StorageCondition
    package var shelfLifeDays: Int64?
    package var minimumCoverDays: Int64?
    package var cpv: String?
    package var atc: String?
    package var certainty: String
  }

  /// One level of an item's pack hierarchy, as a table gives it.
  package struct PackDraft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var pack: Pack
  }

  /// A pair of items of which the second may stand in for the first.
  package struct SubstituteDraft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var substitute: Substitute
  }

  /// Reads a table of items; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: Draft.columns) { row in Draft(row: &row) }
  }

  package static func packDrafts(from input: consuming ByteInput) throws -> [PackDraft] {
    try Sheet.values(of: input, columns: PackDraft.columns) { row in PackDraft(row: &row) }
  }

  package static func substituteDrafts(from input: consuming ByteInput) throws -> [SubstituteDraft] {
    try Sheet.values(of: input, columns: SubstituteDraft.columns) { row in
      let sku = row.code("sku", of: Item.self)
      let other = row.code("substitute_sku", of: Item.self)
      let quantity = row.integer("quantity", in: 1...1_000_000)
      let perQuantity = row.integer("per_quantity", in: 1...1_000_000)
      guard let sku, let other, let quantity, let perQuantity else { return nil }
      let substitute = Substitute(
        sku: other,
        quantity: Quantity(quantity),
        perQuantity: Quantity(perQuantity),
        note: row.text("note")
      )
      return SubstituteDraft(sku: sku, substitute: substitute)
    }
  }

  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      _ = try store(draft, in: connection)
      try Audit.record(
        "item.describe",
        subject: "item \(draft.sku)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }

  /// Stores packs. Each level must hold whole packs of the level below it.
  package static func take(packs drafts: [PackDraft], by stamp: Stamp, in connection: any Connection) throws {
    for (sku, packs) in Dictionary(grouping: drafts, by: \.sku).sorted(by: { $0.key < $1.key }) {
      let before = try find(sku, in: connection)
      for draft in packs { try store(draft.pack, of: before.id, in: connection) }
      let after = try find(sku, in: connection)
      try after.checkPacksNest()
      try Audit.record(
        "item.pack",
        subject: "item \(sku)",
        before: before.packs,
        after: after.packs,
        by: stamp,
        in: connection
      )
    }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }

  package static func take(
    substitutes drafts: [SubstituteDraft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    for draft in drafts {
      let item = try find(draft.sku, in: connection).id
      let substitute = draft.substitute
      let other = try find(substitute.sku, in: connection).id
      try connection.execute(
        """
        INSERT INTO item_substitute (item_id, substitute_id, quantity, per_quantity, note)
        VALUES (\(item), \(other), \(substitute.quantity), \(substitute.perQuantity), \(substitute.note))
        ON CONFLICT (item_id, substitute_id) DO UPDATE SET quantity = excluded.quantity,
          per_quantity = excluded.per_quantity, note = excluded.note
        """
      )
      try Audit.record(
        "item.substitute",
        subject: "item \(draft.sku)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
  }

  private func checkPacksNest() throws(ItemError) {
    for (inner, outer) in zip(packs, packs.dropFirst()) where outer.units.units % inner.units.units != 0 {
      throw .packsDoNotNest(sku: sku.rawValue, inner: inner.units.units, outer: outer.units.units)
    }
  }
}

extension Item.Draft {
  static let columns: [Sheet.Column] = [
    .init("sku"), .init("name_en", aliases: ["name"]), .init("name_fr"),
    .init("base_unit", aliases: ["unit"]), .init("criticality"), .init("storage"),
    .init("shelf_life_days", required: false), .init("minimum_cover_days", required: false),
    .init("cpv", required: false), .init("atc", required: false), .init("certainty"),
  ]

  init?(row: inout SheetRow) {
    let sku = row.code("sku", of: Item.self)
    let name = row.nonEmpty("name_en")
    let nameFrench = row.nonEmpty("name_fr")
    let unit = row.nonEmpty("base_unit")
    let criticality = row.choice("criticality", of: Item.Criticality.self)
    let storage = row.choice("storage", of: Item.StorageCondition.self)
    let shelfLife = row.optionalInteger("shelf_life_days", in: 1...36_500)
    let minimumCover = row.optionalInteger("minimum_cover_days", in: 0...3_650)
    let certainty = row.nonEmpty("certainty")
    guard let sku, let name, let nameFrench, let unit, let criticality, let storage, let certainty
    else { return nil }
    self.init(
      sku: sku,
      name: name,
      nameFrench: nameFrench,
      unit: unit,
      criticality: criticality,
      storage: storage,
      shelfLifeDays: shelfLife,
      minimumCoverDays: minimumCover,
      cpv: row.filled("cpv"),
      atc: row.filled("atc"),
      certainty: certainty
    )
  }
}

extension Item.SubstituteDraft {
  static let columns: [Sheet.Column] = [
    .init("sku"), .init("substitute_sku"), .init("quantity"), .init("per_quantity"),
    .init("note", required: false), .init("certainty", required: false),
  ]
}

extension Item.PackDraft {
  static let columns: [Sheet.Column] = [
    .init("sku"), .init("level"), .init("base_units", aliases: ["units"]), .init("gtin", required: false),
    .init("certainty", required: false),
  ]

  init?(row: inout SheetRow) {
    let sku = row.code("sku", of: Item.self)
    let level = row.choice("level", of: Item.Pack.Level.self)
    let units = row.integer("base_units", in: 1...1_000_000_000)
    let gtin = row.identifier("gtin", .gtin)
    guard let sku, let level, let units else { return nil }
    self.init(sku: sku, pack: Item.Pack(level: level, units: Quantity(units), gtin: gtin))
  }
}
