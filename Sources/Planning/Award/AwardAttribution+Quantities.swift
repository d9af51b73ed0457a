extension AwardIndex {
  /// Each centre's base units of every shipment, by centre.
  ///
  /// A delivery point of one centre gives it its whole packs. Centres that share a point share its opened
  /// packs: each first what it needs, most urgent and earliest first, then what is left in proportion to
  /// tolerance and need.
  func parts(of plan: AwardPlan) -> [[AwardAttribution.Part]] {
    var parts = [[AwardAttribution.Part]](repeating: [], count: problem.centres.count)
    let needs = Dictionary(grouping: problem.needs) { [$0.item, $0.deliveryPoint] }
    let shipments = Dictionary(grouping: plan.shipments.filter { $0.packs > 0 }) {
      [sources[$0.source].item, $0.deliveryPoint]
    }
    for (key, shipments) in shipments.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for (centre, part) in divided(shipments, among: needs[key] ?? []) { parts[centre].append(part) }
    }
    return parts
  }

  private func divided(
    _ shipments: [AwardPlan.Shipment],
    among needs: [AwardProblem.Need]
  ) -> [(Int, AwardAttribution.Part)] {
    let arriving = shipments.sorted {
      (sources[$0.source].arrivalDay, $0.source) < (sources[$1.source].arrivalDay, $1.source)
    }
    let received = arriving.reduce(0) { $0 + $1.packs * sources[$1.source].pack }
    var claims = claims(on: received, needs)
    var parts: [(Int, AwardAttribution.Part)] = []
    for shipment in arriving {
      let source = sources[shipment.source]
      var left = shipment.packs * source.pack
      for claim in claims.indices where left > 0 && claims[claim].quantity > 0 {
        let given = min(left, claims[claim].quantity)
        claims[claim].quantity -= given
        left -= given
        parts.append(
          (claims[claim].centre, .init(offer: source.offer, period: source.period, quantity: given))
        )
      }
    }
    return merged(parts)
  }

  /// What each centre gets of `received`, in the order in which deliveries serve them.
  private func claims(on received: Int, _ needs: [AwardProblem.Need]) -> [(centre: Int, quantity: Int)] {
    let ordered = needs.sorted {
      ($0.dueDay, $0.priority, $0.centre) < ($1.dueDay, $1.priority, $1.centre)
    }
    let surplus = max(0, received - ordered.reduce(0) { $0 + $1.quantity })
    let tolerances = ordered.map(\.tolerance)
    let tolerated = CostSharing.proportional(min(surplus, tolerances.reduce(0, +)), tolerances)
    let rest = CostSharing.proportional(surplus - tolerated.reduce(0, +), ordered.map(\.quantity))
    return ordered.map { ($0.centre, $0.quantity) }
      + ordered.indices.map { (ordered[$0].centre, tolerated[$0] + rest[$0]) }
  }

  private func merged(_ parts: [(Int, AwardAttribution.Part)]) -> [(Int, AwardAttribution.Part)] {
    var merged: [(Int, AwardAttribution.Part)] = []
    for (centre, part) in parts {
      let known = merged.firstIndex {
        $0.0 == centre && $0.1.offer == part.offer && $0.1.period == part.period
      }
      if let known { merged[known].1.quantity += part.quantity } else { merged.append((centre, part)) }
    }
    return merged
  }
}
