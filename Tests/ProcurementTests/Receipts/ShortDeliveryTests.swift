import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct ShortDeliveryTests {
  @Test(arguments: Backend.available)
  func `a short delivery follows the rule of its lot, or of its order, with a reason per line`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 2_800, left: 700)
    try await network.reported(2, used: 2_800, left: 0)
    try await network.database.write { connection in
      try SharingRule.choose(
        .equalCover,
        for: "AC-1",
        lot: 1,
        because: "who runs out first",
        by: Network.stamp,
        in: connection
      )
    }
    let byLot = try await network.sent(.swabs(key: "a"))
    let one = try await network.receive(byLot, ReceiptRequest.Entry(line: 1, accepted: Quantity(900)))
    #expect(one.lines.map { "\($0.centre) \($0.accepted)" } == ["berard 100", "curie 800"])
    #expect(one.lines.map { $0.reason?.prefix(20) } == ["equalCover: Raised t", "equalCover: Its need"])
    let kept = try await network.database.read {
      try AllocationDecision.find("receipt/\(byLot)/d1/1/rule", in: $0)
    }
    #expect(kept.lines.map(\.quantity) == [Quantity(100), Quantity(800)])

    let byOrder = try await network.sent(.swabs(key: "b"))
    try await network.database.write { connection in
      try SharingRule.choose(.equalAwards, for: byOrder, because: "agreed", by: Network.stamp, in: connection)
    }
    #expect(
      try await network.database.read { try SharingRule.holding(for: byOrder, in: $0) }
        == SharingRule(rule: .equalAwards, reason: "agreed", scope: .order)
    )
    let two = try await network.receive(byOrder, ReceiptRequest.Entry(line: 1, accepted: Quantity(900)))
    #expect(two.lines.map { "\($0.centre) \($0.accepted)" } == ["berard 500", "curie 400"])
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test(arguments: Backend.available)
  func `a rule that lacks a figure falls back to what each waits for, and says so`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let number = try await network.sent()
    try await network.database.write { connection in
      try SharingRule.choose(.equalCover, for: number, because: "agreed", by: Network.stamp, in: connection)
    }
    let receipt = try await network.receive(number, ReceiptRequest.Entry(line: 1, accepted: Quantity(500)))
    #expect(receipt.lines.map { "\($0.centre) \($0.accepted)" } == ["berard 300", "curie 200"])
    #expect(
      Set(receipt.lines.map(\.reason)) == [
        "In proportion to what each waits for: the rule equalCover lacks a figure."
      ]
    )
  }

  @Test(arguments: AllocationRule.allCases)
  func
    `whatever came is attributed whole, to the pack, and nobody gets more than it waits for while another waits`(
      rule: AllocationRule
    )
  {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<300 {
      let line = OrderLine.random(using: &random)
      var sharing = DeliverySharing(rule: rule)
      sharing.day = Network.day
      sharing.claims["SWAB"] = line.claims(using: &random)
      let waiting = line.shares.map {
        max(0, $0.outstanding(in: line.packUnits).units / line.packUnits.units)
      }
      let packs = Int64.random(in: 1...(waiting.reduce(0, +) + 4), using: &random)
      let entry = ReceiptRequest.Entry(line: 1, accepted: line.packUnits * packs)
      let parts = sharing.parts(of: packs, of: line, entry: entry, number: 1) ?? []
      #expect(parts.reduce(0) { $0 + $1.packs } == packs)
      let given = line.shares.map { share in
        parts.filter { $0.centre == share.centre }.reduce(0) { $0 + $1.packs }
      }
      let over = zip(given, waiting).contains { $0 > $1 }
      let isWaiting = zip(given, waiting).contains { $0 < $1 }
      #expect(!(over && isWaiting))
    }
  }
}

extension OrderLine {
  fileprivate static func random(using random: inout SeededGenerator) -> OrderLine {
    let centres: [Centre.Code] = ["berard", "curie", "ico", "perrin"]
    let shares = centres.map { centre in
      OrderShare(
        centre: centre,
        packs: Int64.random(in: 1...12, using: &random),
        cost: .zero,
        received: Quantity(10 * Int64.random(in: 0...6, using: &random))
      )
    }
    return OrderLine(
      number: 1,
      offer: "alder-swab",
      item: "SWAB",
      packs: shares.reduce(0) { $0 + $1.packs },
      packUnits: Quantity(10),
      cost: .zero,
      shares: shares
    )
  }

  fileprivate func claims(using random: inout SeededGenerator) -> [Centre.Code: AllocationRequest.Claim] {
    shares.reduce(into: [:]) { claims, share in
      claims[share.centre] = AllocationRequest.Claim(
        centre: share.centre,
        stock: Quantity(Int64.random(in: 0...200, using: &random)),
        use: .known(units: Int64.random(in: 0...300, using: &random), days: 28),
        need: nil,
        baseline: Quantity(Int64.random(in: 1...300, using: &random)),
        priority: Int64.random(in: 1...3, using: &random)
      )
    }
  }
}
