import Inventory
import Planning

/// The codes behind the indices of an award's problem, and the parts of the problem that need only them.
struct AwardCodes {
  let centres: [Centre.Code]
  let items: [Item.SKU]
  let orders: [OrderKey]

  func offer(_ offer: Offer, capacities: [Int64?]) -> AwardProblem.Offer {
    let terms = offer.terms
    let pack = Int(terms.packUnits.units)
    return .init(
      item: items.firstIndex(of: offer.item) ?? 0,
      supplier: orders.firstIndex(of: offer.orderKey) ?? 0,
      pack: pack,
      pricing: terms.prices.mode == .allUnits ? .allUnits : .incremental,
      tiers: terms.prices.tiers.enumerated().map { number, tier in
        let first = terms.prices.mode == .allUnits ? Int(tier.from) * pack : (Int(tier.from) - 1) * pack + 1
        return .init(from: number == 0 ? 0 : first, price: Int(tier.price.cents))
      },
      priceFor: pack,
      minimumQuantity: Int(terms.minimumPacks) * pack,
      capacity: capacities.map { $0.map { Int($0) * pack } },
      leadTime: Int(terms.leadDays),
      multiple: Int(terms.multiplePacks)
    )
  }

  /// Where each code stands.
  static func places<Value: Hashable>(_ codes: [Value]) -> [Value: Int] {
    Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The needs, the largest of each item also taking what minimums and multiples force on somebody: it uses it first.
  func needs(_ needs: [Need], forced: [Item.SKU: Int64], by campaign: Day) -> [AwardProblem.Need] {
    let largest = Dictionary(grouping: needs.indices) { needs[$0].item }.compactMapValues { indices in
      indices.max { left, right in
        (needs[left].quantity, needs[right].centre) < (needs[right].quantity, needs[left].centre)
      }
    }
    let places = Self.places(items)
    return needs.enumerated().map { index, need in
      let excess = index == largest[need.item] ? forced[need.item] ?? 0 : 0
      return AwardProblem.Need(
        centre: centres.firstIndex(of: need.centre) ?? 0,
        item: places[need.item] ?? 0,
        quantity: Int(need.quantity.units),
        tolerance: Int(max(need.tolerance.units, excess)),
        deliveryPoint: centres.firstIndex(of: need.centre) ?? 0,
        dueDay: Int((need.neededBy ?? campaign).rawValue)
      )
    }
  }

  /// A lot as the agreements of the problem: its ceiling with its rule, and under the rule “share” one more for each
  /// item, for only the holders that offer an item can share it.
  func agreements(
    of lot: AwardInput.Lot,
    offers: [Offer]
  ) -> [(lot: AwardInput.Lot, agreement: AwardProblem.Agreement)] {
    let offered = offers.filter { $0.lotKey == lot.key }
    let sold = Set(offered.map(\.item))
    let whole = AwardProblem.Agreement(
      reference: lot.key.words,
      items: items.indices.filter { sold.contains(items[$0]) },
      holders: holders(of: lot) { _ in true },
      rule: lot.rule == .cascade ? .cascade : .bestOffer,
      limits: .init(
        maximumValue: lot.ceiling.roomInValue.map { Int($0.cents) },
        maximumQuantity: lot.ceiling.roomInQuantity.map { Int($0.units) }
      ),
      isClosed: false,
      countsCharges: true
    )
    guard lot.rule == .share else { return [(lot, whole)] }
    let shared = whole.items.map { item in
      let sellers = offered.filter { $0.item == items[item] }.map(\.supplier)
      return AwardProblem.Agreement(
        reference: lot.key.words,
        items: [item],
        holders: holders(of: lot) { sellers.contains($0) },
        rule: .share,
        isClosed: false
      )
    }
    return [(lot, whole)] + shared.map { (lot, $0) }
  }

  /// The lot's holders by rank, their shares in thousandths of what those that count get.
  private func holders(
    of lot: AwardInput.Lot,
    where counts: (Supplier.Code) -> Bool
  ) -> [AwardProblem.Agreement.Holder] {
    let holders = lot.holders.sorted { $0.rank < $1.rank }.compactMap { holder in
      orders.firstIndex(of: OrderKey(lot: lot.key, supplier: holder.supplier)).map { (holder, $0) }
    }.filter { counts($0.0.supplier) }
    let shares = split(1000, inProportionTo: holders.map { $0.0.sharePermille ?? 0 })
    return zip(holders, shares).map { .init(supplier: $0.1, share: Int($1)) }
  }
}

extension OrderKey {
  var words: String { "\(supplier) under \(lot.words)" }
}

extension LotKey {
  /// As a buyer says it.
  package var words: String { "lot \(number) of \(agreement)" }
}
