package import Storage
package import Tabular

extension Item {
  /// An item as it is described from outside, before it has a key.
  package struct Draft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var name: String
    package var nameFrench: String
    package var unit: String
    package var family: String
    package var criticality: Criticality
    package var storage: StorageCondition
    package var shelfLifeDays: Int64?
    package var minimumCoverDays: Int64?
    package var source: String
  }

  /// One level of an item's pack hierarchy, as a table gives it.
  package struct PackDraft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var pack: Pack
  }

  /// A pair of items of which the second may stand in for the first.
  package struct SubstituteDraft: Equatable, Sendable, Codable {
    package var sku: SKU
    package var substitute: SKU
    package var note: String
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
      let substitute = row.code("substitute", of: Item.self)
      guard let sku, let substitute else { return nil }
      return SubstituteDraft(sku: sku, substitute: substitute, note: row.text("note"))
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
  }

  package static func take(
    substitutes drafts: [SubstituteDraft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    for draft in drafts {
      let item = try find(draft.sku, in: connection).id
      let substitute = try find(draft.substitute, in: connection).id
      try connection.execute(
        """
        INSERT INTO item_substitute (item_id, substitute_id, note)
        VALUES (\(item), \(substitute), \(draft.note))
        ON CONFLICT (item_id, substitute_id) DO UPDATE SET note = excluded.note
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
    .init("sku"), .init("name", aliases: ["name_en"]), .init("name_fr"), .init("unit"), .init("family"),
    .init("criticality"), .init("storage"), .init("shelf_life_days", required: false),
    .init("minimum_cover_days", required: false), .init("source"),
  ]

  init?(row: inout SheetRow) {
    let sku = row.code("sku", of: Item.self)
    let name = row.nonEmpty("name")
    let nameFrench = row.nonEmpty("name_fr")
    let unit = row.nonEmpty("unit")
    let family = row.nonEmpty("family")
    let criticality = row.choice("criticality", of: Item.Criticality.self)
    let storage = row.choice("storage", of: Item.StorageCondition.self)
    let shelfLife = row.optionalInteger("shelf_life_days", in: 1...36_500)
    let minimumCover = row.optionalInteger("minimum_cover_days", in: 0...3_650)
    let source = row.nonEmpty("source")
    guard let sku, let name, let nameFrench, let unit, let family, let criticality, let storage, let source
    else { return nil }
    self.init(
      sku: sku,
      name: name,
      nameFrench: nameFrench,
      unit: unit,
      family: family,
      criticality: criticality,
      storage: storage,
      shelfLifeDays: shelfLife,
      minimumCoverDays: minimumCover,
      source: source
    )
  }
}

extension Item.SubstituteDraft {
  static let columns: [Sheet.Column] = [.init("sku"), .init("substitute"), .init("note", required: false)]
}

extension Item.PackDraft {
  static let columns: [Sheet.Column] = [
    .init("sku"), .init("level"), .init("units"), .init("gtin", required: false),
  ]

  init?(row: inout SheetRow) {
    let sku = row.code("sku", of: Item.self)
    let level = row.choice("level", of: Item.Pack.Level.self)
    let units = row.integer("units", in: 1...1_000_000_000)
    let gtin = row.identifier("gtin", .gtin)
    guard let sku, let level, let units else { return nil }
    self.init(sku: sku, pack: Item.Pack(level: level, units: Quantity(units), gtin: gtin))
  }
}
