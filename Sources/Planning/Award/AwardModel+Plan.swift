extension AwardModel {
  /// The plan in a solution's columns: packs rounded, pooled items spread over their delivery points.
  func plan(_ values: [Double]) -> AwardPlan {
    var plan = AwardPlan()
    for block in index.blocks {
      if let pack = index.pooledPack(block) {
        let totals = block.sources.map { (source: $0, packs: Int(values[packs[$0]].rounded())) }
        plan.shipments += AwardPlan.spread(totals, over: block.points, pack: pack)
      } else {
        for source in block.sources {
          for (deliveryPoint, column) in shipped[source] where values[column].rounded() > 0 {
            let packs = Int(values[column].rounded())
            plan.shipments.append(.init(source: source, deliveryPoint: deliveryPoint, packs: packs))
          }
        }
      }
    }
    return plan
  }

  /// The columns of a plan: where to start the search from. Columns of rules are left at their lower bound,
  /// which the solver completes.
  func values(of plan: AwardPlan) -> [Double] {
    var values = model.columns.map(\.lower)
    let totals = plan.packs(index.sources.count)
    let goods = orderValues(totals)
    for (source, total) in totals.enumerated() where total > 0 {
      values[packs[source]] = Double(total)
      if let piece = index.sources[source].pieces.firstIndex(where: { $0.packs.contains(total) }) {
        values[chosen[source][piece]] = 1
        values[within[source][piece]] = Double(total)
      }
    }
    for shipment in plan.shipments {
      let column = shipped[shipment.source].first { $0.deliveryPoint == shipment.deliveryPoint }?.column
      if let column { values[column] += Double(shipment.packs) }
    }
    for (key, z) in opened {
      guard let goods = goods[key] else { continue }
      values[z] = 1
      let freight = index.problem.suppliers[key.supplier].freight
      if let f = freighted[key], let freight, freight.freeFrom.map({ goods < $0 }) ?? true { values[f] = 1 }
    }
    return values
  }

  private func orderValues(_ totals: [Int]) -> [OrderKey: Int] {
    var values: [OrderKey: Int] = [:]
    for (source, packs) in zip(index.sources, totals) where packs > 0 {
      let key = OrderKey(supplier: source.supplier, period: source.period)
      values[key, default: 0] += index.problem.offers[source.offer].cost(packs: packs)
    }
    return values
  }
}

extension AwardPlan {
  /// Any split of packs over points works when all packs are of one size and all arrive in time: every point
  /// first gets what it must have, then what is left goes where there is room, a pack at a time in turn.
  static func spread(
    _ packs: [(source: Int, packs: Int)],
    over points: [AwardIndex.Point],
    pack: Int
  ) -> [Shipment] {
    var wanted = points.map { $0.need.dividedRoundingUp(by: pack) }
    var spare = packs.reduce(0) { $0 + $1.packs } - wanted.reduce(0, +)
    while spare > 0 {
      let before = spare
      for point in points.indices where spare > 0 && (wanted[point] + 1) * pack <= points[point].most {
        wanted[point] += 1
        spare -= 1
      }
      guard spare < before else { break }
    }
    return dealt(packs, to: wanted, points)
  }

  private static func dealt(
    _ packs: [(source: Int, packs: Int)],
    to wanted: [Int],
    _ points: [AwardIndex.Point]
  ) -> [Shipment] {
    var shipments: [Shipment] = []
    var rest = packs[...]
    var left = rest.first?.packs ?? 0
    for (point, wanted) in zip(points, wanted) {
      var missing = wanted
      while missing > 0, let source = rest.first?.source {
        let dealt = min(missing, left)
        if dealt > 0 {
          shipments.append(Shipment(source: source, deliveryPoint: point.deliveryPoint, packs: dealt))
        }
        missing -= dealt
        left -= dealt
        if left == 0 {
          rest = rest.dropFirst()
          left = rest.first?.packs ?? 0
        }
      }
    }
    return shipments
  }
}
