import Foundation
import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct OrderTests {
  @Test(arguments: Backend.available)
  func `an order's shares add up to its lines and its lines to the order`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs(berard: 13, curie: 7))
    #expect(number == "CA-2020-00001")
    let order = try await network.order(number)
    #expect(
      order.lines == [
        OrderLine(
          number: 1,
          offer: "alder-swab",
          item: "SWAB",
          packs: 20,
          packUnits: Quantity(100),
          cost: Money(cents: 18_000),
          shares: [
            OrderShare(centre: "berard", packs: 13, cost: Money(cents: 11_700)),
            OrderShare(centre: "curie", packs: 7, cost: Money(cents: 6_300)),
          ]
        )
      ]
    )
    #expect(order.header.goods == Money(cents: 18_000))
    #expect(order.header.freight == Money(cents: 4_500))
    #expect(order.header.units == Quantity(2000))
    #expect(order.header.expectedOn == Network.day + 7)
    #expect(order.state == .draft)
  }

  /// What can be asked together is: orders wait for each other, so each round trip counts for all of them.
  @Test(arguments: Backend.available)
  func `an order is placed and read in four round trips`(backend: Backend) async throws {
    let network = try await Network(backend)
    var waits: [Int] = []
    for key in ["a", "b", "c"] {
      waits.append(
        try await network.database.write { connection in
          let order = try PurchaseOrder.place(.swabs(key: key), by: Network.stamp, in: connection)
          #expect(order.lines.count == 1 && order.header.key == key)
          return connection.waits
        }
      )
    }
    // What a connection has not prepared yet is prepared first; the commit comes after.
    #expect(waits.min() == (backend == .postgres ? 3 : 0), "\(waits)")
  }

  @Test(arguments: Backend.available)
  func `orders drawn up together are what each would be alone`(backend: Backend) async throws {
    let network = try await Network(backend)
    let first = try await network.place(.swabs(key: "first"))
    var elsewhere = OrderRequest.swabs(key: "elsewhere")
    elsewhere.agreement = "AC-0"
    var unknown = OrderRequest.swabs(key: "unknown")
    unknown.lines[0].shares[0].centre = "nowhere"
    var later = OrderRequest.swabs(key: "later", berard: 2, curie: 4, reason: nil)
    (later.supplier, later.reason, later.sendOn) = ("birch", "tubes as well", Network.day + 30)
    let requests: [OrderRequest] = [
      .swabs(key: "a"), .swabs(key: "b", berard: 11), .swabs(key: "a"), elsewhere, .swabs(key: "first"),
      unknown,
      .swabs(key: "a", berard: 2), later,
    ]
    let placings = requests.map { OrderPlacing($0, by: Network.stamp) }
    let answers = try await network.database.write { try OrderPlacing.perform(placings, in: $0) }
    #expect(
      answers.map { try? $0.get().header.number } == [
        "CA-2020-00002", nil, "CA-2020-00002", nil, first, nil, nil, "CA-2020-00003",
      ]
    )
    for order in answers.compactMap({ try? $0.get() }) {
      #expect(try await network.order(order.header.number) == order)
    }
    #expect(throws: OrderError.keyDiffers(key: "a", "CA-2020-00002")) { try answers[6].get() }
    #expect(throws: CentreError.noSuchCentre("nowhere")) { try answers[5].get() }
    #expect(throws: OrderError.self) { try answers[1].get() }
    #expect(throws: AgreementError.self) { try answers[3].get() }
    #expect(try await network.database.read { try PurchaseOrder.all(in: $0).count } == 3)
    let check = try await network.database.read { try Audit.verify(in: $0) }
    #expect(check.isSound)
  }

  @Test func `an order writes itself as its members say`() async throws {
    let network = try await Network(.sqlite)
    for key in ["plain", "with \"quotes\" and\tmore"] {
      var request = OrderRequest.swabs(key: key)
      if key != "plain" { request.sendOn = Network.day + 3 }
      var order = try await network.order(network.place(request))
      if key != "plain" { order.header.supplierReference = "é/1" }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      #expect(try order.json == String(decoding: encoder.encode(order), as: UTF8.self) + "\n")
      order.lines = []
      #expect(try order.json == String(decoding: encoder.encode(order), as: UTF8.self) + "\n")
    }
  }

  @Test(arguments: Backend.available)
  func `a request sent twice at once is one order`(backend: Backend) async throws {
    let network = try await Network(backend)
    let numbers = try await withThrowingTaskGroup(of: PurchaseOrder.Number.self) { group in
      for _ in 0..<8 { group.addTask { try await network.place(.swabs()) } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(numbers == ["CA-2020-00001"])
    #expect(try await network.database.read { try PurchaseOrder.all(in: $0).count } == 1)
  }

  @Test(arguments: Backend.available)
  func `another request under the same key is refused`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    await #expect(throws: OrderError.keyDiffers(key: "k1", number)) {
      _ = try await network.place(.swabs(berard: 14, curie: 6))
    }
  }

  @Test(arguments: Backend.available)
  func `numbers have no gaps, whatever is refused in between and however many come at once`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<12 {
        // Every third asks for an odd number of packs of an offer in twos.
        let packs: Int64 = index % 3 == 0 ? 11 : 12
        group.addTask { _ = try? await network.place(.swabs(key: "k\(index)", berard: packs)) }
      }
    }
    let numbers = try await network.database.read { try PurchaseOrder.all(in: $0).map(\.header.number) }
    #expect(numbers.sorted() == (1...8).map { Code<PurchaseOrder>(stringLiteral: "CA-2020-0000\($0)") })
  }

  @Test(arguments: Backend.available)
  func `all that is wrong with a request is told at once`(backend: Backend) async throws {
    let network = try await Network(backend)
    var request = OrderRequest.swabs(berard: 1, curie: 2)
    request.lines.append(OrderRequest.Line(item: "TUBE", shares: [.init(centre: "ico", packs: 1)]))
    request.lines.append(OrderRequest.Line(item: "SWAB", shares: []))
    let expected = [
      Finding(line: 1, field: "packs", found: "3", expected: "at least 2, in multiples of 2"),
      Finding(
        line: 2,
        field: "sku",
        found: "TUBE",
        expected: "an item that alder offers under lot 1 of AC-1 on \(Network.day)"
      ),
      Finding(line: 3, field: "sku", found: "SWAB again", expected: "one line for an item"),
      Finding(line: 3, field: "packs", found: "[]", expected: "shares from 1 to 100000000 packs"),
    ]
    let wrong = request
    await #expect(throws: OrderError.invalid(expected)) { _ = try await network.place(wrong) }
  }

  @Test(arguments: Backend.available)
  func `a cascade is followed or passed over with a reason`(backend: Backend) async throws {
    let network = try await Network(backend)
    var request = OrderRequest(
      key: "c",
      supplier: "alder",
      agreement: "AC-1",
      lot: 2,
      lines: [.init(item: "TUBE", shares: [.init(centre: "ico", packs: 3)])]
    )
    let silent = request
    await #expect(throws: OrderError.ruleNotFollowed(.cascade, "alder", instead: "birch")) {
      _ = try await network.place(silent)
    }
    request.reason = "birch cannot deliver before June"
    _ = try await network.place(request)
  }

  @Test(arguments: Backend.available)
  func `under best offer a dearer holder takes a reason`(backend: Backend) async throws {
    let network = try await Network(backend)
    // 1,500 swabs: 165.00 at birch in 30 packs of 50, 144.00 at alder in 16 of 100.
    let birch = OrderRequest(
      key: "b",
      supplier: "birch",
      agreement: "AC-1",
      lot: 1,
      lines: [.init(item: "SWAB", shares: [.init(centre: "ico", packs: 30)])]
    )
    await #expect(throws: OrderError.ruleNotFollowed(.bestOffer, "birch", instead: "alder")) {
      _ = try await network.place(birch)
    }
    _ = try await network.place(.swabs(reason: nil))
  }

  @Test(arguments: Backend.available)
  func `every step sent twice happens once and is logged once`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    for _ in 0..<2 {
      try await network.approve(number)
    }
    for _ in 0..<2 {
      try await network.database.write { try PurchaseOrder.send(number, by: Network.stamp, in: $0) }
    }
    for _ in 0..<2 {
      try await network.database.write {
        try PurchaseOrder.acknowledge(number, supplierReference: "X-9", by: Network.stamp, in: $0)
      }
    }
    #expect(try await network.ceiling(lot: 1).committedValue == Money(cents: 22_500))
    let actions = try await network.database.read { connection in
      try AuditEntry.latest(100, subject: "order \(number)", in: connection).map(\.action).sorted()
    }
    #expect(actions == ["order.acknowledge", "order.approve", "order.place", "order.send"])
    #expect(try await network.order(number).header.supplierReference == "X-9")
  }

  @Test func `a state changes only along its diagram`() throws {
    typealias State = PurchaseOrder.State
    let steps: [PurchaseOrder.Step] = [
      .approve, .send, .acknowledge, .receive(complete: false), .receive(complete: true), .close, .cancel,
    ]
    let diagram: [State: [State?]] = [
      .draft: [.approved, nil, nil, nil, nil, nil, .cancelled],
      .approved: [nil, .sent, nil, nil, nil, nil, .cancelled],
      .sent: [nil, nil, .acknowledged, .partlyReceived, .received, nil, .cancelled],
      .acknowledged: [nil, nil, nil, .partlyReceived, .received, nil, .cancelled],
      .partlyReceived: [nil, nil, nil, .partlyReceived, .received, .closed, nil],
      .received: [nil, nil, nil, .received, .received, .closed, nil],
      .closed: [nil, nil, nil, nil, nil, nil, nil],
      .cancelled: [nil, nil, nil, nil, nil, nil, nil],
    ]
    for state in State.allCases {
      #expect(steps.map { try? state.after($0, of: "CA-2020-00001") } == diagram[state])
    }
  }

  @Test(arguments: Backend.available)
  func `an inactive supplier gets no order`(backend: Backend) async throws {
    let network = try await Network(backend)
    let placed = try await network.place(.swabs(key: "before"))
    try await network.database.write { try $0.execute("UPDATE supplier SET active = 0 WHERE code = 'alder'") }
    await #expect(throws: SupplierError.inactive("alder")) { _ = try await network.place(.swabs()) }
    await #expect(throws: SupplierError.inactive("alder")) { try await network.approve(placed) }
  }
}
