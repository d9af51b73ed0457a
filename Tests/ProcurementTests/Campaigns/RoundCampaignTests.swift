import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

/// Campaigns that order in several rounds, from needs by several days to orders that say when they go out.
@Suite struct RoundCampaignTests {
  private static var terms: Campaign.Terms {
    var terms = CampaignTests.terms
    terms.rounds = [Network.day + 30, Network.day + 20]
    return terms
  }

  private static let needs = """
    centre,sku,quantity,needed_by
    berard,SWAB,400,2020-06-01
    berard,SWAB,600,
    curie,SWAB,200,2020-06-14

    """

  private func opened(_ backend: Backend) async throws -> Network {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try Campaign.start(Self.terms, by: Network.stamp, in: connection)
      _ = try Campaign.open("C-1", by: Network.stamp, in: connection)
      try Self.take(Self.needs, in: connection)
    }
    return network
  }

  private static func take(_ text: String, in connection: any Connection) throws {
    try Campaign.take(
      Need.entries(from: ByteInput(Array(text.utf8))),
      for: "C-1",
      by: Network.stamp,
      in: connection
    )
  }

  private func needs(_ network: Network) async throws -> [String] {
    try await network.database.read { connection in
      try Need.all(of: Campaign.find("C-1", in: connection).id, in: connection).map { need in
        "\(need.place) \(need.quantity.units) \(need.neededBy.map { "\($0)" } ?? "-")"
      }
    }
  }

  @Test(arguments: Backend.available)
  func `the rounds are kept in order, the needs by day`(backend: Backend) async throws {
    let network = try await opened(backend)
    let campaign = try await network.database.read { try Campaign.find("C-1", in: $0) }
    #expect(campaign.terms.rounds == [Network.day + 20, Network.day + 30])
    #expect(
      try await needs(network) == [
        "berard SWAB 400 2020-06-01", "berard SWAB 600 -", "curie SWAB 200 2020-06-14",
      ]
    )
  }

  @Test(arguments: Backend.available)
  func `what a centre says of an item replaces all that it said, unless it is added`(backend: Backend)
    async throws
  {
    let network = try await opened(backend)
    try await network.database.write { connection in
      let more = Need(centre: "curie", item: "SWAB", quantity: Quantity(50), neededBy: Network.day + 38)
      try Campaign.add(more, for: "C-1", by: Network.stamp, in: connection)
      try Self.take("centre,sku,quantity\nberard,SWAB,100\n", in: connection)
    }
    #expect(
      try await needs(network) == [
        "berard SWAB 100 -", "curie SWAB 200 2020-06-14", "curie SWAB 50 \(Network.day + 38)",
      ]
    )
    try await network.database.write { connection in
      let other = Need(centre: "curie", item: "SWAB", quantity: Quantity(70), neededBy: Network.day + 38)
      try Campaign.add(other, for: "C-1", by: Network.stamp, in: connection)
    }
    #expect(try await needs(network).last == "curie SWAB 70 \(Network.day + 38)")
  }

  @Test(arguments: Backend.available)
  func `a need by a day after the campaign's own is refused, in a table and one by one`(backend: Backend)
    async throws
  {
    let network = try await opened(backend)
    let late = CampaignTests.terms.neededBy + 1
    let expected = "a day not after \(CampaignTests.terms.neededBy)"
    func finding(_ line: Int?) -> CampaignError {
      .invalid([Finding(line: line, field: "needed_by", found: "\(late)", expected: expected)])
    }
    await #expect(throws: finding(2)) {
      try await network.database.write {
        try Self.take("centre,sku,quantity,needed_by\ncurie,SWAB,10,\(late)\n", in: $0)
      }
    }
    let more = Need(centre: "curie", item: "SWAB", quantity: Quantity(50), neededBy: late)
    await #expect(throws: finding(nil)) {
      try await network.database.write { try Campaign.add(more, for: "C-1", by: Network.stamp, in: $0) }
    }
    #expect(try await needs(network).count == 3)
  }

  @Test(arguments: Backend.available)
  func `rounds outside the campaign's days are refused, each by its day`(backend: Backend) async throws {
    let network = try await Network(backend)
    var terms = CampaignTests.terms
    terms.rounds = [terms.neededBy, terms.closes + 5, terms.closes, terms.closes + 5]
    let expected = "a day after \(terms.closes) and before \(terms.neededBy)"
    let findings = [
      Finding(field: "round", found: "\(terms.closes)", expected: expected),
      Finding(field: "round", found: "\(terms.closes + 5) again", expected: "each day once"),
      Finding(field: "round", found: "\(terms.neededBy)", expected: expected),
    ]
    let asked = terms
    await #expect(throws: CampaignError.invalid(findings)) {
      _ = try await network.database.write { try Campaign.start(asked, by: Network.stamp, in: $0) }
    }
  }

  @Test(arguments: Backend.available)
  func `each round becomes an order that says when it goes out`(backend: Backend) async throws {
    let network = try await opened(backend)
    let (award, read, numbers) = try await network.database.write { connection in
      let closed = try Campaign.close("C-1", by: Network.stamp, in: connection)
      let award = try Campaign.awardGreedily("C-1", by: Network.stamp, in: connection)
      let read = try Award.latest(of: closed, in: connection)
      return (award, read, try Campaign.order("C-1", by: Network.stamp, in: connection))
    }
    #expect(read == award)
    #expect(
      award.lines.map { "\(($0.packUnits * $0.packs).units) \($0.orderOn.map { "\($0)" } ?? "at once")" } == [
        "400 at once", "200 \(Network.day + 20)", "600 \(Network.day + 30)",
      ]
    )
    var orders: [PurchaseOrder] = []
    for number in numbers { orders.append(try await network.order(number)) }
    let days = orders.sorted { ($0.header.expectedOn ?? Network.day) < ($1.header.expectedOn ?? Network.day) }
    #expect(days.map(\.header.sendOn) == [nil, Network.day + 20, Network.day + 30])
    #expect(days.map(\.header.expectedOn) == [7, 27, 37].map { Network.day + $0 })
    #expect(orders.reduce(Money.zero) { $0 + $1.header.total } == award.cost)
    let again = try await network.database.write { try Campaign.order("C-1", by: Network.stamp, in: $0) }
    #expect(again == numbers)
  }
}
