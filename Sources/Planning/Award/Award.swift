/// A group order decided: what is bought from whom for which delivery point, what it costs, how good that is
/// proven to be, and who pays what.
package struct Award: Sendable, Equatable {
  package enum Method: String, Sendable, Codable, CaseIterable { case exact, greedy }

  /// One offer in one period.
  package struct Line: Sendable, Equatable {
    package var offer: Int
    package var period: Int
    package var packs: Int
    package var quantity: Int
    /// Of the offer, the tier that the quantity reaches.
    package var tier: Int
    /// Goods, in cents.
    package var amount: Int
    package var deliveries: [Delivery]
  }

  package struct Delivery: Sendable, Equatable {
    package var deliveryPoint: Int
    package var packs: Int
    package var quantity: Int
  }

  package var method: Method
  package var status: AwardOutcome.Status
  package var costs: AwardCosts?
  /// No plan costs less, in cents.
  package var bound: Int?
  /// (cost − bound) / cost.
  package var gap: Double?
  package var lines: [Line]
  package var attribution: AwardAttribution?
  package var advice: [AwardAdvice]
  /// Where no plan exists: needs and limits that contradict each other, none of which can be left out.
  package var conflict: [AwardLimit]
  /// Where the needs of the conflict could be met later: the earliest moment; nil where no later one helps.
  package var earliest: Earliest?

  /// The first moment by which conflicting needs could be due.
  package struct Earliest: Sendable, Equatable {
    package var day: Int
    /// Whether the whole order is possible then; otherwise only what is named as the conflict is.
    package var isWhole: Bool
  }

  package init(method: Method, outcome: AwardOutcome, _ index: AwardIndex) {
    self.method = method
    status = outcome.status
    costs = outcome.costs
    bound = outcome.bound
    gap = outcome.gap
    lines = outcome.plan.map { index.lines(of: $0) } ?? []
    advice = []
    conflict = []
  }
}

extension AwardIndex {
  /// The plan's order lines, by supplier, period and item.
  package func lines(of plan: AwardPlan) -> [Award.Line] {
    Dictionary(grouping: plan.shipments.filter { $0.packs > 0 }, by: \.source)
      .map { line(source: $0.key, $0.value) }
      .sorted { first, second in
        let left = problem.offers[first.offer]
        let right = problem.offers[second.offer]
        return (left.supplier, first.period, left.item) < (right.supplier, second.period, right.item)
      }
  }

  private func line(source: Int, _ shipments: [AwardPlan.Shipment]) -> Award.Line {
    let this = sources[source]
    let packs = shipments.reduce(0) { $0 + $1.packs }
    return Award.Line(
      offer: this.offer,
      period: this.period,
      packs: packs,
      quantity: packs * this.pack,
      tier: this.piece(packs)?.tier ?? 0,
      amount: problem.offers[this.offer].cost(packs: packs),
      deliveries: shipments.sorted { $0.deliveryPoint < $1.deliveryPoint }.map {
        .init(deliveryPoint: $0.deliveryPoint, packs: $0.packs, quantity: $0.packs * this.pack)
      }
    )
  }
}
