import Inventory
package import Planning

/// An award's input as the mathematics asks it: indices for codes, days and units as plain integers.
///
/// A supplier of the problem is an order of ours: what is bought from one supplier under one lot. A lot's ceiling
/// counts the freight of its orders, as their approval does.
package struct AwardQuestion: Sendable {
  /// Freight and minimum value belong to offers here and to orders there. Where the offers of one order differ, the
  /// strictest reading gives plans that hold, and the mildest a bound that holds.
  package enum Reading: Sendable { case strictest, mildest }

  package let input: AwardInput
  package let request: AwardRequest
  let centres: [Centre.Code]
  let items: [Item.SKU]
  let needs: [Need]
  /// The offers that can deliver something in time.
  let offers: [Offer]
  /// What each offer can bring in time, by round.
  let capacities: [Offer.Code: [Int64?]]
  let orders: [OrderKey]
  /// The lot behind each agreement of the problem.
  let lots: [AwardInput.Lot]
  package let problem: AwardProblem

  package init(_ input: AwardInput, _ request: AwardRequest, _ reading: Reading = .strictest) {
    let needs = input.needs.filter { $0.quantity > .zero }
    let capacities = input.capacities
    let offers = input.offers.filter { offer in
      (capacities[offer.code] ?? []).contains { $0.map { $0 > 0 } ?? true }
    }
    let sellers = Dictionary(grouping: offers, by: \.item).mapValues { Set($0.map(\.supplier)).count }
    let codes = AwardCodes(
      centres: Set(needs.map(\.centre)).sorted(),
      items: input.items,
      orders: Set(offers.map(\.orderKey)).sorted { $0.words < $1.words }
    )
    let rules = input.lots.flatMap { codes.agreements(of: $0, offers: offers) }
    self.input = input
    self.request = request
    self.needs = needs
    self.offers = offers
    self.capacities = capacities
    centres = codes.centres
    items = codes.items
    orders = codes.orders
    lots = rules.map(\.lot)
    problem = AwardProblem(
      centres: centres.map(\.rawValue),
      deliveryPoints: centres.map(\.rawValue),
      items: items.map { item in
        let isChoice = sellers[item] ?? 0 > 1
        return .init(code: item.rawValue, maximumShare: isChoice ? request.maximumShare.map { Int($0) } : nil)
      },
      suppliers: orders.map { Self.supplier($0, offers, reading) },
      periods: input.orderDays.map { .init(name: "\($0)", orderDay: Int($0.rawValue)) },
      offers: offers.map { codes.offer($0, capacities: capacities[$0.code] ?? []) },
      needs: codes.needs(needs, forced: input.forcedExcess(needs, offers), by: input.neededBy),
      agreements: rules.map(\.agreement),
      budget: request.budget.map { Int($0.cents) }
    )
  }

  /// The question of each centre for itself: its own needs under the same offers and ceilings, without what was asked
  /// for the group alone.
  var alone: [AwardProblem] {
    centres.map { centre in
      var own = input
      own.needs = input.needs.filter { $0.centre == centre }
      return AwardQuestion(own, AwardRequest()).problem
    }
  }

  /// Items that only one supplier can deliver: a maximum share cannot hold for them.
  var soleItems: [Item.SKU] {
    items.filter { item in Set(offers.filter { $0.item == item }.map(\.supplier)).count < 2 }
  }

  /// Whether both readings are the same question.
  var isOneReading: Bool {
    orders.allSatisfy { Self.supplier($0, offers, .strictest) == Self.supplier($0, offers, .mildest) }
  }

  private static func supplier(
    _ order: OrderKey,
    _ offers: [Offer],
    _ reading: Reading
  ) -> AwardProblem.Supplier {
    let terms = offers.filter { $0.orderKey == order }.map(\.terms)
    let minimums = terms.map { Int($0.minimumValue.cents) }
    let charges = terms.map { Int($0.freight.charge.cents) }
    // No threshold is beyond every order.
    let thresholds = terms.map { $0.freight.freeFrom.map { Int($0.cents) } ?? Int.max }
    let isStrict = reading == .strictest
    let charge = (isStrict ? charges.max() : charges.min()) ?? 0
    let threshold = (isStrict ? thresholds.max() : thresholds.min()) ?? .max
    return .init(
      code: order.supplier.rawValue,
      minimumOrderValue: (isStrict ? minimums.max() : minimums.min()) ?? 0,
      freight: charge == 0 ? nil : .init(charge: charge, freeFrom: threshold == .max ? nil : threshold)
    )
  }
}

extension AwardInput {
  /// The days of all rounds of orders.
  var orderDays: [Day] { [day] + rounds }

  /// Packs of each offer that can be there in time when ordered in each round, by the first date among its item's needs
  /// that the round can reach: what comes later than that may come too late for someone. Nil without a stated capacity.
  var capacities: [Offer.Code: [Int64?]] {
    let dates = Dictionary(grouping: needs.filter { $0.quantity > .zero }, by: \.item)
      .mapValues { Set($0.map { $0.neededBy ?? neededBy }).sorted() }
    let days = orderDays
    let found = offers.map { offer -> (Offer.Code, [Int64?]) in
      let inTime = days.indices.map { round -> Int64? in
        let arrival = days[round] + offer.terms.leadDays
        guard let first = dates[offer.item]?.first(where: { $0 >= arrival }) else { return 0 }
        return offer.terms.deliverable(by: first, orderedOn: days, round: round)
      }
      return (offer.code, inTime)
    }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// Base units of each item that minimums and multiples force on the centres beyond whole packs: by the offer that
  /// forces least where one may be chosen, by the one that forces most where the lot's rule chooses.
  func forcedExcess(_ needs: [Need], _ offers: [Offer]) -> [Item.SKU: Int64] {
    let wanted = Dictionary(grouping: needs, by: \.item)
    let offered = Dictionary(grouping: offers, by: \.item)
    return Dictionary(
      uniqueKeysWithValues: items.map { item in
        let wanted = wanted[item] ?? []
        let byLot = Dictionary(grouping: offered[item] ?? [], by: \.lotKey)
        let ofLots = byLot.compactMap { key, offers -> Int64? in
          let excess = offers.map { $0.terms.forcedExcess(over: wanted) }
          return lots.first { $0.key == key }?.rule.isFree ?? true ? excess.min() : excess.max()
        }
        return (item, ofLots.min() ?? 0)
      }
    )
  }
}

extension AgreementLot.Rule {
  /// Whether the cheapest of the holders may be chosen.
  fileprivate var isFree: Bool { self == .bestOffer || self == .sole }
}

extension Offer.Terms {
  /// Base units beyond the needs that the fewest orderable packs come to; none where the tolerances take them.
  fileprivate func forcedExcess(over needs: [Need]) -> Int64 {
    let packs = needs.map { $0.quantity.packs(of: packUnits, rounding: .up) }
    let most = zip(needs, packs).map { need, packs in
      max(packs, (need.quantity + need.tolerance).packs(of: packUnits, rounding: .down))
    }
    let least = orderable(atLeast: packs.reduce(0, +))
    guard least > most.reduce(0, +) else { return 0 }
    return (least - packs.reduce(0, +) + 1) * packUnits.units - 1
  }
}
