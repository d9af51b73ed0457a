import Planning
import Tabular

/// One line of a series file, read.
struct SeriesRow: Equatable {
  let line: Int
  let series: String
  let period: Int
  let observation: DemandObservation
}

/// Reads the rows of a series file and notes what is wrong with them.
struct SeriesRowReader: ~Copyable {
  private var reader: CSVReader
  private let columns: SeriesColumns
  private var style: PeriodStyle?
  private var bucket: Bucket?
  private var problems: InputProblems
  private var waiting: SeriesRow?
  private var hasRows = false

  /// Periods from the first to the last of one series; beyond it a period is a typing error.
  static let longest = 20_000
  /// Above this a quantity is a typing error, and sums over a horizon could overflow.
  static let largest: Int64 = 1_000_000_000_000

  /// Opens `path` and reads its heading. `bucket` and `style`, where given, are kept; else the first row decides.
  init(path: String, bucket: Bucket?, style: PeriodStyle? = nil) throws {
    var reader = CSVReader(try ByteInput(path: path))
    var problems = InputProblems(file: path == "-" ? "standard input" : path)
    let heading = try reader.next() ?? CSVReader.Record(line: 1, fields: [])
    let columns = SeriesColumns(heading: heading.fields, line: heading.line, problems: &problems)
    if problems.count > 0 { throw problems }
    self.reader = reader
    self.columns = columns
    self.problems = problems
    self.bucket = bucket
    self.style = style
  }

  var usedBucket: Bucket { bucket ?? .week }
  var usedStyle: PeriodStyle { style ?? .integer }

  /// Throws what was wrong, if anything was.
  mutating func finish() throws {
    if !hasRows && problems.count == 0 {
      problems.add(2, "line", found: "no rows", expected: "one row a series and period")
    }
    if problems.count > 0 { throw problems }
  }

  /// The next row without problems; nil at the end of the file.
  mutating func nextRow() throws -> SeriesRow? {
    if let row = waiting {
      waiting = nil
      return row
    }
    while let record = try reader.next() {
      hasRows = true
      if let row = row(record) { return row }
    }
    return nil
  }

  mutating func putBack(_ row: SeriesRow) { waiting = row }

  mutating func noteDuplicate(_ row: SeriesRow, of line: Int) {
    let found = "a second quantity of series “\(row.series)” for the period of line \(line)"
    problems.add(row.line, "period", found: found, expected: "each period of a series once")
  }

  mutating func noteSpan(_ row: SeriesRow) {
    let expected = "a period within \(Self.longest) of the first of series “\(row.series)”"
    problems.add(row.line, "period", found: "one far from the others", expected: expected)
  }

  private mutating func row(_ record: CSVReader.Record) -> SeriesRow? {
    guard record.fields.count == columns.count else {
      let expected = "\(columns.count) fields, as the heading has"
      problems.add(record.line, "line", found: "\(record.fields.count)", expected: expected)
      return nil
    }
    let before = problems.count
    let series = record.fields[columns.series]
    if series.isEmpty {
      problems.add(record.line, "series", found: "nothing", expected: "the name of a series")
    }
    let period = period(record.fields[columns.period], record.line)
    let observation = observation(record)
    guard problems.count == before, let period else { return nil }
    return SeriesRow(line: record.line, series: series, period: period, observation: observation)
  }

  private mutating func period(_ text: String, _ line: Int) -> Int? {
    guard let period = Period(text) else {
      let expected = style?.example ?? "2020-05-18, 2020-W21, 2020-05 or a whole number"
      problems.add(line, "period", found: "“\(text)”", expected: expected)
      return nil
    }
    let style = self.style ?? period.style
    let bucket = self.bucket ?? period.style.bucket
    (self.style, self.bucket) = (style, bucket)
    guard period.style == style else {
      problems.add(line, "period", found: "“\(text)”", expected: "\(style.example), as in the first row")
      return nil
    }
    guard let number = period.bucketed(bucket) else {
      problems.add(
        line,
        "period",
        found: "“\(text)”",
        expected: "periods no longer than a \(bucket.rawValue)"
      )
      return nil
    }
    return number
  }

  private mutating func observation(_ record: CSVReader.Record) -> DemandObservation {
    let text = record.fields[columns.quantity]
    if text.isEmpty { return .missing }
    guard let quantity = Self.wholeNumber(text) else {
      let expected = "a whole number from 0 to \(Self.largest), or nothing for a missing report"
      problems.add(record.line, "quantity", found: "“\(text)”", expected: expected)
      return .missing
    }
    let days = columns.outOfStockDays.map { record.fields[$0] } ?? ""
    if days.isEmpty || days == "0" { return .reported(quantity) }
    let limit = usedBucket == .month ? 31 : usedBucket.days
    guard let out = Int(days), out >= 0, out <= limit else {
      let expected = "a whole number of days from 0 to \(limit), or nothing"
      problems.add(record.line, SeriesColumns.stockOut, found: "“\(days)”", expected: expected)
      return .missing
    }
    return .censored(atLeast: quantity, outOfStockDays: out)
  }

  /// `12`, or `12.0` as statistical software writes it.
  private static func wholeNumber(_ text: String) -> Int64? {
    var digits = Substring(text)
    if let point = digits.firstIndex(of: ".") {
      guard digits[digits.index(after: point)...].allSatisfy({ $0 == "0" }) else { return nil }
      digits = digits[..<point]
    }
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int64(digits), value <= largest else {
      return nil
    }
    return value
  }
}
