import Foundation

extension ExchangeText {
  /// What the first line of an export says.
  private struct Header: Decodable {
    let format: String
    let version: Int
    let migrations: [String]
  }

  /// Throws unless `line` begins an export of a schema that ran exactly these migrations.
  static func checkHeader(_ line: [UInt8]?, migrations: [String]) throws(ExchangeError) {
    let found = line.map { ExchangeLines.shown($0) } ?? "an empty file"
    guard let line, let header = try? JSONDecoder().decode(Header.self, from: Data(line)),
      header.format == format
    else {
      throw .line(1, found: found, expected: "the first line of an export of procure")
    }
    guard header.version == version else {
      throw .line(1, found: "version \(header.version)", expected: "version \(version) of the format")
    }
    try compare(header.migrations, migrations)
  }

  private static func compare(_ found: [String], _ expected: [String]) throws(ExchangeError) {
    let missing = expected.filter { !found.contains($0) }
    let unknown = found.filter { !expected.contains($0) }
    guard missing.isEmpty && unknown.isEmpty else {
      let lacks = missing.isEmpty ? "" : " without \(missing.joined(separator: ", "))"
      let has = unknown.isEmpty ? "" : " with \(unknown.joined(separator: ", "))"
      throw .line(
        1,
        found: "a schema\(lacks)\(has)",
        expected: "the schema of this program: export with the same version of procure"
      )
    }
  }
}
