import Storage

/// A calendar day, without time or zone. Stored as the number of days since 1970-01-01.
package struct Day: Hashable, Sendable, RawRepresentable, Storable {
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }

  /// The day of the proleptic Gregorian calendar; nil when there is no such day.
  ///
  /// The conversion is that of H. Hinnant, "chrono-compatible low-level date algorithms" (2013).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    rawValue = Int64(era * 146_097 + dayOfEra - 719_468)
  }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(rawValue) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  package var year: Int { components.year }
  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[Int(((rawValue + 3) % 7 + 7) % 7)]
  }
  /// The Monday of the ISO week that holds the day.
  package var weekStart: Day { self - Int64(weekday.offset) }
}

/// The days of the ISO week, Monday first.
package enum Weekday: String, CaseIterable, Codable, Sendable, Storable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// Days after Monday.
  package var offset: Int { Weekday.allCases.firstIndex(of: self) ?? 0 }
}

extension Day: Comparable, Strideable {
  package static func < (left: Day, right: Day) -> Bool { left.rawValue < right.rawValue }
  package func distance(to other: Day) -> Int64 { other.rawValue - rawValue }
  package func advanced(by days: Int64) -> Day { Day(rawValue: rawValue + days) }
  package static func + (day: Day, days: Int64) -> Day { day.advanced(by: days) }
  package static func - (day: Day, days: Int64) -> Day { day.advanced(by: -days) }
  package static func - (later: Day, earlier: Day) -> Int64 { earlier.distance(to: later) }
}

extension Day: LosslessStringConvertible {
  /// Reads `2026-03-01`, and nothing else.
  package init?(_ text: String) {
    guard text.utf8.count == 10 else { return nil }
    var (year, month, day) = (0, 0, 0)
    for (place, byte) in text.utf8.enumerated() {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard byte.isDigit else { return nil }
      let digit = Int(byte - UInt8(ascii: "0"))
      switch place {
      case 0..<4: year = year * 10 + digit
      case 5..<7: month = month * 10 + digit
      default: day = day * 10 + digit
      }
    }
    self.init(year: year, month: month, day: day)
  }

  package var description: String {
    let (year, month, day) = components
    if (0...9999).contains(year) {
      return String(unsafeUninitializedCapacity: 10) { text in
        text.put(year, at: 0..<4)
        text.put(month, at: 5..<7)
        text.put(day, at: 8..<10)
        (text[4], text[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
        return 10
      }
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes the last digits of a number.
  fileprivate func put(_ number: Int, at places: Range<Int>) {
    var rest = number
    for place in places.reversed() {
      self[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Day: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = Day(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a day as 2026-03-01")
    }
    self = day
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
