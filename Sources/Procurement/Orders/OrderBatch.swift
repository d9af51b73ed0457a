import Inventory
import Storage

/// Orders that are drawn up in one transaction, each under a key of its own.
///
/// What is looked up, is looked up once for all of them; what is written, is written by a few statements, whatever their
/// number. A request that a rule refuses has no part in what is written.
struct OrderBatch {
  private let placings: [OrderPlacing]
  private let items: [Item.SKU]
  private let centres: [Centre.Code]
  private var answers: [Result<PurchaseOrder, any Error>?]

  init(_ placings: [OrderPlacing]) {
    self.placings = placings
    let lines = placings.flatMap(\.request.lines)
    items = Set(lines.map(\.item)).sorted()
    centres = Set(lines.flatMap { $0.shares.map(\.centre) }).sorted()
    answers = Array(repeating: nil, count: placings.count)
  }

  /// - Returns: an answer for each, in their order.
  mutating func place(in connection: any Connection) throws -> [Result<PurchaseOrder, any Error>] {
    guard !placings.isEmpty else { return [] }
    try connection.askAhead(questions)
    let known = try knownNumbers(in: connection)
    let fresh = placings.indices.filter { known[placings[$0].request.key] == nil }
    let drafts = try drafts(of: fresh, in: connection)
    for index in placings.indices {
      guard let number = known[placings[index].request.key] else { continue }
      answers[index] = try refusal { try placings[index].request.order(placedAs: number, in: connection) }
    }
    for (index, order) in zip(drafts.map(\.index), try OrderDraft.store(drafts.map(\.draft), in: connection))
    {
      answers[index] = .success(order)
    }
    return answers.map { $0 ?? .failure(DatabaseError.failed("a request for an order has no answer")) }
  }

  /// What is looked up, apart from the offers, which depend on it.
  private var questions: [SQL] {
    let terms = terms(of: placings.indices).map { HolderTerms.query(placings[$0.indices[0]].request) }
    return [
      keyed, Keys.query(ofItems: items), Keys.query(ofCentres: centres),
      AuditEntry.headQuery(of: .network),
    ] + years.map(OrderDraft.lastNumber(in:)) + terms
  }

  private var years: [Int] { Set(placings.map(\.stamp.at.day.year)).sorted() }

  private var keyed: SQL {
    "SELECT key, number FROM purchase_order WHERE key IN (\(SQL.list(placings.map(\.request.key))))"
  }

  /// The orders that stand under the keys already.
  private func knownNumbers(in connection: any Connection) throws -> [String: PurchaseOrder.Number] {
    try connection.query(keyed).reduce(into: [:]) { known, row in
      let (key, number) = try row.decode(as: String.self, PurchaseOrder.Number.self)
      known[key] = number
    }
  }

  /// What several requests are held against in common: the holder's terms, and its offers of a day.
  private struct Terms: Hashable {
    var supplier: Supplier.Code
    var agreement: Agreement.Reference
    var lot: Int64
    var campaign: Campaign.Code?
    var day: Day
  }

  private func terms(of indices: some Sequence<Int>) -> [(terms: Terms, indices: [Int])] {
    var places: [Terms: Int] = [:]
    return indices.reduce(into: []) { groups, index in
      let (request, day) = (placings[index].request, placings[index].stamp.at.day)
      let terms = Terms(
        supplier: request.supplier,
        agreement: request.agreement,
        lot: request.lot,
        campaign: request.campaign,
        day: day
      )
      if let place = places[terms] { return groups[place].indices.append(index) }
      places[terms] = groups.count
      groups.append((terms, [index]))
    }
  }

  /// The orders that the rules allow, in the order in which they were asked for; the others have their answer.
  private mutating func drafts(
    of indices: [Int],
    in connection: any Connection
  ) throws -> [(index: Int, draft: OrderDraft)] {
    let keys = (
      items: try Keys.items(items, in: connection), centres: try Keys.centres(centres, in: connection)
    )
    var drafts: [(index: Int, draft: OrderDraft)] = []
    for (terms, indices) in terms(of: indices) {
      let found = try refusal { try HolderTerms.find(placings[indices[0]].request, in: connection) }
      let holder: HolderTerms
      switch found {
      case .success(let terms): holder = terms
      case .failure(let error):
        for index in indices { answers[index] = .failure(error) }
        continue
      }
      let asked = Set(indices.flatMap { placings[$0].request.lines.compactMap { keys.items[$0.item] } })
      let offers = try Offer.of(
        holder.supplier,
        lot: holder.lot,
        items: asked.sorted(),
        on: terms.day,
        in: connection
      )
      let desk = OrderDesk(holder: holder, offers: offers, items: keys.items, centres: keys.centres)
      for index in indices {
        let drawn = try refusal { try desk.draft(placings[index], in: connection) }
        switch drawn {
        case .success(let draft): drafts.append((index, draft))
        case .failure(let error): answers[index] = .failure(error)
        }
      }
    }
    return drafts.sorted { $0.index < $1.index }
  }
}

/// What requests to one holder of a lot are held against.
private struct OrderDesk {
  let holder: HolderTerms
  let offers: [Item.SKU: Offer]
  let items: [Item.SKU: Item.ID]
  let centres: [Centre.Code: Centre.ID]

  init(
    holder: HolderTerms,
    offers: [Offer],
    items: [Item.SKU: Item.ID],
    centres: [Centre.Code: Centre.ID]
  ) {
    self.holder = holder
    self.offers = Dictionary(offers.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    (self.items, self.centres) = (items, centres)
  }

  func draft(_ placing: OrderPlacing, in connection: any Connection) throws -> OrderDraft {
    let (request, day) = (placing.request, placing.stamp.at.day)
    let priced = try request.priced(at: offers)
    try holder.checkRule(for: request, priced: priced, on: day, in: connection)
    let lines = try priced.lines.map { line -> OrderDraft.Line in
      guard let item = items[line.item], let offer = offers[line.item] else {
        throw OrderError.invalid([Finding(field: "sku", found: "\(line.item)", expected: "a known item")])
      }
      let shares = try line.shares.map { share in
        guard let centre = centres[share.centre] else {
          throw CentreError.noSuchCentre(share.centre.rawValue)
        }
        return (centre, share)
      }
      return OrderDraft.Line(line: line, offer: offer.id, item: item, shares: shares)
    }
    return OrderDraft(placing: placing, holder: holder, priced: priced, lines: lines)
  }
}

extension OrderRequest {
  /// The order that the key was used for, where it says the same.
  fileprivate func order(
    placedAs number: PurchaseOrder.Number,
    in connection: any Connection
  ) throws -> PurchaseOrder {
    let order = try PurchaseOrder.find(number, in: connection)
    guard order.says(self) else { throw OrderError.keyDiffers(key: key, number) }
    return order
  }
}

extension PurchaseOrder {
  fileprivate func says(_ request: OrderRequest) -> Bool {
    header.supplier == request.supplier && header.agreement == request.agreement && header.lot == request.lot
      && header.campaign == request.campaign && header.sendOn == request.sendOn
      && lines.count == request.lines.count
      && zip(lines, request.lines).allSatisfy { line, asked in
        line.item == asked.item
          && line.shares.map { "\($0.centre) \($0.packs)" }
            == asked.shares.sorted { $0.centre < $1.centre }.map { "\($0.centre) \($0.packs)" }
      }
  }
}
