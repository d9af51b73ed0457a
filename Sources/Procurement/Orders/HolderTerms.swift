import Inventory
import Storage

/// What an order must know of the lot that it draws on and of the supplier that holds it.
struct HolderTerms {
  let lot: AgreementLot.ID
  let supplier: Supplier.ID
  let campaign: Campaign.ID?
  let rule: AgreementLot.Rule
  let rank: Int64
  /// ISO 4217, the agreement's.
  let currency: String

  static func query(_ request: OrderRequest) -> SQL {
    """
    SELECT h.lot_id, h.supplier_id, l.rule, h.rank, s.active, a.currency,
      (SELECT id FROM campaign WHERE code = \(request.campaign?.rawValue ?? ""))
    FROM lot_holder h JOIN agreement_lot l ON l.id = h.lot_id
    JOIN framework_agreement a ON a.id = l.agreement_id JOIN supplier s ON s.id = h.supplier_id
    WHERE a.reference = \(request.agreement) AND l.number = \(request.lot) AND s.code = \(request.supplier)
    """
  }

  static func find(_ request: OrderRequest, in connection: any Connection) throws -> HolderTerms {
    let rows = try connection.query(query(request))
    guard let row = rows.first else { throw try reasonWhyNot(request, in: connection) }
    let (lot, supplier, rule, rank, active, currency, campaign) = try row.decode(
      as: AgreementLot.ID.self,
      Supplier.ID.self,
      AgreementLot.Rule.self,
      Int64.self,
      Int64.self,
      String.self,
      Campaign.ID?.self
    )
    guard active == 1 else { throw SupplierError.inactive(request.supplier) }
    if let code = request.campaign, campaign == nil { throw CampaignError.noSuchCampaign(code.rawValue) }
    return HolderTerms(
      lot: lot,
      supplier: supplier,
      campaign: campaign,
      rule: rule,
      rank: rank,
      currency: currency
    )
  }

  private static func reasonWhyNot(
    _ request: OrderRequest,
    in connection: any Connection
  ) throws -> any DomainError {
    _ = try Agreement.find(request.agreement, in: connection).lot(request.lot)
    _ = try Supplier.find(request.supplier, in: connection)
    return AgreementError.notAHolder(request.supplier, request.agreement, lot: request.lot)
  }

  /// Whether the lot's rule allows the order, whatever other holders offer.
  func allows(_ request: OrderRequest) -> Bool {
    if request.reason != nil { return true }
    return switch rule {
    case .sole, .share: true
    case .cascade: rank <= 1
    case .bestOffer: false
    }
  }

  /// Refuses an order that passes over the holder whom the lot's rule puts first, unless it says why.
  func checkRule(
    for request: OrderRequest,
    priced: PricedOrder,
    on day: Day,
    in connection: any Connection
  ) throws {
    if allows(request) { return }
    switch rule {
    case .sole, .share: return
    case .cascade:
      let rows = try connection.query(
        """
        SELECT s.code FROM lot_holder h JOIN supplier s ON s.id = h.supplier_id
        WHERE h.lot_id = \(lot) AND h.rank < \(rank) ORDER BY h.rank
        """
      )
      guard let first: Supplier.Code = try rows.first?.decode(as: Supplier.Code.self) else { return }
      throw OrderError.ruleNotFollowed(rule, request.supplier, instead: first)
    case .bestOffer:
      let others = try Offer.others(
        than: supplier,
        lot: lot,
        items: request.lines.map(\.item),
        on: day,
        in: connection
      )
      guard let cheaper = priced.cheaper(among: others) else { return }
      throw OrderError.ruleNotFollowed(rule, request.supplier, instead: cheaper)
    }
  }
}

extension PricedOrder {
  /// The holder at which the same goods, in its own whole packs, cost less in all; nil where there is none.
  fileprivate func cheaper(among offers: [Offer]) -> Supplier.Code? {
    let bySupplier = Dictionary(grouping: offers, by: \.supplier).sorted { $0.key < $1.key }
    let totals = bySupplier.compactMap { supplier, offers -> (Supplier.Code, Money)? in
      let costs = lines.compactMap { line -> Money? in
        guard let terms = offers.first(where: { $0.item == line.item })?.terms else { return nil }
        return terms.cheapest(atLeast: line.units.packs(of: terms.packUnits, rounding: .up))?.cost
      }
      return costs.count == lines.count ? (supplier, costs.reduce(.zero, +)) : nil
    }
    return totals.filter { $0.1 < goods }.min { $0.1 < $1.1 }?.0
  }
}
