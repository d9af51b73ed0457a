package import Storage
package import Tabular

/// What a machine of a category costs to buy, to upgrade or to move, without VAT: data with its source.
package struct MachinePrice: Equatable, Sendable, Codable {
  package enum Purpose: String, CaseIterable, Codable, Sendable, Storable { case purchase, upgrade, move }

  package var category: EquipmentCategory.Code
  package var purpose: Purpose
  /// Machines bought together in a year from which on each costs this.
  package var fromMachines: Int64
  /// The day from which it is used here; a later list of the same category and purpose replaces this one.
  package var validFrom: Day
  package var price: Money
  package var source: String
  package var sourceDate: String?
  package var certainty: String
  package var note: String
}

extension MachinePrice {
  /// The prices in force on a day, by category, purpose and number of machines.
  package static func inForce(on day: Day, in connection: any Connection) throws -> [MachinePrice] {
    try connection.query(
      """
      SELECT k.code, p.purpose, p.from_machines, p.valid_from, p.price, p.source, p.source_date, p.certainty, p.note
      FROM machine_price p JOIN equipment_category k ON k.id = p.category_id
      WHERE p.valid_from = (SELECT max(q.valid_from) FROM machine_price q
        WHERE q.category_id = p.category_id AND q.purpose = p.purpose AND q.valid_from <= \(day))
      ORDER BY k.code, p.purpose, p.from_machines
      """
    ).map { try MachinePrice(row: $0) }
  }

  private init(row: Row) throws(DatabaseError) {
    (category, purpose, fromMachines, validFrom, price, source, sourceDate, certainty, note) =
      try row.decode(
        as: EquipmentCategory.Code.self,
        Purpose.self,
        Int64.self,
        Day.self,
        Money.self,
        String.self,
        String?.self,
        String.self,
        String.self
      )
  }

  /// Reads a table of prices; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput, validFrom day: Day) throws -> [MachinePrice] {
    let columns: [Sheet.Column] = [
      .init("category_code"), .init("purpose"), .init("from_machines", required: false),
      .init("valid_from", required: false), .init("price_cents"), .init("source"),
      .init("source_date", required: false), .init("certainty"), .init("note", required: false),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let category = row.code("category_code", of: EquipmentCategory.self)
      let purpose = row.choice("purpose", of: Purpose.self)
      let from = row.optionalInteger("from_machines", in: 1...1000) ?? 1
      let validFrom = row.optionalDay("valid_from") ?? day
      let price = row.integer("price_cents", in: 0...100_000_000_000)
      let source = row.nonEmpty("source")
      let certainty = row.nonEmpty("certainty")
      guard let category, let purpose, let price, let source, let certainty else { return nil }
      return MachinePrice(
        category: category,
        purpose: purpose,
        fromMachines: from,
        validFrom: validFrom,
        price: Money(cents: price),
        source: source,
        sourceDate: row.filled("source_date"),
        certainty: certainty,
        note: row.text("note")
      )
    }
  }

  /// Stores prices, new or changed, all or none, and logs each.
  package static func take(_ prices: [MachinePrice], by stamp: Stamp, in connection: any Connection) throws {
    for price in prices {
      let category = try EquipmentCategory.find(price.category, in: connection).id
      try connection.execute(
        """
        INSERT INTO machine_price (category_id, purpose, from_machines, valid_from, price, source, source_date,
          certainty, note)
        VALUES (\(category), \(price.purpose), \(price.fromMachines), \(price.validFrom), \(price.price),
          \(price.source), \(price.sourceDate), \(price.certainty), \(price.note))
        ON CONFLICT (category_id, purpose, valid_from, from_machines) DO UPDATE SET price = excluded.price,
          source = excluded.source, source_date = excluded.source_date, certainty = excluded.certainty,
          note = excluded.note
        """
      )
      try Audit.record(
        "price.describe",
        subject: "price \(price.category) \(price.purpose.rawValue) \(price.fromMachines)",
        after: price,
        by: stamp,
        in: connection
      )
    }
  }
}
