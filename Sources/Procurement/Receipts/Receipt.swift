package import Inventory

/// What came in of an order on a day, as the delivery note says it.
package struct ReceiptRequest: Equatable, Sendable, Codable {
  package var order: PurchaseOrder.Number
  /// The delivery note's number: the same one sent twice counts once.
  package var key: String
  package var day: Day
  package var entries: [Entry]

  package struct Entry: Equatable, Sendable, Codable {
    /// The order's line.
    package var line: Int64
    /// Who received it; nil to attribute it by the order's shares, in whole packs.
    package var centre: Centre.Code?
    /// As on the label; nil where the goods have no lot.
    package var lot: String?
    package var expiry: Day?
    /// Base units kept, and base units sent back.
    package var accepted: Quantity
    package var refused: Quantity
    /// Why something was sent back, or why more than was ordered was kept.
    package var reason: String?
    /// The line of the table in which it stood; nil where there was none.
    package var row: Int?

    private enum CodingKeys: String, CodingKey {
      case line, centre, lot, expiry, accepted, refused, reason
    }

    package init(
      line: Int64,
      centre: Centre.Code? = nil,
      lot: String? = nil,
      expiry: Day? = nil,
      accepted: Quantity,
      refused: Quantity = .zero,
      reason: String? = nil
    ) {
      self.line = line
      self.centre = centre
      self.lot = lot
      self.expiry = expiry
      self.accepted = accepted
      self.refused = refused
      self.reason = reason
    }
  }

  package init(order: PurchaseOrder.Number, key: String, day: Day, entries: [Entry]) {
    self.order = order
    self.key = key
    self.day = day
    self.entries = entries
  }
}

/// A receipt as it is kept: each entry at its centre.
package struct Receipt: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Receipt>

  package let id: ID
  package var order: PurchaseOrder.Number
  package var key: String
  package var receivedOn: Day
  package var actor: String
  package var recordedAt: Instant
  package var lines: [Line]

  package struct Line: Equatable, Sendable, Codable {
    package var line: Int64
    package var item: Item.SKU
    package var centre: Centre.Code
    package var lot: String?
    package var expiry: Day?
    package var accepted: Quantity
    package var refused: Quantity
    package var reason: String?
  }
}

package enum ReceiptError: DomainError, Equatable {
  case noSuchReceipt(PurchaseOrder.Number, String)
  case keyDiffers(PurchaseOrder.Number, key: String, differences: [Finding])
  case invalid([Finding])

  package var kind: ErrorKind {
    switch self {
    case .noSuchReceipt: .notFound
    case .keyDiffers: .conflict
    case .invalid: .invalid
    }
  }
  package var code: String {
    switch self {
    case .noSuchReceipt: "receipt.not-found"
    case .keyDiffers: "receipt.key-differs"
    case .invalid: "receipt.invalid"
    }
  }
  package var findings: [Finding] {
    switch self {
    case .noSuchReceipt: []
    case .keyDiffers(_, _, let findings), .invalid(let findings): findings
    }
  }
  package var description: String {
    switch self {
    case .noSuchReceipt(let order, let key): "order \(order) has no receipt “\(key)”"
    case .keyDiffers(let order, let key, _):
      "order \(order) has a receipt “\(key)” that says something else"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong with the receipt; nothing was taken"
    }
  }
}
