import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

/// What is said of a day that is over is what was said on that day.
@Suite struct OfDayTests {
  private struct Standing: Equatable {
    var orders: [PurchaseOrder.State]
    var committed: [Money]
  }

  private static func standing(_ network: Network) async throws -> Standing {
    try await network.database.read { connection in
      Standing(
        orders: try PurchaseOrder.all(in: connection).map(\.state),
        committed: try Agreement.all(in: connection).flatMap { $0.lots.map(\.ceiling.committedValue) }
      )
    }
  }

  private static func standing(_ network: Network, on offset: Int64) async throws -> Standing {
    try await network.database.read { connection in
      Standing(
        orders: try PurchaseOrder.all(asOf: Network.day + offset, in: connection).map(\.state),
        committed: try Agreement.all(asOf: Network.day + offset, in: connection)
          .flatMap { $0.lots.map(\.ceiling.committedValue) }
      )
    }
  }

  private static func take(
    _ number: PurchaseOrder.Number,
    _ accepted: Int64,
    on offset: Int64,
    _ connection: any Connection
  ) throws {
    let entry = ReceiptRequest.Entry(line: 1, lot: "L\(offset)", accepted: Quantity(accepted))
    let request = ReceiptRequest(
      order: number,
      key: "d\(offset)",
      day: Network.day + offset,
      entries: [entry]
    )
    _ = try Receipt.take(request, by: Network.stamp(offset), in: connection)
  }

  @Test(arguments: Backend.available)
  func `orders and ceilings of a day are what they were at its end`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    let steps: [(Int64, @Sendable (any Connection) throws -> Void)] = [
      (1, { try PurchaseOrder.approve(number, by: Network.stamp(1), in: $0) }),
      (2, { try PurchaseOrder.send(number, by: Network.stamp(2), in: $0) }),
      (3, { try PurchaseOrder.acknowledge(number, by: Network.stamp(3), in: $0) }),
      (7, { try Self.take(number, 1_300, on: 7, $0) }),
      (9, { try Self.take(number, 700, on: 9, $0) }),
      (12, { try PurchaseOrder.close(number, by: Network.stamp(12), in: $0) }),
    ]
    var were: [(day: Int64, Standing)] = [(0, try await Self.standing(network))]
    for (day, step) in steps {
      try await network.database.write { try step($0) }
      were.append((day, try await Self.standing(network)))
    }
    #expect(
      were.map(\.1.orders) == [
        [.draft], [.approved], [.sent], [.acknowledged], [.partlyReceived], [.received], [.closed],
      ]
    )
    for (day, was) in were { #expect(try await Self.standing(network, on: day) == was, "day \(day)") }
    #expect(try await Self.standing(network, on: 8) == Self.standing(network, on: 7))
    #expect(try await Self.standing(network, on: -1).orders == [])
    #expect(try await Self.standing(network, on: -1).committed.allSatisfy { $0 == .zero })
  }

  @Test(arguments: Backend.available)
  func `one order of a day has what had come by then, and is not there before it was placed`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let number = try await network.sent()
    try await network.database.write { try Self.take(number, 1_300, on: 7, $0) }
    let before = try await network.database.read { try PurchaseOrder.find(number, in: $0) }
    try await network.database.write { try Self.take(number, 700, on: 9, $0) }
    func order(on offset: Int64) async throws -> PurchaseOrder {
      try await network.database.read { connection in
        let receipts = try Receipt.all(of: number, in: connection)
        return try PurchaseOrder.find(number, asOf: Network.day + offset, given: receipts, in: connection)
      }
    }
    #expect(try await order(on: 8) == before)
    let now = try await network.database.read { try PurchaseOrder.find(number, in: $0) }
    #expect(try await order(on: 9) == now && now != before)
    #expect(try await order(on: 6).lines.flatMap(\.shares).allSatisfy { $0.received == .zero })
    await #expect(throws: OrderError.noSuchOrder(number.rawValue)) { try await order(on: -1) }
  }

  @Test(arguments: Backend.available)
  func `campaigns and awards of a day are what they were at its end`(backend: Backend) async throws {
    let network = try await Network(backend)
    let terms = Campaign.Terms(
      code: "OFDAY",
      title: "Of a day",
      opens: Network.day,
      closes: Network.day + 30,
      neededBy: Network.day + 60,
      items: ["SWAB"]
    )
    try await network.database.write { connection in
      _ = try Campaign.start(terms, by: Network.stamp(1), in: connection)
    }
    try await network.database.write { connection in
      _ = try Campaign.open("OFDAY", by: Network.stamp(2), in: connection)
      _ = try Campaign.close("OFDAY", by: Network.stamp(5), in: connection)
      _ = try Campaign.cancel("OFDAY", by: Network.stamp(6), in: connection)
    }
    var states: [Campaign.State?] = []
    for day in Int64(0)...7 {
      states.append(
        try await network.database.read {
          try Campaign.all(asOf: Network.day + day, in: $0).first { $0.terms.code == "OFDAY" }?.state
        }
      )
    }
    #expect(states == [nil, .draft, .open, .open, .open, .closed, .cancelled, .cancelled])
    let closed = try await network.database.read {
      try Campaign.find("OFDAY", asOf: Network.day + 5, in: $0)
    }
    #expect(closed.state == .closed && closed.terms == terms)
    await #expect(throws: CampaignError.noSuchCampaign("OFDAY")) {
      try await network.database.read { try Campaign.find("OFDAY", asOf: Network.day, in: $0) }
    }
  }

  @Test(arguments: Backend.available)
  func `what was cancelled later still held its part of the ceiling`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent()
    let before = try await Self.standing(network)
    try await network.database.write {
      try PurchaseOrder.cancel(number, reason: "twice", by: Network.stamp(4), in: $0)
    }
    #expect(try await Self.standing(network) != before)
    #expect(try await Self.standing(network, on: 3) == before)
  }
}
