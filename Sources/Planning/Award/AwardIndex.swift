/// An `AwardProblem` looked at item by item: who could deliver what, where, and by when.
///
/// Built once for a problem in time linear in offers × periods × delivery points of their items.
package struct AwardIndex: Sendable {
  /// One offer in one period: what an order line refers to.
  package struct Source: Sendable {
    package var offer: Int
    package var period: Int
    package var item: Int
    package var supplier: Int
    package var pack: Int
    /// An order line has a multiple of so many packs.
    package var multiple: Int
    package var arrivalDay: Int
    /// Packs that may be ordered, when any are: minimums and capacity are in the ranges.
    package var pieces: [PricePiece]
    /// Packs of the stated capacity, in whole multiples; nil without one.
    package var capacityPacks: Int?

    package var mostPacks: Int { pieces.last?.packs.upperBound ?? 0 }

    package func piece(_ packs: Int) -> PricePiece? { pieces.first { $0.packs.contains(packs) } }
    package func cost(_ packs: Int) -> Int? { packs == 0 ? 0 : piece(packs)?.cost(packs) }
  }

  /// What one delivery point must have received of an item by when, and how much it takes at most.
  package struct Point: Sendable, Equatable {
    package var deliveryPoint: Int
    /// Ascending days with what must have arrived by then, all earlier needs included.
    package var dues: [Due]
    package var most: Int

    package var need: Int { dues.last?.quantity ?? 0 }
    package var lastDay: Int { dues.last?.day ?? .min }
  }

  package struct Due: Sendable, Equatable {
    package var day: Int
    package var quantity: Int
  }

  /// All that concerns one item.
  package struct Block: Sendable {
    package var item: Int
    package var sources: [Int]
    package var points: [Point]
    package var need: Int
    /// Packs that one supplier may deliver over all periods, by offer; absent without a maximum share.
    package var sharePacks: [Int: Int]
  }

  package let problem: AwardProblem
  package private(set) var sources: [Source] = []
  package private(set) var blocks: [Block] = []

  package init(_ problem: AwardProblem) {
    self.problem = problem
    let needs = Dictionary(grouping: problem.needs.indices) { problem.needs[$0].item }
    let offers = Dictionary(grouping: problem.offers.indices) { problem.offers[$0].item }
    let sellers = problem.allowedSellers
    for item in problem.items.indices {
      addBlock(
        item,
        needs: needs[item] ?? [],
        offers: (offers[item] ?? []).filter { sellers[item]?.contains(problem.offers[$0].supplier) ?? true }
      )
    }
  }

  private mutating func addBlock(_ item: Int, needs: [Int], offers: [Int]) {
    let need = needs.reduce(0) { $0 + problem.needs[$1].quantity }
    let shares = problem.sharePacks(item, need: problem.items[item].shareBase ?? need, offers: offers)
    let points = points(needs: needs, offers: offers)
    var block = Block(item: item, sources: [], points: points, need: need, sharePacks: shares)
    for offer in offers {
      for period in problem.periods.indices {
        guard let source = source(offer, period, points, shares[offer]) else { continue }
        block.sources.append(sources.count)
        sources.append(source)
      }
    }
    blocks.append(block)
  }

  private func points(needs: [Int], offers: [Int]) -> [Point] {
    let byPoint = Dictionary(grouping: needs) { problem.needs[$0].deliveryPoint }
    return byPoint.keys.sorted().compactMap { deliveryPoint in
      point(deliveryPoint, (byPoint[deliveryPoint] ?? []).map { problem.needs[$0] }, offers)
    }
  }

  private func point(_ deliveryPoint: Int, _ needs: [AwardProblem.Need], _ offers: [Int]) -> Point? {
    var dues: [Due] = []
    var total = 0
    for (day, needs) in Dictionary(grouping: needs, by: \.dueDay).sorted(by: { $0.key < $1.key }) {
      total += needs.reduce(0) { $0 + $1.quantity }
      dues.append(Due(day: day, quantity: total))
    }
    let tolerance = needs.reduce(0) { $0 + $1.tolerance }
    guard total + tolerance > 0, let lastDay = dues.last?.day else { return nil }
    let largestPack =
      offers.filter { problem.firstArrival(of: $0) <= lastDay }
      .map { problem.offers[$0].pack }.max() ?? 1
    let rounding = total > 0 ? largestPack - 1 : 0
    return Point(deliveryPoint: deliveryPoint, dues: dues, most: total + max(tolerance, rounding))
  }

  /// The offer in the period, with the packs that can be of use to some point; nil where none can.
  private func source(_ offer: Int, _ period: Int, _ points: [Point], _ sharePacks: Int?) -> Source? {
    let terms = problem.offers[offer]
    let arrival = problem.periods[period].orderDay + terms.leadTime
    let useful = points.reduce(0) { $0 + ($1.lastDay >= arrival ? $1.most / terms.pack : 0) }
    let capacity = terms.capacity.at(period).map { ($0 / terms.pack).roundedDown(to: terms.multiple) }
    let most = min(useful, capacity ?? .max, sharePacks ?? .max)
    let pieces = terms.pricePieces(upTo: most).compactMap { $0.meeting(terms) }
    guard !pieces.isEmpty else { return nil }
    return Source(
      offer: offer,
      period: period,
      item: terms.item,
      supplier: terms.supplier,
      pack: terms.pack,
      multiple: terms.multiple,
      arrivalDay: arrival,
      pieces: pieces,
      capacityPacks: capacity
    )
  }
}

extension PricePiece {
  /// The part of the range that meets the offer's minimum quantity and value, between whole multiples.
  fileprivate func meeting(_ offer: AwardProblem.Offer) -> PricePiece? {
    var lowest = max(packs.lowerBound, offer.minimumQuantity.dividedRoundingUp(by: offer.pack))
    let missing = offer.minimumValue - fixed
    if missing > 0 {
      guard perPack > 0 else { return nil }
      lowest = max(lowest, missing.dividedRoundingUp(by: perPack))
    }
    lowest = lowest.roundedUp(to: offer.multiple)
    let highest = packs.upperBound.roundedDown(to: offer.multiple)
    guard lowest <= highest else { return nil }
    return PricePiece(packs: lowest...highest, fixed: fixed, perPack: perPack, tier: tier)
  }
}

extension AwardProblem {
  /// Suppliers that may sell an item, for the items of an agreement with named holders.
  var allowedSellers: [Int: Set<Int>] {
    var sellers: [Int: Set<Int>] = [:]
    for agreement in agreements where agreement.isClosed && !agreement.holders.isEmpty {
      let holders = Set(agreement.holders.map(\.supplier))
      for item in agreement.items { sellers[item] = sellers[item]?.intersection(holders) ?? holders }
    }
    return sellers
  }

  func firstArrival(of offer: Int) -> Int { (periods.map(\.orderDay).min() ?? 0) + offers[offer].leadTime }

  /// The maximum share as packs of each offer, rounded up to a whole multiple: `⌈share × need / 100 / pack⌉`.
  func sharePacks(_ item: Int, need: Int, offers candidates: [Int]) -> [Int: Int] {
    guard let share = items[item].maximumShare, share < 100 else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: candidates.map { offer in
        let packs = (need * share).dividedRoundingUp(by: 100 * offers[offer].pack)
        return (offer, packs.roundedUp(to: offers[offer].multiple))
      }
    )
  }
}

extension [Int?] {
  /// The limit of a period; the last one given holds for the periods after it.
  func at(_ period: Int) -> Int? { isEmpty ? nil : self[Swift.min(period, count - 1)] }
}
