import Inventory
import Planning
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct ExactCampaignTests {
  private static let needs = """
    centre,sku,quantity,tolerance,justification
    berard,SWAB,1250,0,second wave
    curie,SWAB,700,0,
    curie,TUBE,2300,0,

    """

  private func closed(_ backend: Backend) async throws -> Network {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try Campaign.start(CampaignTests.terms, by: Network.stamp, in: connection)
      _ = try Campaign.open("C-1", by: Network.stamp, in: connection)
      try Campaign.take(
        Need.entries(from: ByteInput(Array(Self.needs.utf8))),
        for: "C-1",
        by: Network.stamp,
        in: connection
      )
      _ = try Campaign.close("C-1", by: Network.stamp, in: connection)
    }
    return network
  }

  private func input(_ network: Network) async throws -> AwardInput {
    try await network.database.read { try Campaign.awardInput("C-1", on: Network.day, in: $0) }
  }

  private func award(_ network: Network, _ request: AwardRequest = .init()) async throws -> Procurement.Award
  {
    let input = try await input(network)
    let exact = try ExactAward.decide("C-1", input, request, with: try HiGHS())
    return try await network.database.write {
      try Campaign.award("C-1", exact, for: input, by: Network.stamp, in: $0)
    }
  }

  @Test(arguments: Backend.available)
  func `an exact award is kept with its proof and reads back as it was given`(backend: Backend) async throws {
    let network = try await closed(backend)
    let request = AwardRequest(budget: Money(cents: 10_000_000), maximumShare: 90, timeLimit: 30)
    let given = try await award(network, request)
    let read = try await network.database.read { connection in
      try Award.latest(of: Campaign.find("C-1", in: connection), in: connection)
    }
    #expect(read == given)
    #expect(given.method.status == .optimal)
    #expect(given.method.bound == given.cost)
    #expect(given.method.request == request)
    #expect(given.report.remarks != nil)
  }

  @Test(arguments: Backend.available)
  func `the orders come to the award's cent`(backend: Backend) async throws {
    let network = try await closed(backend)
    let award = try await award(network)
    // A cascade: birch first, as far as two periods of 20 packs go, then alder.
    #expect(
      award.lines.filter { $0.item == "TUBE" }.map { "\($0.supplier) \($0.packs)" } == [
        "alder 3", "birch 40",
      ]
    )
    let numbers = try await network.database.write { try Campaign.order("C-1", by: Network.stamp, in: $0) }
    var total = Money.zero
    for number in numbers { total += try await network.order(number).header.total }
    #expect(total == award.cost)
    #expect(award.report.savings.reduce(Money.zero) { $0 + $1.cost } == award.cost)
  }

  @Test(arguments: Backend.available)
  func `an exact award whose input changed meanwhile is refused`(backend: Backend) async throws {
    let network = try await closed(backend)
    let input = try await input(network)
    let exact = try ExactAward.decide("C-1", input, AwardRequest(), with: try HiGHS())
    try await network.approve(try await network.place(.swabs()))
    await #expect(throws: CampaignError.changedMeanwhile("C-1")) {
      _ = try await network.database.write {
        try Campaign.award("C-1", exact, for: input, by: Network.stamp, in: $0)
      }
    }
  }
}
