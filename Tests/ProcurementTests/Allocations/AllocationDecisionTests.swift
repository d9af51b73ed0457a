import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct AllocationDecisionTests {
  @Test(arguments: Backend.available, AllocationRule.allCases)
  func `what is shared, kept and left over is the supply`(
    backend: Backend,
    rule: AllocationRule
  ) async throws {
    let network = try await Network(backend)
    var random = SeededGenerator(seed: 7)
    for index in 0..<12 {
      let request = AllocationRequest.random(key: "k\(index)", rule: rule, using: &random)
      let decision = try await network.decide(request)
      let shared = decision.lines.reduce(Quantity.zero) { $0 + $1.quantity }
      #expect(shared + decision.reserve + decision.leftOver == decision.supply)
      #expect(decision.lines.allSatisfy { $0.quantity.units % decision.packUnits.units == 0 })
      #expect(decision.lines.allSatisfy { !$0.reason.isEmpty && !$0.sentence.isEmpty })
      #expect(decision.lines.map(\.centre) == ["berard", "curie", "ico"])
    }
  }

  @Test(arguments: Backend.available)
  func `the same key is one decision, and says one thing`(backend: Backend) async throws {
    let network = try await Network(backend)
    let first = try await network.decide(.swabs())
    #expect(try await network.decide(.swabs()) == first)
    #expect(try await network.database.read { try AllocationDecision.list(in: $0) } == [first])
    var others = [AllocationRequest](repeating: .swabs(), count: 6)
    others[0].supply = Quantity(200)
    others[1].reserve = Quantity(10)
    others[2].packUnits = Quantity(1)
    others[3].reason = "another"
    others[4].centres[0].stock = Quantity(11)
    others[5].centres.removeLast()
    for other in others {
      await #expect(throws: AllocationError.keyDiffers("k1")) { try await network.decide(other) }
    }
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test(arguments: Backend.available)
  func `a supply that is badly stated is refused with every fault`(backend: Backend) async throws {
    let network = try await Network(backend)
    var request = AllocationRequest.swabs()
    request.supply = Quantity(-1)
    request.centres[1].stock = Quantity(-2)
    let findings = [
      Finding(field: "deliveries[0].quantity", found: "-1", expected: "a quantity from 0"),
      Finding(field: "centres[1].stock", found: "-2", expected: "a quantity from 0"),
    ]
    await #expect(throws: AllocationError.invalid(findings)) { try await network.decide(request) }
    var days = AllocationRequest.swabs()
    days.centres[0].use = .known(units: 1, days: 0)
    let finding = Finding(field: "centres[0].use.days", found: "0", expected: "1 day or more")
    await #expect(throws: AllocationError.invalid([finding])) { try await network.decide(days) }
    #expect(try await network.database.read { try AllocationDecision.list(in: $0) }.isEmpty)
  }

  @Test func `only the rules for which enough is known are compared`() throws {
    #expect(Set(try AllocationDecision.compare(.swabs()).map(\.rule)) == Set(AllocationRule.allCases))
    var unknown = AllocationRequest.swabs()
    unknown.centres[0].use = .unknown
    unknown.centres[1].baseline = nil
    let rules = Set(try AllocationDecision.compare(unknown).map(\.rule))
    #expect(rules == [.need, .equalAwards, .equalLosses, .talmud])
  }
}

extension AllocationRequest {
  fileprivate static func swabs() -> AllocationRequest {
    AllocationRequest(
      key: "k1",
      item: "SWAB",
      rule: .equalCover,
      packUnits: Quantity(10),
      supply: Quantity(300),
      reason: "a late delivery",
      centres: [claim("berard", 10), claim("curie", 40), claim("ico", 0)]
    )
  }

  private static func claim(_ centre: Centre.Code, _ stock: Int64) -> Claim {
    Claim(
      centre: centre,
      stock: Quantity(stock),
      use: .known(units: 280, days: 28),
      need: Quantity(200),
      baseline: Quantity(200)
    )
  }

  fileprivate static func random(
    key: String,
    rule: AllocationRule,
    using random: inout SeededGenerator
  ) -> AllocationRequest {
    var request = swabs()
    request.key = key
    request.rule = rule
    request.packUnits = Quantity(Int64.random(in: 1...50, using: &random))
    request.supply = Quantity(Int64.random(in: 0...2_000, using: &random))
    request.reserve = Quantity(Int64.random(in: 0...400, using: &random))
    for index in request.centres.indices {
      request.centres[index].stock = Quantity(Int64.random(in: 0...500, using: &random))
      request.centres[index].use = .known(
        units: Int64.random(in: 0...900, using: &random),
        days: 28
      )
      request.centres[index].need = Quantity(Int64.random(in: 0...900, using: &random))
      request.centres[index].baseline = Quantity(Int64.random(in: 0...900, using: &random))
    }
    return request
  }
}

extension Network {
  @discardableResult
  fileprivate func decide(_ request: AllocationRequest) async throws -> AllocationDecision {
    try await database.write { try AllocationDecision.decide(request, by: Network.stamp, in: $0) }
  }
}
