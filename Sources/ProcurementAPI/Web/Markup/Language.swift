import Inventory

/// The languages of the pages. A text is written in both where it stands, so that neither can be forgotten.
enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case french = "fr"

  var name: String {
    switch self {
    case .english: "English"
    case .french: "Français"
    }
  }

  func callAsFunction(_ english: @autoclosure () -> String, _ french: @autoclosure () -> String) -> String {
    switch self {
    case .english: english()
    case .french: french()
    }
  }

  /// The first language of an `Accept-Language` header that we have, by its quality (RFC 9110, 12.5.4).
  init(accepting header: String?) {
    let ranges = (header ?? "").split(separator: ",").map { range -> (Substring, Double) in
      let parts = range.split(separator: ";")
      let quality = parts.dropFirst().first.flatMap { Double($0.filter { $0 != " " }.dropFirst(2)) } ?? 1
      return (parts.first?.drop { $0 == " " }.prefix(2) ?? "", quality)
    }
    let known = ranges.compactMap { range, quality in
      Language(rawValue: range.lowercased()).map { ($0, quality) }
    }
    self = known.max { $0.1 < $1.1 }.flatMap { best in known.first { $0.1 == best.1 }?.0 } ?? .english
  }
}

// MARK: - Figures in the reader's form

extension Language {
  /// `12 450` in French with a narrow space that does not break, `12,450` in English.
  func number(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    return (value < 0 ? "−" : "") + groups.joined(separator: self(",", "\u{202F}"))
  }

  func number(_ value: Quantity) -> String { number(value.units) }

  /// Thousandths with one decimal as a percentage: `12.5 %`.
  func percent(permille: Int64) -> String {
    "\(number(permille / 10))\(self(".", ","))\(abs(permille % 10))\u{202F}%"
  }

  /// `€1,234.50`, `1 234,50 €`.
  func money(_ value: Money) -> String {
    let cents = value.cents.magnitude
    let euros = number(Int64(clamping: cents / 100))
    let rest = String(cents % 100)
    let decimals = rest.count == 1 ? "0\(rest)" : rest
    let sign = value.cents < 0 ? "−" : ""
    return self("\(sign)€\(euros).\(decimals)", "\(sign)\(euros),\(decimals)\u{00A0}€")
  }

  /// A price of a machine: without cents where it has none.
  func amount(_ value: Money) -> String {
    guard value.cents.isMultiple(of: 100) else { return money(value) }
    let (euros, sign) = (number(Int64(clamping: value.cents.magnitude / 100)), value.cents < 0 ? "−" : "")
    return self("\(sign)€\(euros)", "\(sign)\(euros)\u{00A0}€")
  }

  private static let months: [Language: [String]] = [
    .english: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    .french: [
      "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
  ]

  /// `12 Oct 2020`, `12 oct. 2020`.
  func day(_ day: Day) -> String {
    let (year, month, number) = day.components
    return "\(number)\u{00A0}\(Self.months[self]?[month - 1] ?? "")\u{00A0}\(year)"
  }

  /// Without the year.
  func shortDay(_ day: Day) -> String {
    let (_, month, number) = day.components
    return "\(number)\u{00A0}\(Self.months[self]?[month - 1] ?? "")"
  }

  /// The day and the minute, in Coordinated Universal Time.
  func moment(_ moment: Instant) -> String {
    let minutes = (moment.rawValue / 60_000) % 1_440
    let text = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(day(moment.day)) \(text(minutes / 60)):\(text(minutes % 60))\u{00A0}UTC"
  }

  func days(_ count: Int64) -> String {
    "\(number(count))\u{00A0}" + (isSingular(count) ? self("day", "jour") : self("days", "jours"))
  }

  func weeks(_ count: Int64) -> String {
    "\(number(count))\u{00A0}" + (isSingular(count) ? self("week", "semaine") : self("weeks", "semaines"))
  }

  /// French counts nothing in the singular, English only one.
  func isSingular(_ count: Int64) -> Bool { self == .french ? abs(count) < 2 : abs(count) == 1 }

  /// A number with the words for what it counts.
  func counted(_ count: Int, _ one: (String, String), _ many: (String, String)) -> String {
    let words = isSingular(Int64(count)) ? one : many
    return "\(number(Int64(count)))\u{00A0}\(self(words.0, words.1))"
  }

  /// How long before the day of the figures something was: `3 days before`, `le jour même`.
  func before(_ days: Int64) -> String {
    days == 0
      ? self("the same day", "le jour même") : self("\(self.days(days)) before", "\(self.days(days)) avant")
  }

  /// `Lyon: 12 days`, `Lyon : 12 jours`.
  func labelled(_ name: String, _ value: String) -> String { name + self(": ", "\u{00A0}: ") + value }

  /// What is not known, said so.
  var unknown: String { self("unknown", "inconnu") }
}
