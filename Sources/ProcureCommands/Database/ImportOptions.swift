package import ArgumentParser
package import Inventory
package import Storage
package import Tabular

/// A table that a command takes, whole or not at all.
package struct ImportOptions: ParsableArguments {
  @Argument(help: "The table: a CSV file, or - for standard input.")
  package var file: String

  @Flag(name: .long, help: "Check everything, store nothing.")
  package var dryRun = false

  package init() {}

  package func input() throws -> ByteInput { try ByteInput(path: file) }

  /// Stores the values in one transaction; a dry run does all of it and then undoes it.
  package func take<Value: Sendable>(
    _ values: [Value],
    named name: String,
    into database: DatabaseOptions,
    _ body: @Sendable ([Value], Stamp, any Connection) throws -> Void
  ) async throws {
    let isDryRun = dryRun
    do {
      try await database.write { stamp, connection in
        try body(values, stamp, connection)
        if isDryRun { throw DryRunEnded() }
      }
      Terminal.note("Took \(values.count) \(name) from \(file).")
    } catch is DryRunEnded {
      Terminal.note("\(values.count) \(name) in \(file) would be taken; nothing was stored.")
    }
  }
}

/// Undoes the transaction of a dry run that found nothing wrong.
struct DryRunEnded: Error {}
