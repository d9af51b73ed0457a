package import Inventory
package import Storage

/// An order that somebody asks for. Orders wait for each other (numbers without gaps, one log), so those that wait are
/// drawn up together.
package struct OrderPlacing: JointWork {
  package var request: OrderRequest
  package var stamp: Stamp
  /// What it says, where that was drawn up before its transaction.
  var drawn: Drawn?

  package init(_ request: OrderRequest, by stamp: Stamp) { (self.request, self.stamp) = (request, stamp) }

  package static var subject: String { AuditChain.network.name }

  /// Draws up orders from requests: prices them, numbers them, shares them among the centres and logs them.
  ///
  /// The same request sent twice is one order. Numbers have no gaps: the year's last number moves in the same
  /// transaction.
  /// - Returns: for each the order, or `OrderError` with all that is wrong in the request.
  package static func perform(
    _ placings: [OrderPlacing],
    in connection: any Connection
  ) throws -> [Result<PurchaseOrder, any Error>] {
    try connection.expectFewRows()
    // Under one key the first is the order; the others are compared with it.
    var keys: Set<String> = []
    let isFirst = placings.map { keys.insert($0.request.key).inserted }
    let repeated = zip(placings, isFirst).filter { !$1 }.map(\.0)
    var batch = OrderBatch(zip(placings, isFirst).filter { $1 }.map(\.0))
    var placed = try batch.place(in: connection).makeIterator()
    guard !repeated.isEmpty else { return Array(placed) }
    var compared = try perform(repeated, in: connection).makeIterator()
    return isFirst.compactMap { $0 ? placed.next() : compared.next() }
  }
}

extension PurchaseOrder {
  /// Draws up one order, as `OrderPlacing` does.
  /// - Throws: `OrderError` with all that is wrong in the request.
  package static func place(
    _ request: OrderRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PurchaseOrder {
    try OrderPlacing(request, by: stamp).alone(after: nil, in: connection)
  }
}

/// An order in a few words.
package struct OrderSummary: Equatable, Sendable, Codable {
  package var number: PurchaseOrder.Number
  package var supplier: Supplier.Code
  package var agreement: Agreement.Reference
  package var lot: Int64
  package var campaign: Campaign.Code?
  package var goods: Money
  package var freight: Money
  /// `SWAB-NP 30×100 342000 [berard:10 curie:20]`: item, packs, units in a pack, cents, packs of each centre.
  package var lines: [String]
  package var reason: String?
  /// Nil for as soon as it is approved.
  package var sendOn: Day?
}
