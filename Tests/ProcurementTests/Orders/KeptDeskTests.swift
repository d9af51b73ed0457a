import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

/// Orders drawn up before their transaction, by what earlier ones had looked up.
@Suite struct KeptDeskTests {
  private struct Desk {
    let network: Network
    let database: CountedDatabase

    init(_ backend: Backend) async throws {
      network = try await Network(backend)
      database = CountedDatabase(base: network.database, remembering: Memory())
    }

    var reads: Int { database.reads.count }

    func place(_ request: OrderRequest, by stamp: Stamp = Network.stamp) async throws -> PurchaseOrder {
      try await PurchaseOrder.place(request, by: stamp, in: database)
    }

    /// Describes the suppliers anew, from which whatever was looked up before has to be looked up again.
    func describe(_ suppliers: String = Network.suppliers) async throws {
      try await network.database.write { connection in
        try Supplier.take(
          Supplier.drafts(from: ByteInput(Array(suppliers.utf8))),
          by: Network.stamp,
          in: connection
        )
      }
    }

    /// Sells swabs at other prices, from alder in one way until a day, and in another from then on.
    func reprice(to cents: Int64, until day: Day, then later: Int64) async throws {
      let head = Network.offers.split(separator: "\n")[0]
      let offers = """
        \(head)
        alder-swab,alder,AC-1,1,SWAB,100,2,2,,,7,2020-01-01,\(day),all_units,100000,4500
        alder-later,alder,AC-1,1,SWAB,100,2,2,,,7,\(day + 1),2021-12-31,all_units,100000,4500

        """
      let tiers =
        "offer_code,from_packs,price_cents_per_pack\nalder-swab,1,\(cents)\nalder-later,1,\(later)\n"
      try await network.database.write { connection in
        try Offer.take(
          Offer.drafts(from: ByteInput(Array(offers.utf8))),
          tiers: Offer.tierDrafts(from: ByteInput(Array(tiers.utf8))),
          by: Network.stamp,
          in: connection
        )
      }
    }
  }

  @Test(arguments: Backend.available)
  func `what was looked up for one order serves the next, and both are what each would be otherwise`(
    backend: Backend
  ) async throws {
    let desk = try await Desk(backend)
    let first = try await desk.place(.swabs(key: "a"))
    let second = try await desk.place(.swabs(key: "b", berard: 2))
    #expect(desk.reads == 1)
    let alone = try await Network(backend)
    for (order, request) in [(first, OrderRequest.swabs(key: "a")), (second, .swabs(key: "b", berard: 2))] {
      let other = try await alone.order(alone.place(request))
      #expect((order.header, order.lines) == (other.header, other.lines))
      #expect(try await desk.network.order(order.header.number) == order)
    }
    // What changed is looked up again once: the order that finds it changed is drawn up in its transaction.
    try await desk.describe()
    for (key, reads) in [("w", 1), ("x", 2), ("y", 2)] {
      _ = try await desk.place(.swabs(key: key))
      #expect(desk.reads == reads)
    }
    // Another centre is looked for, and then known as well.
    for key in ["c", "d"] {
      var request = OrderRequest.swabs(key: key)
      request.lines[0].shares[0].centre = "ico"
      _ = try await desk.place(request)
      #expect(desk.reads == 3)
    }
    let check = try await desk.network.database.read { try Audit.verify(in: $0) }
    #expect(check.isSound)
  }

  @Test(arguments: Backend.available)
  func `a price that changed meanwhile is the new one`(backend: Backend) async throws {
    let desk = try await Desk(backend)
    var refused = OrderRequest.swabs(key: "a")
    refused.lines[0].shares[0].packs = 11
    await #expect(throws: OrderError.self) { try await desk.place(refused) }
    #expect(desk.reads == 1)
    try await desk.reprice(to: 500, until: Network.day, then: 600)
    let order = try await desk.place(.swabs(key: "b"))
    #expect(order.header.goods == Money(cents: 20 * 500))
    let later = try await desk.place(.swabs(key: "c"), by: Network.stamp(1))
    #expect(later.header.goods == Money(cents: 20 * 600))
    #expect(later.lines.map(\.offer) == ["alder-later"])
    #expect(try await desk.place(.swabs(key: "d")).header.goods == Money(cents: 20 * 500))
  }

  @Test(arguments: Backend.available)
  func `a supplier that was closed meanwhile gets no order`(backend: Backend) async throws {
    let desk = try await Desk(backend)
    _ = try await desk.place(.swabs(key: "a"))
    let closed = Network.suppliers.replacing(
      "code,name,country,siret",
      with: "code,name,country,siret,active"
    )
    .replacing("73282932000074", with: "73282932000074,no").replacing(
      "birch,Birch,FR,",
      with: "birch,Birch,FR,,yes"
    )
    try await desk.describe(closed)
    await #expect(throws: SupplierError.inactive("alder")) { try await desk.place(.swabs(key: "b")) }
    #expect(try await desk.network.database.read { try PurchaseOrder.all(in: $0).count } == 1)
  }

  @Test(arguments: Backend.available)
  func `the rule of a lot and a key are kept to`(backend: Backend) async throws {
    let desk = try await Desk(backend)
    let first = try await desk.place(.swabs(key: "a"))
    #expect(try await desk.place(.swabs(key: "a")) == first)
    await #expect(throws: OrderError.keyDiffers(key: "a", first.header.number)) {
      try await desk.place(.swabs(key: "a", berard: 2))
    }
    // 1,500 swabs cost less at alder.
    var dear = OrderRequest.swabs(key: "b", reason: nil)
    (dear.supplier, dear.lines[0].shares) = ("birch", [.init(centre: "ico", packs: 30)])
    let request = dear
    await #expect(throws: OrderError.ruleNotFollowed(.bestOffer, "birch", instead: "alder")) {
      try await desk.place(request)
    }
  }

  @Test(arguments: Backend.available)
  func `orders at once are numbered without gaps while what they are held against changes`(backend: Backend)
    async throws
  {
    let desk = try await Desk(backend)
    _ = try await desk.place(.swabs(key: "first"))
    let orders = try await withThrowingTaskGroup(of: PurchaseOrder.self) { group in
      for index in 0..<24 { group.addTask { try await desk.place(.swabs(key: "k\(index)")) } }
      group.addTask {
        try await desk.describe()
        return try await desk.place(.swabs(key: "after"))
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let numbers = orders.map(\.header.number).sorted()
    #expect(numbers.last == "CA-2020-00026" && Set(numbers).count == 25)
    for order in orders { #expect(try await desk.network.order(order.header.number) == order) }
  }
}
