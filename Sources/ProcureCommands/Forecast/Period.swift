import Planning

/// A period as a file writes it, as a number that counts buckets from a fixed origin.
///
/// Days count from 1970-01-01, ISO weeks from the week that holds it, months from January 1970, integers from 0.
struct Period: Equatable {
  let style: PeriodStyle
  let number: Int

  /// Reads `2020-05-18`, `2020-W21`, `2020-05` or an integer; nil for anything else, such as 30 February.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    if let number = Int(text), text.first?.isNumber == true, bytes.count <= 9 {
      self.init(style: .integer, number: number)
    } else if bytes.count == 10, let day = Self.day(bytes) {
      self.init(style: .day, number: day)
    } else if bytes.count == 8, let week = Self.week(bytes) {
      self.init(style: .week, number: week)
    } else if bytes.count == 7, let month = Self.month(bytes) {
      self.init(style: .month, number: month)
    } else {
      return nil
    }
  }

  private init(style: PeriodStyle, number: Int) {
    self.style = style
    self.number = number
  }

  /// The number of the bucket that holds the period; nil where a file of such periods has no such bucket.
  func bucketed(_ bucket: Bucket) -> Int? {
    switch (style, bucket) {
    case (.day, .day), (.week, .week), (.month, .month), (.integer, _): number
    case (.day, .week): CivilDay.weekNumber(ofDay: number)
    case (.day, .month): CivilDay.monthNumber(ofDay: number)
    default: nil
    }
  }

  private static func day(_ bytes: [UInt8]) -> Int? {
    guard bytes[4] == dash, bytes[7] == dash, let year = digits(bytes[0..<4]),
      let month = digits(bytes[5..<7]),
      let day = digits(bytes[8..<10])
    else { return nil }
    return CivilDay.number(year: year, month: month, day: day)
  }

  private static func week(_ bytes: [UInt8]) -> Int? {
    guard bytes[4] == dash, bytes[5] == UInt8(ascii: "W"), let year = digits(bytes[0..<4]),
      let week = digits(bytes[6..<8]), week >= 1, week <= CivilDay.weeks(inYear: year)
    else { return nil }
    return CivilDay.firstWeek(ofYear: year) + week - 1
  }

  private static func month(_ bytes: [UInt8]) -> Int? {
    guard bytes[4] == dash, let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
      (1...12).contains(month)
    else { return nil }
    return (year - 1970) * 12 + month - 1
  }

  private static let dash = UInt8(ascii: "-")

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }
}

/// How a file writes its periods; one file keeps to one style.
enum PeriodStyle: String {
  case integer, day, week, month

  var example: String {
    switch self {
    case .integer: "an integer such as 7"
    case .day: "a day such as 2020-05-18"
    case .week: "an ISO week such as 2020-W21"
    case .month: "a month such as 2020-05"
    }
  }

  /// The bucket that a file of such periods has unless the command says otherwise.
  var bucket: Bucket {
    switch self {
    case .integer, .week: .week
    case .day: .day
    case .month: .month
    }
  }

  /// The period of number `number` in this style.
  func text(_ number: Int, bucket: Bucket) -> String {
    switch (self, bucket) {
    case (.integer, _): "\(number)"
    case (_, .day): CivilDay.text(ofDay: number)
    case (.day, .week): CivilDay.text(ofDay: number * 7 - 3)
    case (_, .week): CivilDay.text(ofWeek: number)
    case (_, .month): CivilDay.text(ofMonth: number)
    }
  }
}
