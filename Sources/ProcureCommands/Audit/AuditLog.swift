import ArgumentParser
import Inventory
import Storage
package import Tabular

struct AuditLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "The log of every change, and the proof that it was not touched.",
    subcommands: [Show.self, Verify.self]
  )

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "Show the newest changes.",
      discussion: "Example: procure audit log --subject \"order CA-2026-00042\""
    )
    @Option(help: "Only what was done to this, as in “centre berard”.") var subject: String?
    @Option(help: "How many.") var limit: Int64 = 50
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try requireRows(limit) }

    func run() async throws {
      try output.write(try await database.read { try AuditEntry.latest(limit, subject: subject, in: $0) })
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recompute every hash of the log; fails where it was changed.",
      discussion: "Keep the heads that it prints: they prove later that nothing before them was changed."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let result = try await database.read { try Audit.verify(in: $0) }
      try output.write(Self.table(result), json: result)
      for found in result.breaks { Terminal.note("error: \(found)") }
      if !result.isSound { throw ExitCode.failure }
      Terminal.note("The log is sound: \(result.chains.map(\.length).reduce(0, +)) entries.")
    }

    static func table(_ result: AuditVerification) -> TextTable {
      TextTable(
        [.init("chain"), .init("entries", .right), .init("head")],
        rows: result.chains.map { [$0.name, "\($0.length)", $0.head] }
      )
    }
  }
}

extension AuditEntry: Listed {
  package static let columns: [TextTable.Column] = [
    .init("at"), .init("by"), .init("action"), .init("subject"), .init("chain"), .init("entry", .right),
  ]
  package var cells: [String] { ["\(at)", actor, action, subject, chain, "\(sequence)"] }
}
