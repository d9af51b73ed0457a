/// What a GS1 barcode on a pack says: the element string that a scanner types.
///
/// Read: (01) GTIN, (10) lot, (11) production date, (17) expiry, (21) serial number, and past them (02), (12), (13),
/// (15), (16), (20), (30), (37), (240), (241), (400), (710) to (716) and (7003), which are passed over. Fields without a fixed length end with FNC1 (the GS character,
/// 0x1D) or with the string. Source: GS1 General Specifications, sections 3 and 7.8.
package struct GS1Element: Equatable, Sendable {
  package var gtin: String?
  package var lot: String?
  package var production: Day?
  package var expiry: Day?
  package var serial: String?

  package init(
    gtin: String? = nil,
    lot: String? = nil,
    production: Day? = nil,
    expiry: Day? = nil,
    serial: String? = nil
  ) {
    self.gtin = gtin
    self.lot = lot
    self.production = production
    self.expiry = expiry
    self.serial = serial
  }
}

/// Why a text is no element string: what was found, and what was expected there.
package struct GS1Error: Error, Equatable {
  package var found: String
  package var expected: String
}

extension GS1Element {
  /// Reads an element string as a scanner types it, with or without the symbology prefix (`]d2`, `]C1`, `]Q3`), or
  /// as a person reads it under the bars, with parentheses.
  package init(_ text: String) throws(GS1Error) {
    var rest = Substring(text)
    for prefix in ["]d2", "]C1", "]Q3", "]e0"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 == Self.separator }
    guard !rest.isEmpty else { throw GS1Error(found: text, expected: "a GS1 element string") }
    let isReadable = rest.first == "("
    while !rest.isEmpty {
      let field = isReadable ? try Self.takeReadable(&rest) : try Self.takeScanned(&rest)
      try take(field)
    }
  }

  /// FNC1 as scanners type it.
  private static let separator: Character = "\u{1D}"

  private typealias Field = (identifier: Identifier, value: String)

  private static func takeScanned(_ rest: inout Substring) throws(GS1Error) -> Field {
    guard let identifier = Identifier.leading(rest) else {
      throw GS1Error(found: String(rest.prefix(4)), expected: "an application identifier: \(Identifier.list)")
    }
    rest = rest.dropFirst(identifier.code.count)
    let value: Substring
    if let length = identifier.fixedLength {
      value = rest.prefix(length)
    } else {
      value = rest.prefix { $0 != separator }
    }
    rest = rest.dropFirst(value.count)
    if rest.first == separator { rest = rest.dropFirst() }
    return (identifier, String(value))
  }

  private static func takeReadable(_ rest: inout Substring) throws(GS1Error) -> Field {
    let code = rest.dropFirst().prefix { $0 != ")" }
    guard rest.first == "(", let identifier = Identifier.all.first(where: { $0.code == code }) else {
      throw GS1Error(found: String(rest.prefix(6)), expected: "an application identifier: \(Identifier.list)")
    }
    rest = rest.dropFirst(code.count + 2)
    let value = rest.prefix { $0 != "(" && $0 != separator }
    rest = rest.dropFirst(value.count)
    if rest.first == separator { rest = rest.dropFirst() }
    return (identifier, String(value))
  }

  private mutating func take(_ field: Field) throws(GS1Error) {
    let (identifier, value) = field
    guard identifier.accepts(value) else {
      throw GS1Error(found: "(\(identifier.code))\(value)", expected: identifier.expectation)
    }
    switch identifier.code {
    case "01":
      guard IdentifierScheme.gtin.accepts(value) else {
        throw GS1Error(found: "(01)\(value)", expected: "a GTIN with a valid check digit")
      }
      gtin = value
    case "10": lot = value
    case "11": production = try Self.day(value, of: identifier)
    case "17": expiry = try Self.day(value, of: identifier)
    case "21": serial = value
    default: break
    }
  }
}

extension GS1Element {
  /// A date as YYMMDD. Day 00 stands for the last of the month. The century is the one that puts the year within
  /// 50 years of 2026, the year whose specification this follows; a date moves with the label, not with the clock.
  private static func day(_ text: String, of identifier: Identifier) throws(GS1Error) -> Day {
    let digits = text.utf8.map { Int($0) - 48 }
    let year = century(of: digits[0] * 10 + digits[1])
    let month = digits[2] * 10 + digits[3]
    let named = digits[4] * 10 + digits[5]
    let day = named == 0 && (1...12).contains(month) ? Day.length(ofMonth: month, year: year) : named
    guard let result = Day(year: year, month: month, day: day) else {
      throw GS1Error(found: "(\(identifier.code))\(text)", expected: "a date as YYMMDD")
    }
    return result
  }

  private static func century(of year: Int) -> Int { year > 76 ? 1900 + year : 2000 + year }
}
