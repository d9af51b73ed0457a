package import Inventory
package import Storage

extension Offer {
  /// Stores offers with their tiers, new or changed, all or none, and logs each.
  ///
  /// An offer that an order or an award already uses keeps its terms: a changed price is a new offer with its own days.
  package static func take(
    _ drafts: [Draft],
    tiers: [TierDraft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let offered = Set(drafts.map(\.code))
    var findings = tiers.filter { !offered.contains($0.offer) }.map { tier in
      Finding(line: tier.line, field: "offer_code", found: "\(tier.offer)", expected: "an offer of the table")
    }
    let ladders = Dictionary(grouping: tiers, by: \.offer)
    let used = try codesInUse(in: connection)
    for draft in drafts {
      findings += draft.ladderFindings(ladders[draft.code] ?? [])
      if used.contains(draft.code) {
        findings.append(
          draft.finding("code", "\(draft.code)", "an offer that nothing was ordered from; give a new code")
        )
        continue
      }
      findings += try store(draft, tiers: (ladders[draft.code] ?? []).map(\.tier), in: connection)
      try Audit.record(
        "offer.describe",
        subject: "offer \(draft.code)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
    findings += try overlaps(of: drafts, in: connection)
    guard findings.isEmpty else { throw SheetError(findings: findings) }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }

  private static func codesInUse(in connection: any Connection) throws -> Set<Code> {
    let rows = try connection.query(
      """
      SELECT code FROM supplier_offer WHERE id IN (SELECT offer_id FROM order_line)
        OR id IN (SELECT offer_id FROM award_line)
      """
    )
    return Set(try rows.map { row -> Code in try row.decode(as: Code.self) })
  }

  /// Stores one offer and its tiers; what it names that does not exist.
  private static func store(
    _ draft: Draft,
    tiers: [PriceTiers.Tier],
    in connection: any Connection
  ) throws -> [Finding] {
    let (keys, findings) = try OfferKeys.of(draft, in: connection)
    guard let keys else { return findings }
    let rows = try connection.query(
      """
      INSERT INTO supplier_offer (code, lot_id, supplier_id, item_id, supplier_reference, valid_from,
        valid_until, pack_units, minimum_packs, multiple_packs, minimum_value, capacity_packs, capacity_days,
        lead_days, tier_mode, freight_charge, freight_threshold, certainty)
      VALUES (\(draft.code), \(keys.lot), \(keys.supplier), \(keys.item), \(draft.supplierReference),
        \(draft.validFrom), \(draft.validUntil), \(draft.packUnits), \(draft.minimumPacks),
        \(draft.multiplePacks), \(draft.minimumValue), \(draft.capacity?.packs), \(draft.capacity?.days),
        \(draft.leadDays), \(draft.mode), \(draft.freight.charge), \(draft.freight.freeFrom),
        \(draft.certainty))
      ON CONFLICT (code) DO UPDATE SET lot_id = excluded.lot_id, supplier_id = excluded.supplier_id,
        item_id = excluded.item_id, supplier_reference = excluded.supplier_reference,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until,
        pack_units = excluded.pack_units, minimum_packs = excluded.minimum_packs,
        multiple_packs = excluded.multiple_packs, minimum_value = excluded.minimum_value,
        capacity_packs = excluded.capacity_packs, capacity_days = excluded.capacity_days,
        lead_days = excluded.lead_days, tier_mode = excluded.tier_mode,
        freight_charge = excluded.freight_charge, freight_threshold = excluded.freight_threshold,
        certainty = excluded.certainty
      RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else { return findings }
    try connection.execute("DELETE FROM offer_tier WHERE offer_id = \(id)")
    let unique = Dictionary(tiers.map { ($0.from, $0.price) }, uniquingKeysWith: { first, _ in first })
    for (from, price) in unique.sorted(by: { $0.key < $1.key }) {
      try connection.execute(
        "INSERT INTO offer_tier (offer_id, from_packs, price) VALUES (\(id), \(from), \(price))"
      )
    }
    return findings
  }

  /// Two offers of the same holder for the same item may not hold on the same day.
  private static func overlaps(of drafts: [Draft], in connection: any Connection) throws -> [Finding] {
    let lines = Dictionary(drafts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = try connection.query(
      """
      SELECT n.code, o.code FROM supplier_offer n JOIN supplier_offer o ON o.lot_id = n.lot_id
        AND o.supplier_id = n.supplier_id AND o.item_id = n.item_id AND o.id < n.id
        AND o.valid_from <= n.valid_until AND n.valid_from <= o.valid_until
      ORDER BY n.code, o.code
      """
    )
    return try rows.compactMap { row in
      let (later, earlier) = try row.decode(as: Code.self, Code.self)
      return (lines[later] ?? lines[earlier])?.finding(
        "valid_from",
        "\(later)",
        "days on which \(earlier) does not hold"
      )
    }
  }
}

extension Offer.Draft {
  fileprivate func finding(_ field: String, _ found: String, _ expected: String) -> Finding {
    Finding(line: line, field: field, found: found, expected: expected)
  }

  /// What is wrong with the tiers that the table gives the offer.
  fileprivate func ladderFindings(_ ladder: [Offer.TierDraft]) -> [Finding] {
    guard let first = ladder.map(\.tier.from).min() else {
      return [finding("code", "\(code) without a tier", "at least one line for it in the tiers")]
    }
    let least = Rounding.up.divide(max(minimumPacks, 1), by: multiplePacks) * multiplePacks
    let gap =
      first > least
      ? [finding("minimum_packs", "\(least)", "at least \(first), from which the first tier has a price")]
      : []
    let twice = Dictionary(grouping: ladder, by: \.tier.from).values.filter { $0.count > 1 }.compactMap(
      \.last
    )
    return gap
      + twice.sorted { $0.line < $1.line }.map { tier in
        Finding(line: tier.line, field: "from_packs", found: "\(tier.tier.from)", expected: "each tier once")
      }
  }

}

/// The internal keys of what an offer names.
private struct OfferKeys {
  var lot: AgreementLot.ID
  var supplier: Supplier.ID
  var item: Item.ID

  static func of(_ draft: Offer.Draft, in connection: any Connection) throws -> (OfferKeys?, [Finding]) {
    var findings: [Finding] = []
    let items = try connection.query("SELECT id FROM item WHERE sku = \(draft.item)")
    let item: Item.ID? = try items.first?.decode(as: Item.ID.self)
    if item == nil { findings.append(draft.finding("sku", "\(draft.item)", "a known item")) }
    let holders = try connection.query(
      """
      SELECT h.lot_id, h.supplier_id, a.currency FROM lot_holder h
      JOIN agreement_lot l ON l.id = h.lot_id JOIN framework_agreement a ON a.id = l.agreement_id
      JOIN supplier s ON s.id = h.supplier_id
      WHERE a.reference = \(draft.agreement) AND l.number = \(draft.lot) AND s.code = \(draft.supplier)
      """
    )
    guard
      let (lot, supplier, currency) = try holders.first?
        .decode(as: AgreementLot.ID.self, Supplier.ID.self, String.self)
    else {
      let expected = "a holder of lot \(draft.lot) of \(draft.agreement)"
      return (nil, findings + [draft.finding("supplier_code", "\(draft.supplier)", expected)])
    }
    if let stated = draft.currency, stated != currency {
      findings.append(draft.finding("currency", stated, "\(currency), the agreement's"))
    }
    guard let item, findings.isEmpty else { return (nil, findings) }
    return (OfferKeys(lot: lot, supplier: supplier, item: item), [])
  }
}
