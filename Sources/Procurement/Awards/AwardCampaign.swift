package import Inventory
package import Storage

extension Campaign {
  /// What an award of the campaign is drawn up from now.
  ///
  /// Drawing one up may take long, so that it happens between two transactions: this one reads, `award` stores, and an
  /// award whose input has changed in between is refused.
  package static func awardInput(
    _ code: Code,
    on day: Day,
    in connection: any Connection
  ) throws -> AwardInput {
    let campaign = try find(code, in: connection)
    _ = try campaign.after(.award)
    let input = try AwardInput.read(campaign, on: day, in: connection)
    guard !input.items.isEmpty else { throw CampaignError.nothingNeeded(code) }
    return input
  }

  /// Stores an exact award that was drawn up from `input`.
  package static func award(
    _ code: Code,
    _ exact: ExactAward,
    for input: AwardInput,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Award {
    try award(
      code,
      plan: exact.plan,
      found: exact.method,
      report: exact.report,
      for: input,
      by: stamp,
      in: connection
    )
  }

  /// Stores a plan as the campaign's award.
  package static func award(
    _ code: Code,
    plan: AwardPlan,
    found method: Award.Method,
    report: Award.Report? = nil,
    for input: AwardInput,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Award {
    let before = try find(code, in: connection)
    let after = try before.after(.award)
    guard try AwardInput.read(before, on: input.day, in: connection) == input else {
      throw CampaignError.changedMeanwhile(code)
    }
    try Award.store(
      plan,
      found: method,
      report: report ?? Award.Report(plan, for: input),
      for: input,
      of: before,
      by: stamp,
      in: connection
    )
    try after.storeState(in: connection)
    guard let award = try Award.latest(of: before, in: connection) else { throw CampaignError.noAward(code) }
    try Audit.record(
      "campaign.award",
      subject: "campaign \(code)",
      before: before.state,
      after: award,
      by: stamp,
      in: connection
    )
    return award
  }

  /// Draws up and stores the greedy award.
  package static func awardGreedily(
    _ code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Award {
    let input = try awardInput(code, on: stamp.at.day, in: connection)
    let plan = GreedyAward.plan(for: input)
    return try award(code, plan: plan, found: .greedy, for: input, by: stamp, in: connection)
  }

  /// Draws up one order for each supplier, lot and round of the award; asked twice it happens once. Those of a later
  /// round say on which day they are to be sent.
  package static func order(
    _ code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [PurchaseOrder.Number] {
    let campaign = try find(code, in: connection)
    guard let award = try Award.latest(of: campaign, in: connection) else {
      throw CampaignError.noAward(code)
    }
    let placings = award.requests(of: code).map { OrderPlacing($0, by: stamp) }
    let numbers = try OrderPlacing.perform(placings, in: connection).map { try $0.get().header.number }
    _ = try take(.order, code, reaching: .ordered, by: stamp, in: connection)
    return numbers
  }
}

extension Award {
  /// What the award asks to be ordered, by agreement, lot, supplier and round.
  fileprivate func requests(of campaign: Campaign.Code) -> [OrderRequest] {
    let orders = Dictionary(grouping: lines) { line in
      "\(line.agreement)/\(line.lot)/\(line.supplier)\(line.orderOn.map { "/\($0)" } ?? "")"
    }
    return orders.sorted { $0.key < $1.key }.compactMap { key, lines in
      lines.first.map { first in
        OrderRequest(
          key: "campaign/\(campaign)/\(number)/\(key)",
          supplier: first.supplier,
          agreement: first.agreement,
          lot: first.lot,
          campaign: campaign,
          reason: "award \(number) of campaign \(campaign), \(method.name)",
          sendOn: first.orderOn,
          lines: lines.map { OrderRequest.Line(item: $0.item, shares: $0.shares) }
        )
      }
    }
  }
}
