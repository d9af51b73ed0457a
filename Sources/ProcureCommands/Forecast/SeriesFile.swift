import Planning
import Tabular

/// A file of demand series that was read once and found without a fault.
///
/// Where the rows of each series stand together, later passes hold one batch at a time. Where they do not, and
/// for standard input, which can be read only once, all series are held.
struct SeriesFile {
  let path: String
  let bucket: Bucket
  let style: PeriodStyle
  private let held: [DemandSeries]?

  /// Reads and checks the whole file, adding each series to `initial`. All problems are thrown at once.
  static func checked<Result>(
    path: String,
    bucket: Bucket?,
    into initial: Result,
    add: (inout Result, DemandSeries) -> Void
  ) throws -> (SeriesFile, Result) {
    if path != "-", let streamed = try streamed(path, bucket, initial, add) { return streamed }
    var reader = try SeriesRowReader(path: path, bucket: bucket)
    let held = try reader.allSeries()
    try reader.finish()
    let file = SeriesFile(path: path, bucket: reader.usedBucket, style: reader.usedStyle, held: held)
    var result = initial
    for series in held { add(&result, series) }
    return (file, result)
  }

  /// Nil when a series comes back after another: then its rows must be gathered first.
  private static func streamed<Result>(
    _ path: String,
    _ bucket: Bucket?,
    _ initial: Result,
    _ add: (inout Result, DemandSeries) -> Void
  ) throws -> (SeriesFile, Result)? {
    var reader = try SeriesRowReader(path: path, bucket: bucket)
    var seen: Set<UInt64> = []
    var result = initial
    while let series = try reader.nextSeries() {
      // Two keys share 64 bits once in 10¹³ pairs; then the file is merely read the slower way.
      guard seen.insert(SplitMix64.hash(series.key, seed: 0)).inserted else { return nil }
      add(&result, series)
    }
    try reader.finish()
    return (SeriesFile(path: path, bucket: reader.usedBucket, style: reader.usedStyle, held: nil), result)
  }

  /// Shows the series in the order of the file, `size` at a time.
  func batches(of size: Int, _ body: ([DemandSeries]) async throws -> Void) async throws {
    if let held {
      for start in stride(from: 0, to: held.count, by: size) {
        try await body(Array(held[start..<min(start + size, held.count)]))
      }
      return
    }
    var reader = try SeriesRowReader(path: path, bucket: bucket, style: style)
    var isLast = false
    while !isLast {
      var batch: [DemandSeries] = []
      while batch.count < size, let series = try reader.nextSeries() { batch.append(series) }
      isLast = batch.count < size
      if !batch.isEmpty { try await body(batch) }
    }
  }
}

extension SeriesRowReader {
  /// The next rows that share a series; nil at the end.
  mutating func nextSeries() throws -> DemandSeries? {
    var rows: [SeriesRow] = []
    while let row = try nextRow() {
      if let first = rows.first, first.series != row.series {
        putBack(row)
        break
      }
      rows.append(row)
    }
    return series(of: rows)
  }

  /// The rest of the file by series, in the order in which they first appear.
  mutating func allSeries() throws -> [DemandSeries] {
    var places: [String: Int] = [:]
    var rows: [[SeriesRow]] = []
    while let row = try nextRow() {
      if let place = places[row.series] {
        rows[place].append(row)
      } else {
        places[row.series] = rows.count
        rows.append([row])
      }
    }
    return rows.compactMap { series(of: $0) }
  }

  /// Rows of one series in order of period; a period without a row is a missing report.
  private mutating func series(of unordered: [SeriesRow]) -> DemandSeries? {
    let rows = unordered.sorted { ($0.period, $0.line) < ($1.period, $1.line) }
    guard let first = rows.first, let last = rows.last else { return nil }
    guard last.period - first.period < Self.longest else {
      noteSpan(last)
      return nil
    }
    var observations = [DemandObservation](repeating: .missing, count: last.period - first.period + 1)
    var previous = first
    for (index, row) in rows.enumerated() {
      if index > 0 && row.period == previous.period { noteDuplicate(row, of: previous.line) }
      observations[row.period - first.period] = row.observation
      previous = row
    }
    return DemandSeries(
      key: first.series,
      bucket: usedBucket,
      start: first.period,
      observations: observations
    )
  }
}
