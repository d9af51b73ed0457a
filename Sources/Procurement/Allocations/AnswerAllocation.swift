import Foundation
package import Inventory
package import Planning
package import Storage

extension AllocationQuestion {
  /// The same supply under every rule that enough is known for: who gets and who loses what, before one is chosen; and what
  /// the others lack, because unknown is not zero.
  package func compare(in connection: any Connection) throws -> AllocationComparison {
    if !findings.isEmpty { throw AllocationError.invalid(findings) }
    let request = try request(gatherSupply(in: connection), in: connection)
    let (problem, named) = (request.problem, request.centres.map(\.centre))
    let known = Set(named)
    let absent = try Centre.all(in: connection).map(\.code).filter { !known.contains($0) && $0 != donor }
    do throws(SharingFaults) {
      return AllocationComparison(
        allocations: try problem.comparison(),
        lacking: AllocationRule.allCases.compactMap { rule in
          let faults = rule.faults(in: problem)
          let error = AllocationError(SharingFaults(faults), naming: named)
          return faults.isEmpty ? nil : .init(rule: rule, findings: error.findings)
        },
        absent: absent.sorted()
      )
    } catch {
      throw AllocationError(error, naming: named)
    }
  }

  /// Shares the supply and keeps the decision: what orders bring is promised to the centres and goes to them when it
  /// comes in; what a centre has is proposed to the others as transfers.
  ///
  /// No more is promised than is coming and was not promised before, however many decide at once. The same question
  /// sent twice is one decision, whatever the stocks are by then.
  package func decide(by stamp: Stamp, in connection: any Connection) throws -> AllocationDecision {
    if !findings.isEmpty { throw AllocationError.invalid(findings) }
    let text = try text
    if let known = try AllocationDecision.find(key: key, in: connection) {
      guard try known.question(in: connection) == text else { throw AllocationError.keyDiffers(key) }
      guard known.state == .decided else { throw AllocationError.cancelled(key) }
      return known
    }
    let supply = try gatherSupply(in: connection)
    for part in supply.parts { try part.order?.claim(in: connection) }
    let request = try request(supply, in: connection)
    let shared = try share(request)
    let id = try AllocationDecision.store(request, shared, question: text, by: stamp, in: connection)
    try store(shared, of: supply, decision: id, in: connection)
    try propose(shared, by: stamp, in: connection)
    return try AllocationDecision.record(id, key: key, by: stamp, in: connection)
  }

  private func share(_ request: AllocationRequest) throws -> Allocation {
    do {
      return try request.problem.allocation(by: rule)
    } catch {
      throw AllocationError(error, naming: request.centres.map(\.centre))
    }
  }

  private var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  private func store(
    _ shared: Allocation,
    of supply: GatheredSupply,
    decision: AllocationDecision.ID,
    in connection: any Connection
  ) throws {
    let codes = shared.totals.compactMap { Centre.Code(rawValue: $0.centre) } + (reserveAt.map { [$0] } ?? [])
    let centres = try Keys.centres(Set(codes).sorted(), in: connection)
    if let reserveAt, centres[reserveAt] == nil { throw CentreError.noSuchCentre(reserveAt.rawValue) }
    var reserved = 0
    for (number, (part, share)) in zip(Int64(1)..., zip(supply.parts, shared.shares)) {
      try connection.execute(
        """
        INSERT INTO allocation_delivery (allocation_id, number, day, quantity, expiry, order_id, line)
        VALUES (\(decision), \(number), \(Int64(part.delivery.day)), \(Int64(part.delivery.quantity)),
          \(part.delivery.expiry.map(Int64.init)), \(part.order?.orderID), \(part.order?.line))
        """
      )
      for line in share.lines where line.packs > 0 {
        guard let centre = Centre.Code(rawValue: line.centre).flatMap({ centres[$0] }) else { continue }
        try line.store(decision, number, centre: centre, in: connection)
      }
      let kept = part.order == nil ? 0 : max(0, share.reserve - reserved)
      reserved += kept
      if let keeper = reserveAt.flatMap({ centres[$0] }), kept > 0 {
        try connection.execute(
          """
          INSERT INTO allocation_share (allocation_id, delivery, centre_id, quantity, is_reserve, reason, sentence)
          VALUES (\(decision), \(number), \(keeper), \(Int64(kept)), 1, 'reserve', 'Kept for the network.')
          """
        )
      }
    }
  }

  /// What a centre spares becomes proposals to the others; it keeps the reserve.
  private func propose(_ shared: Allocation, by stamp: Stamp, in connection: any Connection) throws {
    guard case .stock(let donor, _) = supply else { return }
    for total in shared.totals where total.quantity > 0 {
      guard let taker = Centre.Code(rawValue: total.centre) else { continue }
      let request = TransferRequest(
        key: "allocation/\(key)/\(taker)",
        from: donor,
        to: taker,
        item: item,
        quantity: Quantity(Int64(total.quantity)),
        keep: reserve,
        reason: "allocation \(key): \(total.reason.sentence)"
      )
      _ = try Transfer.propose(request, on: day, by: stamp, in: connection)
    }
  }
}

/// A supply under each rule, and what is not known.
package struct AllocationComparison: Equatable, Sendable {
  package var allocations: [Allocation]
  /// The rules that are not shown, with what they lack of whom.
  package var lacking: [Lacking]
  /// Centres that take no part: they asked for nothing, reported nothing and declared nothing of the item.
  package var absent: [Centre.Code]

  package struct Lacking: Equatable, Sendable {
    package var rule: AllocationRule
    package var findings: [Finding]
  }
}

extension Allocation.Line {
  fileprivate func store(
    _ decision: AllocationDecision.ID,
    _ delivery: Int64,
    centre: Centre.ID,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO allocation_share (allocation_id, delivery, centre_id, quantity, is_reserve, exact_packs,
        cover_before, cover_after, reason, sentence)
      VALUES (\(decision), \(delivery), \(centre), \(Int64(quantity)), 0, \(exactShare?.description),
        \(coverBefore.map { Int64($0.roundedDown) }), \(coverAfter.map { Int64($0.roundedDown) }),
        \(reason.code), \(reason.sentence))
      """
    )
  }
}

extension AllocationDecision {
  fileprivate func question(in connection: any Connection) throws -> String? {
    try connection.query("SELECT question FROM allocation WHERE id = \(id)").first?.decode(as: String?.self)
      ?? nil
  }
}
