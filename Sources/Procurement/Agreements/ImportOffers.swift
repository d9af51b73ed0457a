package import Inventory
import Storage
package import Tabular

extension Offer {
  /// An offer as a table describes it, before its keys and its tiers are known.
  package struct Draft: Equatable, Sendable, Codable {
    package var line: Int
    package var code: Code
    package var agreement: Agreement.Reference
    package var lot: Int64
    package var supplier: Supplier.Code
    package var item: Item.SKU
    package var supplierReference: String?
    package var validFrom: Day
    package var validUntil: Day
    package var packUnits: Quantity
    package var minimumPacks: Int64
    package var multiplePacks: Int64
    package var minimumValue: Money
    package var capacity: Capacity?
    package var leadDays: Int64
    package var mode: PriceTiers.Mode
    package var freight: Freight
    package var currency: String?
    package var certainty: String?
  }

  /// A tier as a table describes it.
  package struct TierDraft: Equatable, Sendable, Codable {
    package var line: Int
    package var offer: Code
    package var tier: PriceTiers.Tier
  }

  package static let sheetColumns: [Sheet.Column] =
    ["code", "supplier_code", "agreement_reference", "lot", "sku", "pack_base_units"]
    .map { Sheet.Column($0) }
    + ["minimum_packs", "multiple_packs", "minimum_value_cents", "capacity_packs", "capacity_days"]
    .map { Sheet.Column($0, required: false) }
    + ["lead_time_days", "valid_from", "valid_until", "tier_kind"].map { Sheet.Column($0) }
    + ["free_freight_from_cents", "freight_cents", "currency", "supplier_reference", "certainty"]
    .map { Sheet.Column($0, required: false) }

  package static let tierSheetColumns: [Sheet.Column] = [
    .init("offer_code"), .init("from_packs"), .init("price_cents_per_pack"),
    .init("certainty", required: false),
  ]

  /// Reads a table of offers; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Draft(row: &row) }
  }

  /// Reads a table of tiers; everything wrong in it is told at once.
  package static func tierDrafts(from input: consuming ByteInput) throws -> [TierDraft] {
    try Sheet.values(of: input, columns: tierSheetColumns) { row in TierDraft(row: &row) }
  }
}

extension Offer.Draft {
  fileprivate init?(row: inout SheetRow) {
    let packs: ClosedRange<Int64> = 1...100_000_000
    let code = row.code("code", of: Offer.self)
    let agreement = row.code("agreement_reference", of: Agreement.self)
    let lot = row.integer("lot", in: 1...9_999)
    let supplier = row.code("supplier_code", of: Supplier.self)
    let item = row.code("sku", of: Item.self)
    let packUnits = row.integer("pack_base_units", in: 1...1_000_000_000)
    let minimum = row.optionalInteger("minimum_packs", in: packs)
    let multiple = row.optionalInteger("multiple_packs", in: packs)
    let capacity = Offer.Capacity(row: &row)
    let lead = row.integer("lead_time_days", in: 0...3_650)
    let from = row.day("valid_from")
    let until = row.day("valid_until")
    let mode = row.choice("tier_kind", of: PriceTiers.Mode.self)
    let minimumValue = row.optionalCents("minimum_value_cents") ?? .zero
    let charge = row.optionalCents("freight_cents") ?? .zero
    let freeFrom = row.optionalCents("free_freight_from_cents")
    if let from, let until, until < from { row.report("valid_until", expected: "a day not before \(from)") }
    guard let code, let agreement, let lot, let supplier, let item, let packUnits, let lead, let from,
      let until, let mode
    else { return nil }
    self.init(
      line: row.line,
      code: code,
      agreement: agreement,
      lot: lot,
      supplier: supplier,
      item: item,
      supplierReference: row.filled("supplier_reference"),
      validFrom: from,
      validUntil: until,
      packUnits: Quantity(packUnits),
      minimumPacks: minimum ?? 1,
      multiplePacks: multiple ?? 1,
      minimumValue: minimumValue,
      capacity: capacity,
      leadDays: lead,
      mode: mode,
      freight: Offer.Freight(charge: charge, freeFrom: freeFrom),
      currency: row.filled("currency"),
      certainty: row.filled("certainty")
    )
  }
}

extension Offer.Capacity {
  fileprivate init?(row: inout SheetRow) {
    let packs = row.optionalInteger("capacity_packs", in: 1...100_000_000)
    let days = row.optionalInteger("capacity_days", in: 1...3_650)
    if packs != nil && row.text("capacity_days").isEmpty {
      row.report("capacity_days", expected: "the days in which the packs can be delivered")
    }
    if days != nil && row.text("capacity_packs").isEmpty {
      row.report("capacity_packs", expected: "the packs that the days can deliver")
    }
    guard let packs, let days else { return nil }
    self.init(packs: packs, days: days)
  }
}

extension Offer.TierDraft {
  fileprivate init?(row: inout SheetRow) {
    let offer = row.code("offer_code", of: Offer.self)
    let from = row.integer("from_packs", in: 1...100_000_000)
    let price = row.integer("price_cents_per_pack", in: 0...10_000_000_000)
    guard let offer, let from, let price else { return nil }
    self.init(line: row.line, offer: offer, tier: PriceTiers.Tier(from: from, price: Money(cents: price)))
  }
}
