package import ArgumentParser

/// The whole command line: one noun a subcommand.
package struct Procure: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "procure",
    abstract: "Group purchasing, stock and equipment planning for a network of cancer centres.",
    discussion: """
      The database is named by --database, PROCURE_DATABASE or procure.conf, or is ./procure.sqlite.
      Begin with: procure demo
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "Begin here:", subcommands: [Demo.self]),
      CommandGroup(
        name: "Register:",
        subcommands: [Centres.self, Machines.self, Categories.self, Items.self, Kits.self]
      ),
      CommandGroup(name: "Stock:", subcommands: [StockCommands.self, LotCommands.self]),
      CommandGroup(
        name: "Purchasing:",
        subcommands: [
          Suppliers.self, Agreements.self, Offers.self, Campaigns.self, Needs.self, Orders.self,
          Receipts.self,
        ]
      ),
      CommandGroup(
        name: "Shortages and sharing:",
        subcommands: [Alerts.self, Allocations.self, Rollouts.self, Transfers.self]
      ),
      CommandGroup(name: "Planning the supply:", subcommands: [Plans.self]),
      CommandGroup(name: "Equipment planning:", subcommands: [Gaps.self, Travel.self, Sites.self]),
      CommandGroup(name: "Equipment over the years:", subcommands: [Renewals.self, WhatIfs.self]),
      CommandGroup(
        name: "Access to innovation:",
        subcommands: [Innovations.self, Surveys.self, AccessProgrammes.self]
      ),
      CommandGroup(name: "Planning on plain files:", subcommands: [Solve.self, Forecast.self]),
      CommandGroup(
        name: "Service:",
        subcommands: [Serve.self, Jobs.self, Webhooks.self, Users.self, Tokens.self]
      ),
      CommandGroup(name: "Administration:", subcommands: [DatabaseCommands.self, AuditLog.self]),
      CommandGroup(
        name: "Keeping and moving everything:",
        subcommands: [BackupDatabase.self, RestoreDatabase.self, ExportDatabase.self, ImportDatabase.self]
      ),
      CommandGroup(name: "The command line itself:", subcommands: [Completions.self, Manual.self]),
    ]
  )

  package init() {}

  /// Runs the command that the arguments name. A refusal is one sentence and its findings on standard error.
  package static func start() async -> Never {
    do {
      var command = try parseAsRoot()
      _ = try Configuration.current.get()
      if try await Remote.carryOut(Array(CommandLine.arguments.dropFirst())) { exit() }
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      exit()
    } catch {
      guard let refusal = Refusal(error) else { exit(withError: error) }
      Terminal.note(refusal.text)
      exit(withError: ExitCode.failure)
    }
  }
}
