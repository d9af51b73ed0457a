import ArgumentParser
import Storage
import Tabular

struct DigestDatabase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Count and digest every table: equal on both engines where the content is equal.",
    discussion: "The last row is the whole, as in the last line of an export."
  )
  @OptionGroup var options: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let digest = try await options.read { try Exchange.digest(of: $0) }
    let rows = digest.tables.map { [$0.name, "\($0.rows)", $0.sha256] }
    let table = TextTable(
      [.init("table"), .init("rows", .right), .init("sha256")],
      rows: rows + [["all", "\(digest.rows)", digest.sha256]]
    )
    try output.write(table, json: digest)
  }
}
