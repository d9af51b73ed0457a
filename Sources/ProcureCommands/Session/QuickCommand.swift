import ArgumentParser

/// A command that is asked for many times a second, and takes a call's values into its own properties: what nobody says
/// is copied from a command that was made once, where reading a command makes each of its wrappers anew.
protocol QuickCommand: ParsableCommand, Sendable {
  /// Takes the value of a parameter.
  /// - Returns: false for a parameter, or a text, that the command does not take so; it is then read as every other.
  mutating func take(_ text: String, of parameter: String) -> Bool
}

extension QuickCommand {
  /// The same command with a call's values; nil where one is not taken.
  func taking(_ values: [String: [String]]) -> (any ParsableCommand)? {
    var command = self
    for (parameter, texts) in values {
      guard texts.count == 1, command.take(texts[0], of: parameter) else { return nil }
    }
    return command
  }
}
