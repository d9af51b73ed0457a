import Storage
import Tabular
import TestSupport
import Testing

@testable import Inventory

/// Reading alone: what a table says, before any stock moves.
@Suite struct ReportReadingTests {
  private func batch(_ text: String, _ defaults: ReportDefaults = ReportDefaults()) async throws
    -> [ReportLine]
  {
    let stock = try await StockFixture(.sqlite)
    try await stock.database.write { connection in
      try connection.execute(
        """
        UPDATE item_pack SET gtin = '03453120000011'
        WHERE level = 'inner' AND item_id = (SELECT id FROM item WHERE sku = 'SWAB')
        """
      )
    }
    let source = ReportSource.text(text)
    // With the items that it names alone, as short reports are read, and with all.
    let names = source.names(most: 500, defaults)
    var read: [[ReportLine]] = []
    for names in [names, nil] {
      let catalogue = try await stock.database.read { try StockCatalogue(naming: names, in: $0) }
      let batch = try ReportBatch(reading: source, catalogue: catalogue, defaults: defaults)
      var lines: [ReportLine] = []
      try batch.forEachLine { _, line in lines.append(line) }
      read.append(lines)
    }
    #expect(read[0] == read[1])
    return read[0]
  }

  private func findings(_ text: String, _ defaults: ReportDefaults = ReportDefaults()) async throws
    -> [String]
  {
    do {
      _ = try await batch(text, defaults)
      return []
    } catch let error as StockError {
      return error.findings.map(\.description)
    }
  }

  private let berard = ReportDefaults(centre: Centre.Code("berard"), day: StockFixture.monday)

  @Test(arguments: [
    "item,lot,expiry,counted,used\nSWAB,L1,2026-12-31,1200,5\n",
    "\u{FEFF}item;lot;expiry;counted;used\r\nSWAB;L1;2026-12-31;1200;5\r\n",
    "Article;N° de lot;Date de péremption;Quantité comptée;Utilisé\nSWAB;L1;31/12/2026;1 200;5\n",
    "SKU,Batch,Exp,On hand,Consumed\nSWAB,L1,12/2026,1\u{202F}200,5\n",
    "code article;no lot;péremption;inventaire;sorties;unité\nSWAB;L1;2026-12;120;0,5;boîte\n",
    "item;barcode;counted;used;unit\nSWAB;]d2010345312000001117261231\u{1D}10L1;1200;5;each\n",
    "scan,counted,used\n(01)03453120000011(17)261200(10)L1,120,\"0,5\"\n",
  ])
  func `a table says the same however it is written`(text: String) async throws {
    let lines = try await batch(text, berard)
    let sku = Item.SKU("SWAB")
    #expect(lines.map(\.sku) == [sku])
    #expect(lines.map(\.lot) == ["L1"])
    #expect(lines.map(\.expiry) == [Day("2026-12-31")])
    #expect(lines.map(\.amounts) == [.init(counted: Quantity(1_200), used: Quantity(5))])
  }

  @Test func `every bad line is told at once, with its field and what was expected`() async throws {
    let text = """
      centre,day,item,lot,expiry,unit,counted,used
      nowhere,2026-03-02,SWAB,,,,1,
      berard,2026-02-30,SWAB,,,,1,
      berard,2026-03-02,GLOVE,,,,1,
      berard,2026-03-02,SWAB,,2026-12-31,,1,
      berard,2026-03-02,SWAB,,,pallet,1,
      berard,2026-03-02,SWAB,,,,"1,5",
      berard,2026-03-02,SWAB,,,,-1,x
      berard,2026-03-02,SWAB,,,,,
      berard,2026-03-02,SWAB,L1,31/12/26,,1,
      berard,2026-03-02
      """
    #expect(
      try await findings(text) == [
        "line 2, centre: found “nowhere”, expected the code of a centre",
        "line 3, day: found “2026-02-30”, expected a day as 2026-03-31 or 31/03/2026",
        "line 4, item: found “GLOVE”, expected the SKU or GTIN of an item",
        "line 5, lot: found nothing, expected the lot that expires",
        "line 6, unit: found “pallet”, expected each, inner or carton (unité, boîte, carton)",
        "line 7, counted: found “1,5”, expected a whole number from 0; a fraction is left",
        "line 8, counted: found “-1”, expected a whole number from 0",
        "line 8, used: found “x”, expected a whole number from 0",
        "line 9, counted: found nothing, expected an amount in counted, received, used, lost or adjusted",
        "line 10, expiry: found “31/12/26”, expected a day as 2026-03-31 or 31/03/2026, "
          + "or a month as 2026-03 or 03/2026",
        "line 11, line: found “2 fields”, expected 8, as in the header",
      ]
    )
  }

  @Test func `the same lot twice in a report is told with both lines`() async throws {
    let text = "item,lot,counted\nSWAB,L1,1\nMIX,L1,1\nSWAB,L1,2\n"
    #expect(
      try await findings(text, berard) == [
        "line 4, item: found “SWAB”, expected each lot of an item once; this one stands on line 2 too"
      ]
    )
  }

  @Test func `a label that contradicts its line is refused`() async throws {
    let text = """
      item,lot,expiry,barcode,counted
      MIX,L2,2026-11-30,(01)03453120000011(17)261231(10)L1,1
      SWAB,,,(01)03453120000012,1
      SWAB,,,(01)03453120000028,1
      """
    #expect(
      try await findings(text, berard) == [
        "line 2, barcode: found “SWAB”, expected a label of MIX",
        "line 2, lot: found “L2”, expected lot L1, as on the label",
        "line 2, expiry: found “2026-11-30”, expected 2026-12-31, as on the label",
        "line 3, barcode: found “(01)03453120000012”, expected a GTIN with a valid check digit",
        "line 4, barcode: found “03453120000028”, expected the GTIN of a pack of a known item",
      ]
    )
  }

  @Test func `a report has one day`() async throws {
    let text = "day,item,counted,report\n2026-03-02,SWAB,1,R1\n2026-03-03,MIX,1,R1\n"
    #expect(
      try await findings(text, berard) == [
        "line 3, day: found “2026-03-03”, expected 2026-03-02, as on the other lines of report “R1”"
      ]
    )
  }

  @Test func `a table without items, or without lines, is refused`() async throws {
    #expect(
      try await findings("centre,counted\nberard,1\n")
        == ["line 1, item: found “no such column”, expected the column item or barcode"]
    )
    #expect(
      try await findings("item,counted\n", berard) == ["report: found “no lines”, expected at least one line"]
    )
  }

  @Test func `a thousand findings are shown and the others counted`() async throws {
    let text = "item,counted\n" + String(repeating: "GLOVE,1\n", count: 1_500)
    let error = await #expect(throws: StockError.self) { try await batch(text, berard) }
    guard case .reportInvalid(let findings, let more) = error else {
      Issue.record("expected findings")
      return
    }
    #expect(findings.count == 1_000)
    #expect(more == 500)
  }

  @Test(arguments: [
    ("1.5", 10, 15), ("1,5", 10, 15), ("0,25", 100, 25), ("12", 1, 12), ("1 200", 1, 1_200),
    ("1 200,5", 10, 12_005), ("12 00", 1, nil), ("1,25", 10, nil), ("1e3", 1, nil), ("", 1, nil),
    ("1,2,3", 1, nil), ("9999999999999", 1, nil),
  ])
  func `a number of packs is base units or nothing`(text: String, size: Int64, units: Int64?) {
    #expect(ExactDecimal.written(text)?.units(packsOf: Quantity(size))?.units == units)
  }
}
