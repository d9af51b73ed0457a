package import Inventory
import Planning
package import Storage

/// What a supplier, or the authority, declares of the supply of an item, or of all that the supplier sells.
package struct SupplyDeclaration: Equatable, Sendable, Codable {
  package var supplier: Supplier.Code
  /// Nil for everything the supplier sells.
  package var item: Item.SKU?
  package var state: State
  package var since: Day
  /// The day until which it is expected to last, where that is known.
  package var expectedUntil: Day?
  package var source: String

  /// The states that the medicines agency (ANSM) shows, and that all is well.
  package enum State: String, CaseIterable, Codable, Sendable, Storable {
    case available
    /// Still delivered, under strain (tension d'approvisionnement).
    case tension
    /// Cannot be delivered (rupture de stock).
    case rupture
    /// Delivered again (remise à disposition).
    case back
    /// Will not be made any more (arrêt de commercialisation).
    case discontinued

    /// Whether an order placed now can be delivered.
    package var delivers: Bool { self != .rupture && self != .discontinued }
    package var isTrouble: Bool { self == .tension || !delivers }
  }

  package init(
    supplier: Supplier.Code,
    item: Item.SKU? = nil,
    state: State,
    since: Day,
    expectedUntil: Day? = nil,
    source: String
  ) {
    self.supplier = supplier
    self.item = item
    self.state = state
    self.since = since
    self.expectedUntil = expectedUntil
    self.source = source
  }
}

extension SupplyDeclaration {
  /// The first day on which what is owed can come: after the day to which it is expected to last, for as long as that
  /// lies ahead. An end that has passed is none: nobody said that it is over.
  func firstDay(after day: Day) -> Day? {
    guard state == .rupture, let expectedUntil, expectedUntil >= day else { return nil }
    return expectedUntil + 1
  }

  /// What it makes, as of a day, of a delivery promised for another. What is promised for after its end is as usual.
  func prospect(of promised: Day, asOf day: Day) -> AwaitedDelivery.Prospect {
    switch state {
    case .available, .back: .usual
    case .tension: expectedUntil.map { $0 >= day && promised > $0 } ?? false ? .usual : .strained
    case .rupture:
      firstDay(after: day).map { promised >= $0 ? .usual : .held(until: Int($0.rawValue)) } ?? .withheld
    case .discontinued: .withheld
    }
  }

  /// Records a declaration; the one before it stays on record.
  package func record(by stamp: Stamp, in connection: any Connection) throws {
    let seller = try Supplier.find(supplier, in: connection)
    let item = try item.map { try Item.find($0, in: connection).id }
    var findings: [Finding] = []
    if source.isEmpty { findings.append(Finding(field: "source", found: "", expected: "who said so")) }
    if let expectedUntil, expectedUntil < since {
      findings.append(
        Finding(field: "until", found: "\(expectedUntil)", expected: "a day not before \(since)")
      )
    }
    guard findings.isEmpty else { throw PlanError.invalid(findings) }
    try connection.execute(
      """
      INSERT INTO supply_declaration (supplier_id, item_id, state, since, expected_until, source, recorded_at,
        actor)
      VALUES (\(seller.id), \(item), \(state), \(since), \(expectedUntil), \(source), \(stamp.at), \(stamp.actor))
      """
    )
    try Audit.record(
      "supplier.declare",
      subject: "supplier \(supplier)",
      after: self,
      by: stamp,
      in: connection
    )
  }

  /// What stood on a day, as known at a moment: the latest declaration of each supplier and item, and of each supplier for
  /// all it sells; by supplier and item.
  package static func standing(
    on day: Day,
    knownAt: Instant,
    in connection: any Connection
  ) throws -> [SupplyDeclaration] {
    let rows = try connection.query(
      """
      SELECT s.code, i.sku, d.state, d.since, d.expected_until, d.source
      FROM supply_declaration d JOIN supplier s ON s.id = d.supplier_id LEFT JOIN item i ON i.id = d.item_id
      WHERE d.since <= \(day) AND d.recorded_at <= \(knownAt)
      ORDER BY s.code, i.sku NULLS FIRST, d.since, d.id
      """
    )
    return try rows.reduce(into: []) { standing, row in
      let (supplier, item, state, since, until, source) = try row.decode(
        as: Supplier.Code.self,
        Item.SKU?.self,
        State.self,
        Day.self,
        Day?.self,
        String.self
      )
      if let last = standing.last, last.supplier == supplier, last.item == item { standing.removeLast() }
      standing.append(
        SupplyDeclaration(
          supplier: supplier,
          item: item,
          state: state,
          since: since,
          expectedUntil: until,
          source: source
        )
      )
    }
  }
}
