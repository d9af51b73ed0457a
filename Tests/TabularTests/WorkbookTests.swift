import Foundation
import Testing

@testable import Tabular

struct WorkbookTests {
  private static let table = TextTable(
    [.init("item"), .init("units", .right), .init("cost", .right), .init("from")],
    rows: [
      ["0042", "1,234", "-1,250.50", "2026-03-01"],
      ["=1+1 & <b>", "unknown", "12345678901234567", "2026-13-01"],
    ]
  )

  @Test func `numbers are numbers, days are days, and text is never a formula`() {
    let sheet = SheetText(Self.table).xml
    #expect(
      sheet.contains("<c r=\"A2\" s=\"0\" t=\"inlineStr\"><is><t xml:space=\"preserve\">0042</t></is></c>")
    )
    #expect(sheet.contains("<c r=\"B2\" s=\"2\"><v>1234</v></c>"))
    #expect(sheet.contains("<c r=\"C2\" s=\"3\"><v>-1250.50</v></c>"))
    #expect(sheet.contains("<c r=\"D2\" s=\"4\"><v>46082</v></c>"))
    #expect(sheet.contains("<t xml:space=\"preserve\">=1+1 &amp; &lt;b&gt;</t>"))
    #expect(sheet.contains("<t xml:space=\"preserve\">unknown</t>"))
    #expect(
      sheet.contains("<t xml:space=\"preserve\">12345678901234567</t>"),
      "15 digits are all that is kept"
    )
    #expect(sheet.contains("<t xml:space=\"preserve\">2026-13-01</t>"))
    #expect(sheet.contains("<autoFilter ref=\"A1:D3\"/>"))
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
  func `columns are lettered as spreadsheets do`(column: Int, letters: String) {
    #expect(SheetText.letters(column) == letters)
  }

  @Test(arguments: [("1", "1"), ("-0.5", "-0.5"), ("1,000", "1000")])
  func `a number is one`(text: String, number: String) { #expect(SheetText.number(text) == number) }

  @Test(arguments: ["", "-", ".5", "5.", "1.2.3", "1e3", "--1", "1-", "١", "1234567890123456", "12 %"])
  func `anything else is none`(text: String) { #expect(SheetText.number(text) == nil) }

  @Test func `a checksum is that of the standard`() {
    #expect(ZipArchive.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func `the archive has its parts where its directory says`() throws {
    let bytes = Workbook([Self.table, Self.table], title: "two").bytes()
    #expect(bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
    let end = bytes.suffix(22)
    #expect(end.starts(with: [0x50, 0x4B, 0x05, 0x06]))
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    var place = number(end.startIndex + 16, 4)
    var names: [String] = []
    for _ in 0..<number(end.startIndex + 10, 2) {
      #expect(number(place, 4) == 0x0201_4B50)
      let (size, length) = (number(place + 20, 4), number(place + 28, 2))
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + length)], as: UTF8.self)
      let local = number(place + 42, 4)
      #expect(number(local, 4) == 0x0403_4B50)
      let content = Array(bytes[(local + 30 + length)..<(local + 30 + length + size)])
      #expect(ZipArchive.checksum(of: content) == UInt32(number(place + 16, 4)), "\(name)")
      names.append(name)
      place += 46 + length
    }
    #expect(
      names == [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
      ]
    )
  }

  @Test func `no table is an empty sheet, and equal tables are equal bytes`() {
    #expect(!Workbook([]).bytes().isEmpty)
    #expect(Workbook([Self.table]).bytes() == Workbook([Self.table]).bytes())
  }
}
