import Foundation
import Planning

/// A set of series of equal length, one a row, read from a file of other people's data or made up.
struct Panel {
  let name: String
  let bucket: Bucket
  let rows: [[Int]]

  init(name: String, bucket: Bucket = .month, rows: [[Int]]) {
    self.name = name
    self.bucket = bucket
    self.rows = rows
  }

  /// The complete rows of a file of one series a line, periods as columns under a heading.
  init(name: String, file: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).dropFirst()
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) } }
    self.init(name: name, rows: rows.filter { !$0.contains(nil) }.map { $0.map { Int($0 ?? 0) } })
  }

  /// The panel as it was `count` periods earlier.
  func without(last count: Int) -> Panel {
    Panel(name: name, bucket: bucket, rows: rows.map { Array($0.dropLast(count)) })
  }

  /// The first `count` periods of each row as series.
  func series(prefix count: Int) -> [DemandSeries] {
    rows.enumerated().map { index, row in
      DemandSeries(
        key: "\(name)-\(index)",
        bucket: bucket,
        observations: row.prefix(count).map { .reported(Int64($0)) }
      )
    }
  }
}
