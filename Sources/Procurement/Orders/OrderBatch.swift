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
    let lines = placings.filter { $0.drawn == nil }.flatMap(\.request.lines)
    items = Set(lines.map(\.item)).sorted()
    centres = Set(lines.flatMap { $0.shares.map(\.centre) }).sorted()
    answers = Array(repeating: nil, count: placings.count)
  }

  /// - Returns: an answer for each, in their order.
  mutating func place(in connection: any Connection) throws -> [Result<PurchaseOrder, any Error>] {
    guard !placings.isEmpty else { return [] }
    for mark in Set(placings.compactMap(\.drawn?.mark)) { try mark.confirm(in: connection) }
    try connection.askAhead(questions)
    let known = try knownNumbers(in: connection)
    let fresh = placings.indices.filter { known[placings[$0].request.key] == nil }
    let ahead = fresh.compactMap { index in placings[index].drawn.map { (index: index, draft: $0.draft) } }
    let drafts = try (ahead + drafts(of: fresh.filter { placings[$0].drawn == nil }, in: connection))
      .sorted { $0.index < $1.index }
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
    let terms = terms(of: undrawn).map { HolderTerms.query(placings[$0.indices[0]].request) }
    let names = terms.isEmpty ? [] : [Keys.query(ofItems: items), Keys.query(ofCentres: centres)]
    return [keyed, AuditEntry.headQuery(of: .network)] + years.map(OrderDraft.lastNumber(in:)) + names + terms
  }

  /// Those that were not drawn up ahead.
  private var undrawn: [Int] { placings.indices.filter { placings[$0].drawn == nil } }

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

  /// The orders that the rules allow; the others have their answer.
  private mutating func drafts(
    of indices: [Int],
    in connection: any Connection
  ) throws -> [(index: Int, draft: OrderDraft)] {
    guard !indices.isEmpty else { return [] }
    let names = try OrderDesk.Names(items: items, centres: centres, in: connection)
    var drafts: [(index: Int, draft: OrderDraft)] = []
    for (terms, indices) in terms(of: indices) {
      let requests = indices.map { placings[$0].request }
      let found = try refusal { try OrderDesk(for: requests, of: names, on: terms.day, in: connection) }
      for index in indices {
        let (request, stamp) = (placings[index].request, placings[index].stamp)
        let drawn = try refusal { try found.get().checkedDraft(request, by: stamp, in: connection) }
        switch drawn {
        case .success(let draft): drafts.append((index, draft))
        case .failure(let error): answers[index] = .failure(error)
        }
      }
    }
    return drafts
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
