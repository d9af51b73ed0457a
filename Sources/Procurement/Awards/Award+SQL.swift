import Foundation
package import Inventory
package import Storage

extension Award.Method.Status: Storable {}

extension Award {
  /// The award of a campaign that counts: the last one. Nil where there is none yet.
  ///
  /// - Parameters:
  ///   - campaign: whose awards.
  ///   - end: only those drawn up before it; nil for all.
  ///   - connection: a snapshot or a transaction.
  /// - Throws: the database's errors.
  /// - Returns: the one with the highest number; nil where there is none.
  package static func latest(
    of campaign: Campaign,
    before end: Instant? = nil,
    in connection: any Connection
  ) throws -> Award? {
    let limit: SQL = end.map { "AND awarded_at < \($0)" } ?? ""
    let rows = try connection.query(
      """
      SELECT id, number, goods, freight, standalone_cost, inputs_digest, report, awarded_at
      FROM award WHERE campaign_id = \(campaign.id) \(limit) ORDER BY number DESC LIMIT 1
      """
    )
    guard let row = rows.first else { return nil }
    let (id, number, goods, freight, alone, digest, report, at) = try row.decode(
      as: ID.self,
      Int64.self,
      Money.self,
      Money.self,
      Money?.self,
      String.self,
      String.self,
      Instant.self
    )
    return Award(
      number: number,
      method: try method(of: id, in: connection),
      goods: goods,
      freight: freight,
      standaloneCost: alone,
      inputsDigest: digest,
      awardedAt: at,
      lines: try lines(of: id, in: connection),
      report: try JSONDecoder().decode(Report.self, from: Data(report.utf8))
    )
  }

  private static func method(of award: ID, in connection: any Connection) throws -> Method {
    let rows = try connection.query(
      """
      SELECT method, solver, bound, gap_permillion, status, rule_version, milliseconds, budget, maximum_share,
        asked_gap_permillion, time_limit
      FROM award WHERE id = \(award)
      """
    )
    guard let row = rows.first else { return .greedy }
    let (name, solver, bound, gap, status, version, time, budget, share, asked, limit) = try row.decode(
      as: String.self,
      String.self,
      Money?.self,
      Int64?.self,
      Method.Status?.self,
      String?.self,
      Int64?.self,
      Money?.self,
      Int64?.self,
      Int64?.self,
      Int64?.self
    )
    var method = Method(name: name, solver: solver, bound: bound, gapPermillion: gap)
    method.status = status
    method.version = version
    method.milliseconds = time
    if let asked, let limit {
      method.request = AwardRequest(
        budget: budget,
        maximumShare: share,
        gapPermillion: asked,
        timeLimit: limit
      )
    }
    return method
  }

  private static func lines(of award: ID, in connection: any Connection) throws -> [Line] {
    let shares = try shares(of: award, in: connection)
    return try connection.query(
      """
      SELECT w.line, o.code, s.code, a.reference, l.number, i.sku, w.packs, o.pack_units, w.cost,
        w.order_on
      FROM award_line w JOIN supplier_offer o ON o.id = w.offer_id JOIN supplier s ON s.id = o.supplier_id
      JOIN agreement_lot l ON l.id = o.lot_id JOIN framework_agreement a ON a.id = l.agreement_id
      JOIN item i ON i.id = o.item_id WHERE w.award_id = \(award) ORDER BY w.line
      """
    ).map { row in
      let (number, offer, supplier, agreement, lot, item, packs, packUnits, cost, orderOn) = try row.decode(
        as: Int64.self,
        Offer.Code.self,
        Supplier.Code.self,
        Agreement.Reference.self,
        Int64.self,
        Item.SKU.self,
        Int64.self,
        Quantity.self,
        Money.self,
        Day?.self
      )
      return Line(
        offer: offer,
        supplier: supplier,
        agreement: agreement,
        lot: lot,
        item: item,
        packs: packs,
        packUnits: packUnits,
        cost: cost,
        shares: shares[number] ?? [],
        orderOn: orderOn
      )
    }
  }

  private static func shares(
    of award: ID,
    in connection: any Connection
  ) throws -> [Int64: [OrderRequest.Share]] {
    let rows = try connection.query(
      """
      SELECT x.line, c.code, x.packs, x.cost FROM award_share x JOIN centre c ON c.id = x.centre_id
      WHERE x.award_id = \(award) ORDER BY x.line, c.code
      """
    )
    return try rows.reduce(into: [:]) { shares, row in
      let (line, centre, packs, cost) = try row.decode(
        as: Int64.self,
        Centre.Code.self,
        Int64.self,
        Money.self
      )
      shares[line, default: []].append(OrderRequest.Share(centre: centre, packs: packs, cost: cost))
    }
  }

  /// Stores a plan as the campaign's next award.
  static func store(
    _ plan: AwardPlan,
    found method: Method,
    report: Report,
    for input: AwardInput,
    of campaign: Campaign,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let alone = report.savings.compactMap(\.alone)
    let standalone = alone.count == report.savings.count ? alone.reduce(Money.zero, +) : nil
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let rows = try connection.query(
      """
      INSERT INTO award (campaign_id, number, method, goods, freight, standalone_cost, bound, gap_permillion,
        solver, inputs_digest, report, awarded_at, status, rule_version, milliseconds, budget, maximum_share,
        asked_gap_permillion, time_limit)
      VALUES (\(campaign.id),
        (SELECT COALESCE(MAX(number), 0) + 1 FROM award WHERE campaign_id = \(campaign.id)),
        \(method.name), \(plan.goods), \(plan.totalFreight), \(standalone), \(method.bound),
        \(method.gapPermillion), \(method.solver), \(try input.digest()),
        \(String(decoding: try encoder.encode(report), as: UTF8.self)), \(stamp.at),
        \(method.status), \(method.version), \(method.milliseconds), \(method.request?.budget),
        \(method.request?.maximumShare), \(method.request?.gapPermillion), \(method.request?.timeLimit))
      RETURNING id
      """
    )
    guard let award: ID = try rows.first?.decode(as: ID.self) else { return }
    let centres = try Keys.centres(
      Set(plan.lines.flatMap { $0.shares.map(\.centre) }).sorted(),
      in: connection
    )
    for (number, line) in zip(Int64(1)..., plan.lines) {
      try store(line, number: number, of: award, centres: centres, in: connection)
    }
  }

  private static func store(
    _ line: AwardPlan.Line,
    number: Int64,
    of award: ID,
    centres: [Centre.Code: Centre.ID],
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO award_line (award_id, line, offer_id, order_on, packs, cost)
      VALUES (\(award), \(number), \(line.offer.id), \(line.orderOn), \(line.packs), \(line.cost))
      """
    )
    for share in line.shares {
      guard let centre = centres[share.centre] else { continue }
      try connection.execute(
        """
        INSERT INTO award_share (award_id, line, centre_id, packs, cost)
        VALUES (\(award), \(number), \(centre), \(share.packs), \(share.cost ?? .zero))
        """
      )
    }
  }
}
