import ArgumentParser
import ProcurementAPI

/// Commands on a server instead of a database.
enum Remote {
  /// Carries the command out on the server that was named; false where none was, or the command needs none.
  static func carryOut(_ arguments: [String]) async throws -> Bool {
    let isNamed = arguments.contains { $0 == "--server" || $0.hasPrefix("--server=") }
    guard isNamed || Configuration.value(of: .server) != nil, !arguments.contains(where: Self.asksForHelp)
    else {
      return false
    }
    guard let words = CommandWords.of(arguments) else { return false }
    guard let signature = try CommandSignatures.of(words) else { return false }
    guard signature.parameters.contains(where: { $0.name == "server" }) else { return false }
    let values = try RemoteArguments(words + arguments.dropFirst(words.count), of: signature).values
    guard let address = values["server"]?.first ?? settled(values) else { return false }
    let chosen = values["format"]?.first ?? Configuration.value(of: .format)
    let request = try RemoteRequest(signature, values, format: chosen.flatMap(OutputFormat.init) ?? .table)
    try await RemoteServer(address: address, token: Configuration.environment("PROCURE_TOKEN")).carryOut(
      request
    )
    return true
  }

  private static func asksForHelp(_ argument: String) -> Bool {
    ["-h", "--help", "-help", "--version"].contains(argument)
  }

  /// The server of the settings, unless the command names a database.
  private static func settled(_ values: [String: [String]]) -> String? {
    values["database"] == nil ? Configuration.value(of: .server) : nil
  }
}

/// The words of a command line that name the command.
enum CommandWords {
  static func of(_ arguments: [String]) -> [String]? {
    var type: any ParsableCommand.Type = Procure.self
    var words: [String] = []
    for argument in arguments {
      let children =
        type.configuration.subcommands + type.configuration.groupedSubcommands.flatMap(\.subcommands)
      guard let child = children.first(where: { $0._commandName == argument }) else { break }
      type = child
      words.append(argument)
    }
    return words.isEmpty ? nil : words
  }
}
