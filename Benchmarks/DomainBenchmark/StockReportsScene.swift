import Foundation
import Inventory
import Storage

/// The network that the reports come from, the reports, and the tables of the plain SQL beside them.
struct StockScene {
  private let database: any Database
  private let centres: [(code: Centre.Code, id: Centre.ID)]
  private let items: [(sku: Item.SKU, id: Item.ID)]
  private let lots: Bool
  private let flows: Bool
  private let stamp = Stamp(actor: "benchmark", at: Instant(Day(rawValue: 20_000)))
  private let firstDay = Day(rawValue: 20_000)

  /// Two sets of centres: one sends lines, the other the same as text.
  init(_ database: any Database, centres: Int, items: Int, lots: Bool, flows: Bool) async throws {
    self.database = database
    (self.lots, self.flows) = (lots, flows)
    try await Migrator(RegisterMigrations.migrations, StockMigrations.migrations).migrate(database)
    (self.centres, self.items) = try await database.write { connection in
      try Self.addRegister(centres: centres * 2, items: items, in: connection)
      try connection.run(script: Self.floorTables(connection.dialect))
      let centres = try connection.query("SELECT code, id FROM centre ORDER BY id").map {
        try $0.decode(as: Centre.Code.self, Centre.ID.self)
      }
      let items = try connection.query("SELECT sku, id FROM item ORDER BY id").map {
        try $0.decode(as: Item.SKU.self, Item.ID.self)
      }
      return (centres, items)
    }
  }

  private static func addRegister(centres: Int, items: Int, in connection: any Connection) throws {
    try connection.execute("INSERT INTO organisation (code, name) VALUES ('network', 'The network')")
    for centre in 0..<centres {
      try connection.execute(
        """
        INSERT INTO centre (code, organisation_id, name, kind, city, department, region)
        SELECT \("c\(centre)"), id, 'Centre', 'hospital_site', 'City', '69', 'Region' FROM organisation
        """
      )
    }
    let columns = ["sku", "name", "name_fr", "unit", "criticality", "storage", "state", "certainty"]
    try connection.insert(into: "item", columns: columns) { writer in
      for item in 0..<items {
        for cell in ["i\(item)", "Item", "Article", "{each}", "standard", "ambient", "active", "made up"] {
          writer.text(cell)
        }
        try writer.endRow()
      }
    }
  }

  private static func floorTables(_ words: Dialect) -> String {
    """
    CREATE TABLE floor_line (
      report_id \(words.integer) NOT NULL, line \(words.integer) NOT NULL, item_id \(words.integer) NOT NULL,
      lot \(words.text) NOT NULL, expiry \(words.integer), counted \(words.integer), used \(words.integer),
      PRIMARY KEY (report_id, line)
    \(words.end)
    CREATE TABLE floor_stock (
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id), lot \(words.text) NOT NULL,
      quantity \(words.integer) NOT NULL, PRIMARY KEY (centre_id, item_id, lot)
    \(words.end)
    """
  }
}

extension StockScene {
  private func lot(_ item: Int) -> String { lots ? "L\(item % 7)" : "" }
  private var expiry: Day { firstDay + 400 }
  private func counted(_ week: Int, _ item: Int) -> Int64 { Int64(500 + (item * 31 + week * 17) % 200) }
  private func used(_ week: Int, _ item: Int) -> Int64 { Int64((item + week) % 40) }

  private func line(_ week: Int, _ item: Int) -> ReportLine {
    ReportLine(
      line: item + 2,
      item: items[item].id,
      sku: items[item].sku,
      lot: lot(item),
      expiry: lots ? expiry : nil,
      amounts: .init(
        counted: Quantity(counted(week, item)),
        received: flows ? Quantity(40) : nil,
        used: flows ? Quantity(used(week, item)) : nil
      )
    )
  }

  func takeLines(week: Int, centre: Int) async throws {
    let report = StockReport(
      centre: centres[centre].code,
      day: firstDay + Int64(7 * week),
      origin: .interface
    )
    let batch = ReportBatch(report, centre: centres[centre].id, lines: items.indices.map { line(week, $0) })
    let stamp = stamp
    _ = try await database.write { try StockReports.take(batch, by: stamp, in: $0) }
  }

  func takeText(week: Int, centre: Int) async throws {
    var text = "item,lot,expiry,counted,received,used\n"
    for item in items.indices {
      let expiry = lots ? expiry.description : ""
      let moved = flows ? "40,\(used(week, item))" : ","
      text += "\(items[item].sku),\(lot(item)),\(expiry),\(counted(week, item)),\(moved)\n"
    }
    let defaults = ReportDefaults(
      centre: centres[centre + centres.count / 2].code,
      day: firstDay + Int64(7 * week)
    )
    _ = try await StockReports.take(.text(text), defaults: defaults, by: stamp, in: database)
  }

  /// The rows of one report and the current stock, with the keys and indexes that they cannot do without.
  func takeFloor(week: Int, centre: Int) async throws {
    let report = Int64(week * 1_000 + centre)
    let (place, expiry) = (centres[centre].id, lots ? expiry : nil)
    let rows = items.indices.map { (items[$0].id, lot($0), counted(week, $0), used(week, $0)) }
    try await database.write { connection in
      try connection.insert(
        into: "floor_line",
        columns: ["report_id", "line", "item_id", "lot", "expiry", "counted", "used"]
      ) { writer in
        for (index, (item, lot, counted, used)) in rows.enumerated() {
          writer.integer(report)
          writer.integer(Int64(index))
          writer.value(item)
          writer.text(lot)
          writer.value(expiry)
          writer.integer(counted)
          writer.integer(used)
          try writer.endRow()
        }
      }
      try connection.execute(
        """
        INSERT INTO floor_stock (centre_id, item_id, lot, quantity)
        SELECT \(place), item_id, lot, counted FROM floor_line WHERE report_id = \(report)
        ON CONFLICT (centre_id, item_id, lot) DO UPDATE SET quantity = excluded.quantity
        """
      )
    }
  }

  /// A benchmark of wrong work is worth nothing.
  func check() async throws {
    let result = try await database.read { try StockLedger.reconcile(in: $0) }
    print("reconciled: \(result.movements) movements, \(result.discrepancies.count) discrepancies")
  }
}
