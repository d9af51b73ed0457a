import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct CeilingTests {
  @Test func `levels are reached at 70, 90 and 100 hundredths of either measure`() {
    func levels(_ value: Int64, _ quantity: Int64) -> [Int64] {
      Ceiling(
        maximumValue: Money(cents: 1000),
        maximumQuantity: Quantity(100),
        committedValue: Money(cents: value),
        committedQuantity: Quantity(quantity)
      ).levels.map(\.rawValue)
    }
    #expect(levels(699, 69) == [])
    #expect(levels(700, 0) == [70])
    #expect(levels(0, 90) == [70, 90])
    #expect(levels(999, 99) == [70, 90])
    #expect(levels(1000, 0) == [70, 90, 100])
  }

  @Test(arguments: Backend.available)
  func `approval draws on the ceiling and cancellation gives it back`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    #expect(try await network.ceiling(lot: 1).committedValue == .zero)
    try await network.approve(number)
    // 20 packs at 9.00 and 45.00 of freight.
    #expect(try await network.ceiling(lot: 1).committedValue == Money(cents: 22_500))
    #expect(try await network.ceiling(lot: 1).committedQuantity == Quantity(2000))
    try await network.database.write {
      try PurchaseOrder.cancel(number, reason: "no longer needed", by: Network.stamp, in: $0)
    }
    #expect(try await network.ceiling(lot: 1) == Ceiling(maximumValue: Money(cents: 10_000_000)))
  }

  @Test(arguments: Backend.available)
  func `the ceiling of a past day is told without what moved later`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    let agreement: Agreement.Reference = "AC-1"
    let (before, approved, cancelled) = (Network.stamp.at, Network.stamp(1), Network.stamp(3))
    try await network.database.write { try PurchaseOrder.approve(number, by: approved, in: $0) }
    try await network.database.write {
      try PurchaseOrder.cancel(number, reason: "no longer needed", by: cancelled, in: $0)
    }
    let read = try await network.database.read { connection in
      try [before, approved.at, cancelled.at].map {
        try Ceiling.of(agreement, lot: 1, at: $0, in: connection)?.committedValue
      }
    }
    #expect(read == [.zero, Money(cents: 22_500), .zero])
    // The steps add up to what the lot itself says.
    #expect(try await network.ceiling(lot: 1).committedValue == read.last)
  }

  /// A ceiling that seven orders of 225.00 fit under, and twenty of them at once.
  @Test(arguments: Backend.available)
  func `orders approved at once never pass the ceiling`(backend: Backend) async throws {
    let network = try await Network(backend, lots: Network.lots.replacing("10000000", with: "160000"))
    var numbers: [PurchaseOrder.Number] = []
    for index in 0..<20 { numbers.append(try await network.place(.swabs(key: "k\(index)"))) }
    let approved = await withTaskGroup(of: Bool.self) { group in
      for number in numbers {
        group.addTask {
          do {
            try await network.approve(number)
            return true
          } catch is AgreementError {
            return false
          } catch {
            Issue.record(error)
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(approved == 7)
    let ceiling = try await network.ceiling(lot: 1)
    #expect(ceiling.committedValue == Money(cents: 7 * 22_500))
    let states = try await network.database.read { try PurchaseOrder.all(in: $0).map(\.state) }
    #expect(states.filter { $0 == .approved }.count == 7)
    #expect(states.filter { $0 == .draft }.count == 13)
  }

  @Test(arguments: Backend.available)
  func `an order that does not fit is told what is left`(backend: Backend) async throws {
    let network = try await Network(backend, lots: Network.lots.replacing("10000000", with: "20000"))
    let number = try await network.place(.swabs())
    await #expect(
      throws: AgreementError.ceilingReached(
        "AC-1",
        lot: 1,
        asked: Ceiling.Draw(value: Money(cents: 22_500), quantity: Quantity(2000)),
        ceiling: Ceiling(maximumValue: Money(cents: 20_000))
      )
    ) { try await network.approve(number) }
    #expect(try await network.order(number).state == .draft)
  }

  @Test(arguments: Backend.available)
  func `levels raise an alert once and giving back takes it down`(backend: Backend) async throws {
    let network = try await Network(backend, lots: Network.lots.replacing("10000000", with: "50000"))
    let first = try await network.place(.swabs(key: "a"))
    let second = try await network.place(.swabs(key: "b"))
    try await network.approve(first)
    #expect(try await alerts(network) == [])
    try await network.approve(second)
    #expect(
      try await alerts(network) == [
        CeilingAlert(lot: 1, level: .seventy, raisedAt: Network.stamp.at, cause: "order \(second)"),
        CeilingAlert(lot: 1, level: .ninety, raisedAt: Network.stamp.at, cause: "order \(second)"),
      ]
    )
    try await network.database.write {
      try PurchaseOrder.cancel(second, reason: "twice", by: Network.stamp, in: $0)
    }
    #expect(try await alerts(network) == [])
  }

  @Test(arguments: Backend.available)
  func `no order is approved outside the agreement's days`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs())
    let late = Stamp(actor: "buyer", at: Instant(try #require(Day(year: 2022, month: 1, day: 1)), hour: 0))
    await #expect(throws: AgreementError.self) {
      try await network.database.write { try PurchaseOrder.approve(number, by: late, in: $0) }
    }
  }

  @Test(arguments: Backend.available)
  func `the database itself refuses a ceiling that is passed`(backend: Backend) async throws {
    let network = try await Network(backend)
    await #expect(throws: (any Error).self) {
      try await network.database.write { connection in
        try connection.execute(
          "UPDATE agreement_lot SET committed_value = maximum_value + 1 WHERE number = 1"
        )
      }
    }
  }

  private func alerts(_ network: Network) async throws -> [CeilingAlert] {
    try await network.database.read { connection in
      try CeilingAlert.all(of: Agreement.find("AC-1", in: connection).id, in: connection)
    }
  }
}
