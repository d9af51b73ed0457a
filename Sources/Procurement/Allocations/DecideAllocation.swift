package import Inventory
package import Planning
package import Storage

extension AllocationDecision {
  /// Shares a supply and keeps the decision with its reasons. The same request sent twice is one decision.
  package static func decide(
    _ request: AllocationRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AllocationDecision {
    if let known = try find(key: request.key, in: connection) {
      guard known.says(request), known.shares(try request.share(), of: request) else {
        throw AllocationError.keyDiffers(request.key)
      }
      return known
    }
    let id = try store(request, request.share(), by: stamp, in: connection)
    return try record(id, key: request.key, by: stamp, in: connection)
  }

  private func says(_ request: AllocationRequest) -> Bool {
    item == request.item && rule == request.rule.rawValue && packUnits == request.packUnits
      && supply == request.supply && reason == request.reason
  }

  /// Whether the lines are what this request comes to: what a use or a baseline said is not kept, only its outcome.
  private func shares(_ shared: Allocation, of request: AllocationRequest) -> Bool {
    guard shared.totals.count == lines.count, Int64(shared.reserve) == reserve.units else { return false }
    return lines.allSatisfy { line in
      let claim = request.centres.first { $0.centre == line.centre }
      let total = shared.totals.first { $0.centre == line.centre.rawValue }
      guard let claim, let total else { return false }
      return claim.stock == line.stock && Int64(total.quantity) == line.quantity.units
        && total.need.map(Int64.init) == line.need?.units
        && total.coverAfter.map { Int64($0.roundedDown) } == line.coverAfter
    }
  }

  /// The same supply under every rule that enough is known for, to be looked at before one is chosen.
  package static func compare(_ request: AllocationRequest) throws -> [Allocation] {
    try request.check()
    do { return try request.problem.comparison() } catch { throw AllocationError(error) }
  }

  /// Keeps the decision and its lines.
  static func store(
    _ request: AllocationRequest,
    _ shared: Allocation,
    question: String? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> ID {
    let item = try Item.find(request.item, in: connection).id
    let rows = try connection.query(
      """
      INSERT INTO allocation (key, item_id, rule, pack_units, supply, reserve, left_over, decided_on, reason,
        question)
      VALUES (\(request.key), \(item), \(request.rule.rawValue), \(request.packUnits), \(request.supply),
        \(Int64(shared.reserve)), \(Int64(shared.unallocated)), \(stamp.at.day), \(request.reason), \(question))
      ON CONFLICT (key) DO NOTHING RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else {
      throw AllocationError.keyDiffers(request.key)
    }
    let centres = try Keys.centres(request.centres.map(\.centre), in: connection)
    for claim in request.centres {
      guard let centre = centres[claim.centre] else { throw CentreError.noSuchCentre(claim.centre.rawValue) }
      guard let total = shared.totals.first(where: { $0.centre == claim.centre.rawValue }) else { continue }
      try Line.store(total, of: claim, decision: id, centre: centre, in: connection)
    }
    return id
  }

  static func record(
    _ id: ID,
    key: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AllocationDecision {
    let decision = try find(key, in: connection)
    try Audit.record(
      "allocation.decide",
      subject: "allocation \(key)",
      after: decision,
      by: stamp,
      in: connection
    )
    return decision
  }
}
