import Foundation

/// Tables as a spreadsheet opens them: an Office Open XML workbook (ECMA-376), one sheet for each table.
///
/// Numbers are numbers, days are days, and everything else is text that no program takes for a formula. Equal tables are
/// equal bytes.
package struct Workbook {
  private let sheets: [(name: String, table: TextTable)]

  /// What a sheet can hold below its titles.
  static let mostRows = 1_048_575

  /// - Parameters:
  ///   - tables: in the order of their sheets; one with more rows than a sheet holds goes on in the next.
  ///   - title: how the sheets are called.
  package init(_ tables: [TextTable], title: String = "procure") {
    let parts = tables.flatMap { table in
      stride(from: 0, to: max(1, table.rows.count), by: Self.mostRows).map { start in
        TextTable(table.columns, rows: Array(table.rows.dropFirst(start).prefix(Self.mostRows)))
      }
    }
    let kept = parts.isEmpty ? [TextTable([])] : parts
    sheets = kept.enumerated().map { (kept.count == 1 ? title : "\(title) \($0 + 1)", $1) }
  }

  package static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  package func bytes() -> [UInt8] {
    var archive = ZipArchive()
    archive.add("[Content_Types].xml", types)
    archive.add("_rels/.rels", Self.relations([("officeDocument", "xl/workbook.xml")]))
    archive.add("xl/workbook.xml", book)
    let files = sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
    archive.add("xl/_rels/workbook.xml.rels", Self.relations(files + [("styles", "styles.xml")]))
    archive.add("xl/styles.xml", Self.styles)
    for (index, sheet) in sheets.enumerated() {
      archive.add("xl/worksheets/sheet\(index + 1).xml", SheetText(sheet.table).xml)
    }
    return archive.bytes()
  }

  // MARK: - The parts of the file

  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  private var types: String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    let sheets = sheets.indices.map {
      "<Override PartName=\"/xl/worksheets/sheet\($0 + 1).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
    }
    return Self.head
      + """
      <Types xmlns="\(Self.package)/content-types">\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/xl/workbook.xml" ContentType="\(kind).sheet.main+xml"/>\
      <Override PartName="/xl/styles.xml" ContentType="\(kind).styles+xml"/>\(sheets.joined())</Types>
      """
  }

  private static func relations(_ targets: [(kind: String, file: String)]) -> String {
    let relations = targets.enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/\($1.kind)\" Target=\"\($1.file)\"/>"
    }
    return head + "<Relationships xmlns=\"\(package)/relationships\">\(relations.joined())</Relationships>"
  }

  private var book: String {
    let sheets = sheets.enumerated().map {
      "<sheet name=\"\(SheetText.escaped($1.name))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
    }
    return Self.head
      + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>\(sheets.joined())</sheets></workbook>"
  }

  /// The looks of cells, by number: text, titles, whole numbers, amounts, days.
  private static let styles =
    head
      + """
      <styleSheet xmlns="\(main)">\
      <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
      <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
      <fills count="2"><fill><patternFill patternType="none"/></fill>\
      <fill><patternFill patternType="gray125"/></fill></fills>\
      <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
      <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
      <cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
      <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
      <xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
      <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
      <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
      <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
      </styleSheet>
      """
}

/// One sheet: the titles stay in sight and can be filtered by.
struct SheetText {
  private let table: TextTable

  init(_ table: TextTable) { self.table = table }

  var xml: String {
    let names = table.columns.indices.map(Self.letters)
    var text =
      Workbook.head
        + """
        <worksheet xmlns="\(Workbook.main)"><sheetViews><sheetView workbookViewId="0">\
        <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
        """
    if !table.columns.isEmpty { text += "<cols>\(widths)</cols>" }
    text += "<sheetData>"
    append(row: 1, zip(names, table.columns).map { Self.words($1.title, at: $0 + "1", style: 1) }, to: &text)
    for (index, row) in table.rows.enumerated() {
      let cells = zip(zip(names, table.columns), row).map { place, cell in
        Self.cell(cell, at: place.0 + "\(index + 2)", isNumber: place.1.alignment == .right)
      }
      append(row: index + 2, cells, to: &text)
    }
    text += "</sheetData>"
    if let last = names.last { text += "<autoFilter ref=\"A1:\(last)\(table.rows.count + 1)\"/>" }
    return text + "</worksheet>"
  }

  private func append(row: Int, _ cells: [String], to text: inout String) {
    text += "<row r=\"\(row)\">"
    for cell in cells { text += cell }
    text += "</row>"
  }

  /// As wide as the longest of the first rows, within reason.
  private var widths: String {
    table.columns.indices.map { column in
      let cells = [table.columns[column].title] + table.rows.prefix(200).map { $0[column] }
      let width = min(60, max(8, (cells.map(\.count).max() ?? 0) + 2))
      return "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
    }.joined()
  }

  /// A, B, …, Z, AA, …
  static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }

  static func cell(_ text: String, at place: String, isNumber: Bool) -> String {
    if isNumber, let number = number(text) {
      return "<c r=\"\(place)\" s=\"\(number.contains(".") ? 3 : 2)\"><v>\(number)</v></c>"
    }
    if let serial = day(text) { return "<c r=\"\(place)\" s=\"4\"><v>\(serial)</v></c>" }
    return text.isEmpty ? "" : words(text, at: place, style: 0)
  }

  private static func words(_ text: String, at place: String, style: Int) -> String {
    "<c r=\"\(place)\" s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
  }

  /// A decimal number that a spreadsheet, which keeps 15 digits, shows as it stands here; nil for anything else.
  static func number(_ text: String) -> String? {
    let plain = TextTable.ungrouped(text)
    let parts = plain.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard isNumber, (1...2).contains(parts.count), plain.utf8.count <= 15,
      plain.utf8.dropFirst().allSatisfy({ $0 != UInt8(ascii: "-") })
    else { return nil }
    return plain
  }

  /// Days since 30 December 1899, as spreadsheets count; nil for what is no `2026-03-01` after 1 March 1900.
  static func day(_ text: String) -> Int? {
    let shape = text.utf8.enumerated().allSatisfy { index, byte in
      [4, 7].contains(index) ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
    }
    guard text.utf8.count == 10, shape,
      let date = try? Date(text, strategy: .iso8601.year().month().day())
    else { return nil }
    let serial = Int((date.timeIntervalSince1970 / 86_400).rounded(.down)) + 25_569
    return serial > 60 ? serial : nil
  }

  /// Text between tags; what XML cannot hold is left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{9}", "\u{A}", "\u{D}": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
