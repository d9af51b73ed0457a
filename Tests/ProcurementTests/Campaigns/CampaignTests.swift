import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct CampaignTests {
  static let terms = Campaign.Terms(
    code: "C-1",
    title: "Swabs",
    opens: Network.day,
    closes: Network.day + 4,
    neededBy: Network.day + 40,
    items: ["SWAB", "TUBE"]
  )

  private func opened(_ backend: Backend) async throws -> Network {
    let network = try await Network(backend)
    try await network.database.write { connection in
      _ = try Campaign.start(Self.terms, by: Network.stamp, in: connection)
      _ = try Campaign.open("C-1", by: Network.stamp, in: connection)
    }
    return network
  }

  private static let needs = """
    centre,sku,quantity,tolerance,justification
    berard,SWAB,1250,0,second wave
    curie,SWAB,700,0,
    curie,TUBE,400,0,
    ico,TUBE,0,0,enough in stock

    """

  private func take(_ text: String, in network: Network, _ stamp: Stamp = Network.stamp) async throws {
    try await network.database.write { connection in
      try Campaign.take(
        Need.entries(from: ByteInput(Array(text.utf8))),
        for: "C-1",
        by: stamp,
        in: connection
      )
    }
  }

  @Test(arguments: Backend.available)
  func `from needs to orders: awarded, ordered once, completed when all is closed`(backend: Backend)
    async throws
  {
    let network = try await opened(backend)
    try await take(Self.needs, in: network)
    let award = try await network.database.write { connection in
      _ = try Campaign.close("C-1", by: Network.stamp, in: connection)
      return try Campaign.awardGreedily("C-1", by: Network.stamp, in: connection)
    }
    #expect(
      award.lines.map { line in
        "\(line.offer) \(line.packs) \(line.cost.cents) "
          + line.shares.map { "\($0.centre) \($0.packs)" }.joined(separator: ", ")
      } == ["alder-swab 20 18000 berard 13, curie 7", "birch-tube 8 16000 curie 8"]
    )
    #expect(award.freight == Money(cents: 4500))
    #expect(award.standaloneCost.map { $0 >= award.cost } == true)
    var numbers: [[PurchaseOrder.Number]] = []
    for _ in 0..<2 {
      numbers.append(
        try await network.database.write { try Campaign.order("C-1", by: Network.stamp, in: $0) }
      )
    }
    #expect(numbers == [["CA-2020-00001", "CA-2020-00002"], ["CA-2020-00001", "CA-2020-00002"]])
    await #expect(throws: CampaignError.ordersRunning("C-1", ["CA-2020-00001", "CA-2020-00002"])) {
      _ = try await network.database.write { try Campaign.complete("C-1", by: Network.stamp, in: $0) }
    }
    let placed = numbers[0]
    let completed = try await network.database.write { connection in
      for number in placed {
        try PurchaseOrder.cancel(number, reason: "test", by: Network.stamp, in: connection)
      }
      return try Campaign.complete("C-1", by: Network.stamp, in: connection)
    }
    #expect(completed.state == .completed)
  }

  @Test(arguments: Backend.available)
  func `a stored award reads back as it was given`(backend: Backend) async throws {
    let network = try await opened(backend)
    try await take(Self.needs, in: network)
    let (given, read) = try await network.database.write { connection in
      let closed = try Campaign.close("C-1", by: Network.stamp, in: connection)
      let given = try Campaign.awardGreedily("C-1", by: Network.stamp, in: connection)
      return (given, try Award.latest(of: closed, in: connection))
    }
    #expect(read == given)
  }

  @Test(arguments: Backend.available)
  func `an award whose input changed meanwhile is refused`(backend: Backend) async throws {
    let network = try await opened(backend)
    try await take(Self.needs, in: network)
    let input = try await network.database.write { connection in
      _ = try Campaign.close("C-1", by: Network.stamp, in: connection)
      return try Campaign.awardInput("C-1", on: Network.day, in: connection)
    }
    let plan = GreedyAward.plan(for: input)
    let number = try await network.place(.swabs())
    try await network.approve(number)
    await #expect(throws: CampaignError.changedMeanwhile("C-1")) {
      _ = try await network.database.write {
        try Campaign.award("C-1", plan: plan, found: .greedy, for: input, by: Network.stamp, in: $0)
      }
    }
  }

  @Test(arguments: Backend.available)
  func `all bad lines of a table of needs are told at once and none is taken`(backend: Backend) async throws {
    let network = try await opened(backend)
    let table = """
      centre,sku,quantity
      berard,SWAB,10
      nowhere,SWAB,10
      curie,GLOVE,10
      berard,SWAB,20

      """
    let expected = [
      Finding(line: 3, field: "centre", found: "nowhere", expected: "a known centre"),
      Finding(line: 4, field: "sku", found: "GLOVE", expected: "an item of campaign C-1"),
      Finding(
        line: 5,
        field: "sku",
        found: "berard SWAB by \(Self.terms.neededBy) again",
        expected: "one line for a centre, an item and a day"
      ),
    ]
    await #expect(throws: CampaignError.invalid(expected)) { try await take(table, in: network) }
    let needs = try await network.database.read { try Need.all(of: Campaign.find("C-1", in: $0).id, in: $0) }
    #expect(needs == [])
  }

  @Test(arguments: Backend.available)
  func `a computed need never replaces an entered one, and an entered one the last`(backend: Backend)
    async throws
  {
    let network = try await opened(backend)
    let computed = Need(
      centre: "berard",
      item: "SWAB",
      quantity: Quantity(99),
      origin: .prefilled(inputs: #"{"daily":3}"#)
    )
    var entered = computed
    entered.origin = .entered
    entered.quantity = Quantity(50)
    for need in [computed, entered, computed] {
      try await network.database.write {
        try Campaign.take([NeedEntry(need: need)], for: "C-1", by: Network.stamp, in: $0)
      }
    }
    let needs = try await network.database.read { try Need.all(of: Campaign.find("C-1", in: $0).id, in: $0) }
    #expect(needs == [entered])
  }

  @Test(arguments: Backend.available)
  func `needs are taken while the campaign is open and not after its last day`(backend: Backend) async throws
  {
    let network = try await opened(backend)
    await #expect(throws: CampaignError.tooLate("C-1", closed: Network.day + 4, on: Network.day + 5)) {
      try await take(Self.needs, in: network, Network.stamp(5))
    }
    _ = try await network.database.write { try Campaign.close("C-1", by: Network.stamp, in: $0) }
    await #expect(throws: CampaignError.notTaking("C-1", .closed)) { try await take(Self.needs, in: network) }
  }

  @Test func `a campaign moves only along its diagram`() {
    typealias State = Campaign.State
    let diagram: [State: [Campaign.Step: State]] = [
      .draft: [.open: .open, .cancel: .cancelled], .open: [.close: .closed, .cancel: .cancelled],
      .closed: [.award: .awarded, .cancel: .cancelled],
      .awarded: [.award: .awarded, .order: .ordered, .cancel: .cancelled], .ordered: [.complete: .completed],
    ]
    for state in State.allCases {
      for step in Campaign.Step.allCases {
        #expect((try? state.after(step, of: "C-1")) == diagram[state]?[step])
      }
    }
  }
}
