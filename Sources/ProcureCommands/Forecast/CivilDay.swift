/// The Gregorian calendar in integers: days from 1970-01-01, ISO weeks from the week of that day (which began on
/// Monday 1969-12-29), months from January 1970. Formulae after Howard Hinnant, "chrono-compatible low-level
/// date algorithms" (2013).
enum CivilDay {
  /// The number of a day; nil when the calendar has no such day.
  static func number(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), day >= 1, day <= days(inMonth: month, ofYear: year) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = floor(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = floor(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (
      yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  static func weekNumber(ofDay day: Int) -> Int { floor(day + 3, 7) }

  static func monthNumber(ofDay day: Int) -> Int {
    let date = date(ofDay: day)
    return (date.year - 1970) * 12 + date.month - 1
  }

  /// The week that holds 4 January is a year's first (ISO 8601).
  static func firstWeek(ofYear year: Int) -> Int {
    weekNumber(ofDay: number(year: year, month: 1, day: 4) ?? 0)
  }

  static func weeks(inYear year: Int) -> Int { firstWeek(ofYear: year + 1) - firstWeek(ofYear: year) }

  static func text(ofDay number: Int) -> String {
    let date = date(ofDay: number)
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  static func text(ofWeek number: Int) -> String {
    let year = date(ofDay: number * 7).year
    return "\(padded(year, 4))-W\(padded(number - firstWeek(ofYear: year) + 1, 2))"
  }

  static func text(ofMonth number: Int) -> String {
    let year = floor(number, 12)
    return "\(padded(year + 1970, 4))-\(padded(number - year * 12 + 1, 2))"
  }

  private static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
