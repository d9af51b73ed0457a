import Foundation
import Storage

/// Rows shaped like the stock ledger's, the same ones at each run.
struct Ledger: Sendable {
  let rows: Int64
  static let columns = ["id", "centre", "item", "lot", "quantity", "reason", "day", "recorded"]

  static func schema(_ dialect: Dialect) -> String {
    let integers = ["centre", "item", "lot", "quantity"].map { "\($0) \(dialect.integer) NOT NULL" }
    let texts = ["reason", "day", "recorded"].map { "\($0) \(dialect.text) NOT NULL" }
    let key = "id \(dialect.integer) PRIMARY KEY"
    return "CREATE TABLE ledger (" + ([key] + integers + texts).joined(separator: ", ") + dialect.end
  }

  private static let reasons = ["received", "used", "lost", "counted"]

  func insert(in connection: any Connection) throws {
    try connection.insert(into: "ledger", columns: Self.columns) { writer in
      for id in 1...rows {
        writer.integer(id)
        writer.integer(id % 22 + 1)
        writer.integer(id % 5_000 + 1)
        writer.integer(id % 811 + 1)
        writer.integer(id &* 7_919 % 1_000 - 500)
        writer.text(Self.reasons[Int(id % 4)])
        writer.text("2020-05-18")
        writer.text("2020-05-18T08:00:00Z")
        try writer.endRow()
      }
    }
  }

  func write(to file: URL) throws {
    var text = ""
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    for id in 1...rows {
      let numbers = "\(id),\(id % 22 + 1),\(id % 5_000 + 1),\(id % 811 + 1),\(id &* 7_919 % 1_000 - 500)"
      text += "\(numbers),\(Self.reasons[Int(id % 4)]),2020-05-18,2020-05-18T08:00:00Z\n"
      if text.utf8.count > 1 << 20 {
        try handle.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }
}
