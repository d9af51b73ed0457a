import ArgumentParser
import Inventory
import ProcurementAPI
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
      let subject = subject
      let page = try await Session.current?.page(key: Self.key) { cursor, most in
        let place = try cursor.map(Self.place)
        return try await database.read {
          try AuditEntry.latest(Int64(most), subject: subject, before: place, in: $0)
        }
      }
      let most = Session.most(limit)
      let entries =
        if let page { page } else {
          try await database.read { try AuditEntry.latest(most, subject: subject, in: $0) }
        }
      try output.write(TextTable(AuditEntry.columns, rows: entries.map(\.cells)), json: entries)
    }

    private static func key(_ entry: AuditEntry) -> [String] {
      ["\(entry.at.rawValue)", entry.chain, "\(entry.sequence)"]
    }

    private static func place(_ cursor: Cursor) throws -> AuditEntry.Place {
      guard cursor.key.count == 3, let at = Int64(cursor.key[0]), let sequence = Int64(cursor.key[2]) else {
        throw CursorGone()
      }
      return AuditEntry.Place(at: Instant(rawValue: at), chain: cursor.key[1], sequence: sequence)
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
