package import Inventory
package import Storage

/// What a campaign was filled in with from a plan, and what the plan could not say.
package struct PrefilledNeeds: Equatable, Sendable, Codable {
  package var plan: Int64
  package var asOf: Day
  package var needs: [Need]
  /// Centres and items whose need the plan does not know: somebody has to ask.
  package var unknown: [Unknown]

  package struct Unknown: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var item: Item.SKU
  }
}

extension Campaign {
  /// Fills in what each centre lacks to its order-up-to level by a plan, without touching what a centre entered.
  ///
  /// The need is order-up-to level − usable stock − confirmed deliveries that the plan counts on, never below zero, for
  /// every centre and item that the plan has a policy for: who orders together fills up together, below the reorder point
  /// or not (the can-order rule with its point at the level: Balintfy 1964).
  ///
  /// - Parameters:
  ///   - code: the campaign, a draft or open.
  ///   - plan: nil for the latest finished plan as of today or before.
  ///   - stamp: who and when.
  ///   - connection: one that writes.
  /// - Returns: what was computed and what is not known.
  /// - Throws: `CampaignError.noPlan` without a finished plan; `notTaking` and `tooLate` as for every need.
  package static func prefill(
    _ code: Code,
    from plan: PlanRun.ID? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PrefilledNeeds {
    let campaign = try find(code, in: connection)
    let run =
      try plan.map { try PlanRun.find($0, in: connection) } ?? .standing(on: stamp.at.day, in: connection)
    guard let run, run.state == .finished else { throw CampaignError.noPlan(code, on: stamp.at.day) }
    var filled = PrefilledNeeds(plan: run.id.rawValue, asOf: run.asOf, needs: [], unknown: [])
    for item in campaign.terms.items {
      for line in try PlanLine.list(of: run.id, .init(item: item), in: connection) {
        guard let centre = line.centre else { continue }
        if let need = line.need(of: centre, by: run) {
          filled.needs.append(need)
        } else {
          filled.unknown.append(.init(centre: centre, item: item))
        }
      }
    }
    try take(filled.needs.map { NeedEntry(need: $0) }, for: code, by: stamp, in: connection)
    return filled
  }
}

extension PlanLine {
  /// What a centre lacks to its order-up-to level; nil where no policy says how far that is.
  func need(of centre: Centre.Code, by run: PlanRun) -> Need? {
    guard let policy else { return nil }
    let coming = coming - (uncounted ?? .zero)
    let inputs = """
      {"plan":\(run.id.rawValue),"asOf":"\(run.asOf)","orderUpTo":\(policy.orderUpTo.units),\
      "usable":\(usable.units),"coming":\(coming.units)}
      """
    return Need(
      centre: centre,
      item: item,
      quantity: max(.zero, policy.orderUpTo - usable - coming),
      justification:
        "plan \(run.id.rawValue) of \(run.asOf): up to \(policy.orderUpTo), \(usable) usable + \(coming) coming",
      origin: .prefilled(inputs: inputs)
    )
  }
}
