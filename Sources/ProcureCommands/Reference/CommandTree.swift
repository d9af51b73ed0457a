import ArgumentParser
import Foundation

/// A command as ArgumentParser describes it, with all below it.
struct CommandTree: Decodable, Equatable {
  let commandName: String
  let superCommands: [String]?
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let subcommands: [CommandTree]?
  let arguments: [Argument]?

  struct Argument: Decodable, Equatable {
    enum Kind: String, Decodable { case positional, option, flag }
    struct Name: Decodable, Equatable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }
      let kind: Kind
      let name: String
    }

    let kind: Kind
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
  }
}

extension CommandTree {
  /// The whole tree below a command.
  static func of(_ command: any ParsableCommand.Type) throws -> CommandTree {
    struct Dump: Decodable { let command: CommandTree }
    return try JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8)).command
  }

  /// The words that a user types: `procure database migrate`.
  var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// Those that are shown, without ArgumentParser's own `help`.
  var children: [CommandTree] {
    (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
  }

  /// The commands that do something, in the order of the tree.
  var leaves: [CommandTree] { children.isEmpty ? [self] : children.flatMap(\.leaves) }

  /// What the command takes, without `--help` and `--version`, which all have.
  var parameters: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay && !argument.longNames.contains { ["help", "version"].contains($0) }
    }
  }

  var synopsis: String { ([path] + parameters.map(\.synopsis)).joined(separator: " ") }
}

extension CommandTree.Argument {
  var longNames: [String] { (names ?? []).filter { $0.kind != .short }.map(\.name) }

  /// `-f, --format <format>`, or `<file>`.
  var term: String {
    guard kind != .positional else { return value }
    let spelled = spelledNames.joined(separator: ", ")
    return kind == .flag ? spelled : "\(spelled) \(value)"
  }

  /// As it stands in a synopsis: in brackets where it may be left out.
  var synopsis: String {
    let name = spelledNames.last ?? ""
    let words = kind == .positional ? value : kind == .flag ? name : "\(name) \(value)"
    let whole = isRepeating ? "\(words) ..." : words
    return isOptional ? "[\(whole)]" : whole
  }

  /// What it means, the values it takes and the one it has when it is not given.
  var meaning: String {
    let values = allValues.map { "One of: \($0.joined(separator: ", "))." }
    let standard = kind == .flag ? nil : defaultValue.map { "Default: \($0)." }
    return [abstract, values, standard].compactMap(\.self).joined(separator: " ")
  }

  private var value: String { "<\(valueName ?? "value")>" }

  private var spelledNames: [String] {
    (names ?? []).sorted { $0.kind == .short && $1.kind != .short }
      .map { $0.kind == .long ? "--\($0.name)" : "-\($0.name)" }
  }
}
