import Planning

/// An award with every code written out: what `--format json` prints.
struct AwardReport: Encodable {
  struct Costs: Encodable {
    var goods: Int
    var freight: Int
    var fees: Int
    var holding: Int
  }

  struct Order: Encodable {
    var supplier: String
    var period: String?
    var quantity: Int
    var goods: Int
    var freight: Int
    var fee: Int
    var total: Int
  }

  struct Line: Encodable {
    var item: String
    var supplier: String
    var period: String?
    var packs: Int
    var pack: Int
    var quantity: Int
    /// The tier reached, from 1, and its price for `priceFor` units.
    var tier: Int
    var price: Int
    var priceFor: Int
    var amount: Int
    var deliveries: [Delivery]
  }

  struct Delivery: Encodable {
    var deliveryPoint: String
    var packs: Int
    var quantity: Int
  }

  struct Share: Encodable {
    var centre: String
    var cost: Int
    /// What buying alone costs at least; absent where the centre could not buy alone.
    var alone: Int?
    var aloneProven: Bool
    var saving: Int?
    var quantities: [Part]
  }

  struct Part: Encodable {
    var item: String
    var supplier: String
    var period: String?
    var quantity: Int
  }

  var method: String
  var status: String
  var solver: String
  var seconds: Double
  var totalCost: Int?
  var bound: Int?
  var gap: Double?
  var costs: Costs?
  var orders: [Order]
  var lines: [Line]
  var attribution: [Share]
  /// Why somebody pays more than alone, where somebody does.
  var attributionNote: String?
  var advice: [AwardHint]
  var conflict: [AwardClause]
  /// By when the needs of the conflict could be met, where a later date helps.
  var earliest: AwardEarliest?

  init(_ award: Award, _ problem: AwardProblem, solver: String, seconds: Double) {
    let names = AwardNames(problem)
    method = award.method.rawValue
    status = award.status.rawValue
    self.solver = solver
    self.seconds = seconds
    totalCost = award.costs?.total
    bound = award.bound
    gap = award.gap
    costs = award.costs.map {
      Costs(goods: $0.goods, freight: $0.freight, fees: $0.fees, holding: $0.holdingTotal)
    }
    orders = (award.costs?.orders ?? []).map { Order($0, names) }
    lines = award.lines.map { Line($0, names) }
    attribution = (award.attribution?.shares ?? []).map { Share($0, names) }
    attributionNote = award.attribution?.reason.map { names.words(for: $0) }
    advice = award.advice.map { AwardHint($0, names) }
    conflict = award.conflict.map { AwardClause($0, names) }
    earliest = award.earliest.map { AwardEarliest($0, names) }
  }
}

extension AwardReport.Order {
  fileprivate init(_ order: AwardCosts.Order, _ names: AwardNames) {
    self.init(
      supplier: names.supplier(order.supplier),
      period: names.period(order.period),
      quantity: order.quantity,
      goods: order.goods,
      freight: order.freight,
      fee: order.fee,
      total: order.total
    )
  }
}

extension AwardReport.Line {
  fileprivate init(_ line: Award.Line, _ names: AwardNames) {
    let offer = names.problem.offers[line.offer]
    self.init(
      item: names.item(offer.item),
      supplier: names.supplier(offer.supplier),
      period: names.period(line.period),
      packs: line.packs,
      pack: offer.pack,
      quantity: line.quantity,
      tier: line.tier + 1,
      price: offer.tiers[line.tier].price,
      priceFor: offer.priceFor,
      amount: line.amount,
      deliveries: line.deliveries.map {
        .init(deliveryPoint: names.deliveryPoint($0.deliveryPoint), packs: $0.packs, quantity: $0.quantity)
      }
    )
  }
}

extension AwardReport.Share {
  fileprivate init(_ share: AwardAttribution.Share, _ names: AwardNames) {
    self.init(
      centre: names.problem.centres[share.centre],
      cost: share.cost,
      alone: share.alone,
      aloneProven: share.isAloneProven,
      saving: share.saving,
      quantities: share.parts.map { part in
        let offer = names.problem.offers[part.offer]
        return .init(
          item: names.item(offer.item),
          supplier: names.supplier(offer.supplier),
          period: names.period(part.period),
          quantity: part.quantity
        )
      }
    )
  }
}
