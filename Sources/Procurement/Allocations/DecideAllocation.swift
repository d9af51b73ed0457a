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
      guard known.says(request), try known.shares(share(request), of: request) else {
        throw AllocationError.keyDiffers(request.key)
      }
      return known
    }
    let shared = try share(request)
    let item = try Item.find(request.item, in: connection).id
    let rows = try connection.query(
      """
      INSERT INTO allocation (key, item_id, rule, pack_units, supply, reserve, left_over, decided_on, reason)
      VALUES (\(request.key), \(item), \(request.rule.rawValue), \(request.packUnits), \(request.supply),
        \(Int64(shared.reserve)), \(Int64(shared.unallocated)), \(stamp.at.day), \(request.reason))
      RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else {
      throw AllocationError.noSuchAllocation(request.key)
    }
    for line in shared.totals { try store(line, of: id, request: request, in: connection) }
    let decision = try find(request.key, in: connection)
    try Audit.record(
      "allocation.decide",
      subject: "allocation \(request.key)",
      after: decision,
      by: stamp,
      in: connection
    )
    return decision
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

  private static func share(_ request: AllocationRequest) throws -> Allocation {
    try request.check()
    do { return try request.problem.allocation(by: request.rule) } catch { throw AllocationError(error) }
  }

  private static func store(
    _ total: Allocation.Total,
    of id: ID,
    request: AllocationRequest,
    in connection: any Connection
  ) throws {
    guard let claim = request.centres.first(where: { $0.centre.rawValue == total.centre }) else { return }
    let centre = try Centre.find(claim.centre, in: connection).id
    try connection.execute(
      """
      INSERT INTO allocation_line (allocation_id, centre_id, need, stock, quantity, cover_after, reason, sentence)
      VALUES (\(id), \(centre), \(total.need.map(Int64.init)), \(claim.stock), \(Int64(total.quantity)),
        \(total.coverAfter.map { Int64($0.roundedDown) }), \(total.reason.code), \(total.reason.sentence))
      """
    )
  }
}

extension AllocationRequest {
  /// A use needs the days in which it was seen.
  fileprivate func check() throws(AllocationError) {
    let findings = centres.enumerated().compactMap { index, claim -> Finding? in
      guard case .known(_, let days) = claim.use, days < 1 else { return nil }
      return Finding(field: "centres[\(index)].use.days", found: "\(days)", expected: "1 day or more")
    }
    guard findings.isEmpty else { throw .invalid(findings) }
  }
}

extension AllocationError {
  init(_ faults: SharingFaults) {
    self = .invalid(
      faults.faults.map { Finding(field: $0.path, found: $0.found, expected: $0.expected) }
    )
  }
}
