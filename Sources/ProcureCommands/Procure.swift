package import ArgumentParser

/// The whole command line: one noun a subcommand.
package struct Procure: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "procure",
    abstract: "Group purchasing, stock and equipment planning for a network of cancer centres.",
    subcommands: [
      Solve.self,
      Forecast.self,
    ]
  )

  package init() {}
}
