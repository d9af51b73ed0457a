package import Inventory

/// An order to one supplier under one lot of an agreement, for several centres.
///
/// The shares of a line add up to the line, and the lines to the order, in packs and in money.
package struct PurchaseOrder: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<PurchaseOrder>
  /// `CA-2026-00042`.
  package typealias Number = Inventory.Code<PurchaseOrder>

  package let id: ID
  package var header: Header
  package var state: State
  /// Empty where they were not read: every order has one.
  package var lines: [OrderLine]

  package struct Header: Equatable, Sendable, Codable {
    package var number: Number
    /// By which the same request sent twice is known.
    package var key: String
    package var supplier: Supplier.Code
    package var agreement: Agreement.Reference
    package var lot: Int64
    package var campaign: Campaign.Code?
    /// ISO 4217.
    package var currency: String
    package var orderedOn: Day
    /// The day on which it is to go to the supplier; nil for as soon as it is approved.
    package var sendOn: Day?
    package var expectedOn: Day?
    /// The supplier's own number for the order, once it has acknowledged it.
    package var supplierReference: String?
    package var goods: Money
    package var freight: Money
    /// Base units over all lines.
    package var units: Quantity
    /// What the order holds of its lot's ceiling.
    package var drawn: Ceiling.Draw
    package var reason: String?

    package var total: Money { goods + freight }
  }

  private enum CodingKeys: String, CodingKey { case id, header, state, lines }

  package init(id: ID, header: Header, state: State, lines: [OrderLine]) {
    (self.id, self.header, self.state, self.lines) = (id, header, state, lines)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(ID.self, forKey: .id)
    header = try container.decode(Header.self, forKey: .header)
    state = try container.decode(State.self, forKey: .state)
    lines = try container.decodeIfPresent([OrderLine].self, forKey: .lines) ?? []
  }

  /// Lines that were not read are left out: an empty list would say that there are none.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(header, forKey: .header)
    try container.encode(state, forKey: .state)
    try container.encodeIfPresent(lines.isEmpty ? nil : lines, forKey: .lines)
  }

  /// Whether every line is there in full.
  package var isComplete: Bool { lines.allSatisfy { $0.outstanding <= .zero } }
}

package struct OrderLine: Equatable, Sendable, Codable {
  package var number: Int64
  package var offer: Offer.Code
  package var item: Item.SKU
  package var packs: Int64
  package var packUnits: Quantity
  package var cost: Money
  /// By centre.
  package var shares: [OrderShare]

  package var units: Quantity { packUnits * packs }
  package var received: Quantity { shares.reduce(.zero) { $0 + $1.received } }
  /// Base units still to come; negative where more came than was ordered.
  package var outstanding: Quantity { units - received }
}

/// A centre's part of a line.
package struct OrderShare: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var packs: Int64
  package var cost: Money
  /// Base units accepted and refused so far.
  package var received: Quantity
  package var refused: Quantity

  package init(
    centre: Centre.Code,
    packs: Int64,
    cost: Money,
    received: Quantity = .zero,
    refused: Quantity = .zero
  ) {
    self.centre = centre
    self.packs = packs
    self.cost = cost
    self.received = received
    self.refused = refused
  }
}
