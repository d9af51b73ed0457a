import Inventory
import Storage

/// What orders to one holder of a lot are held against on a day: its terms, its offers, and the keys of what they name.
struct OrderDesk: Sendable {
  let holder: HolderTerms
  private(set) var offers: [Item.SKU: Offer]
  private(set) var names: Names

  /// The keys of what orders name.
  struct Names: Sendable {
    var items: [Item.SKU: Item.ID]
    var centres: [Centre.Code: Centre.ID]

    init(items: [Item.SKU], centres: [Centre.Code], in connection: any Connection) throws {
      self.items = try Keys.items(items, in: connection)
      self.centres = try Keys.centres(centres, in: connection)
    }
  }

  /// Reads what requests to one holder, under one lot and of one campaign or none, are held against.
  /// - Throws: what refuses all of them, whatever their lines.
  init(
    for requests: [OrderRequest],
    of names: Names,
    on day: Day,
    in connection: any Connection
  ) throws {
    holder = try HolderTerms.find(requests[0], in: connection)
    let asked = Set(requests.flatMap { $0.lines.compactMap { names.items[$0.item] } })
    let offers = try Offer.of(
      holder.supplier,
      lot: holder.lot,
      items: asked.sorted(),
      on: day,
      in: connection
    )
    self.offers = Dictionary(offers.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    self.names = names
  }

  /// Whether all that a request names was looked up.
  func knows(_ request: OrderRequest) -> Bool {
    request.lines.allSatisfy { line in
      names.items[line.item] != nil && line.shares.allSatisfy { names.centres[$0.centre] != nil }
    }
  }

  /// Knows from now on what another desk of the same terms does.
  mutating func add(_ other: OrderDesk) {
    offers.merge(other.offers) { $1 }
    names.items.merge(other.names.items) { $1 }
    names.centres.merge(other.names.centres) { $1 }
  }

  /// Draws up an order as the lot's rule allows.
  func checkedDraft(
    _ request: OrderRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> OrderDraft {
    let draft = try draft(request, by: stamp)
    try holder.checkRule(for: request, priced: draft.priced, on: stamp.at.day, in: connection)
    return draft
  }

  /// Draws up an order, whatever the lot's rule says of it.
  func draft(_ request: OrderRequest, by stamp: Stamp) throws -> OrderDraft {
    let priced = try request.priced(at: offers, on: stamp.at.day)
    let lines = try priced.lines.map { line -> OrderDraft.Line in
      guard let item = names.items[line.item], let offer = offers[line.item] else {
        throw OrderError.invalid([Finding(field: "sku", found: "\(line.item)", expected: "a known item")])
      }
      let shares = try line.shares.map { share in
        guard let centre = names.centres[share.centre] else {
          throw CentreError.noSuchCentre(share.centre.rawValue)
        }
        return (centre, share)
      }
      return OrderDraft.Line(line: line, offer: offer.id, item: item, shares: shares)
    }
    return OrderDraft(request: request, stamp: stamp, holder: holder, priced: priced, lines: lines)
  }
}
