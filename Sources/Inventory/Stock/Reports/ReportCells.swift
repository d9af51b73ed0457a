/// The cells of a report that more than one form of report is read with.
extension SheetRow {
  /// A day as `2026-03-31` or `31/03/2026`.
  mutating func reportDay(_ column: String) -> Day? {
    optional(column, expected: "a day as 2026-03-31 or 31/03/2026", parse: Day.written)
  }

  /// An expiry: a day, or a month, of which it is the last day.
  mutating func expiry() -> Day? {
    optional("expiry", expected: "a day as 2026-03-31 or 31/03/2026, or a month as 2026-03 or 03/2026") {
      Day.written($0) ?? Day.endOfMonth($0)
    }
  }

  mutating func unit() -> Item.Pack.Level? {
    optional("unit", expected: "each, inner or carton (unité, boîte, carton)") { text in
      switch text.foldedName {
      case "each", "unit", "unite", "base", "piece": .each
      case "inner", "boite", "box", "interieur": .inner
      case "carton", "case": .carton
      default: nil
      }
    }
  }

  /// A number of packs of `size` base units each, as base units. A fraction of a pack is taken where it is a whole
  /// number of base units.
  mutating func quantity(_ column: String, packsOf size: Quantity, signed: Bool) -> Quantity? {
    let cell = text(column)
    if cell.isEmpty { return nil }
    let sign = signed ? "a whole number" : "a whole number from 0"
    guard let number = ExactDecimal.written(cell), signed || number.digits >= 0 else {
      report(column, expected: sign)
      return nil
    }
    guard let units = number.units(packsOf: size) else {
      let packs = size.units == 1 ? "" : " of base units: a pack holds \(size)"
      let fault = number.decimals > 0 ? "\(packs); a fraction is left" : " that fits"
      report(column, expected: sign + fault)
      return nil
    }
    return units
  }
}

extension Day {
  /// Reads `2026-03-31` and `31/03/2026`, as French spreadsheets write it.
  static func written(_ text: String) -> Day? {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return Day(text) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    guard let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]), parts[2].count == 4
    else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// The last day of `2026-03` or `03/2026`.
  static func endOfMonth(_ text: String) -> Day? {
    let dashed = text.split(separator: "-", omittingEmptySubsequences: false)
    let slashed = text.split(separator: "/", omittingEmptySubsequences: false)
    let parts = dashed.count == 2 ? dashed : slashed.count == 2 ? slashed.reversed() : []
    guard parts.count == 2, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      (1...12).contains(month)
    else { return nil }
    return Day(year: year, month: month, day: Day.length(ofMonth: month, year: year))
  }
}

extension ExactDecimal {
  /// Reads a number as spreadsheets write it: `1 234,5`, with a decimal comma or point and spaces between groups.
  static func written(_ text: String) -> ExactDecimal? {
    if text.isDigits { return ExactDecimal(text) }
    let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}"]
    let groups = text.split { spaces.contains($0) }
    guard groups.count > 1 else { return ExactDecimal(text.replacing(",", with: ".")) }
    let lastWhole = groups.last?.prefix { $0.isNumber } ?? ""
    guard lastWhole.count == 3, groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 })
    else { return nil }
    return ExactDecimal(groups.joined().replacing(",", with: "."))
  }

  /// This many packs as base units; nil where a fraction is left or the number does not fit.
  func units(packsOf size: Quantity) -> Quantity? {
    let (product, overflow) = digits.multipliedReportingOverflow(by: size.units)
    let scale = (0..<decimals).reduce(1 as Int64?) { scale, _ in
      scale.flatMap { $0 > Int64.max / 10 ? nil : $0 * 10 }
    }
    guard !overflow, let scale, product.isMultiple(of: scale) else { return nil }
    let units = product / scale
    return units.magnitude <= UInt64(Self.largest) ? Quantity(units) : nil
  }

  /// Far above any stock, and far below where sums would overflow.
  private static let largest: Int64 = 1_000_000_000_000
}
