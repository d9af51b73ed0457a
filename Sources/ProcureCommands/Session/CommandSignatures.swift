import ArgumentParser
import Inventory
import ProcurementAPI

/// The operations of the command line with what they take, read from the commands themselves.
enum CommandSignatures {
  static func all() throws -> [Signature] {
    let tree = try CommandTree.of(Procure.self)
    return tree.leaves.compactMap { leaf in
      let words = leaf.path.split(separator: " ").dropFirst().map(String.init)
      guard let type = command(words, below: Procure.self) else { return nil }
      return signature(of: leaf, words, kinds: ParameterTypes.kinds(of: type.init()))
    }
  }

  /// What one command takes; nil for words that name none.
  static func of(_ words: [String]) throws -> Signature? {
    guard let type = command(words, below: Procure.self), type.configuration.subcommands.isEmpty else {
      return nil
    }
    return signature(of: try CommandTree.of(type), words, kinds: ParameterTypes.kinds(of: type.init()))
  }

  /// The command that the words name; nil where there is none.
  static func command(
    _ words: [String],
    below type: any ParsableCommand.Type
  ) -> (any ParsableCommand.Type)? {
    guard let word = words.first else { return type }
    let configuration = type.configuration
    let children = configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
    return children.first { $0._commandName == word }.flatMap { command(Array(words.dropFirst()), below: $0) }
  }

  private static func signature(
    of leaf: CommandTree,
    _ words: [String],
    kinds: [String: ValueKind]
  ) -> Signature {
    Signature(
      words: words,
      abstract: leaf.abstract ?? "",
      discussion: leaf.discussion ?? "",
      parameters: leaf.parameters.map { argument in
        let name = argument.longNames.first ?? argument.valueName ?? "value"
        return Signature.Parameter(
          name: name,
          kind: argument.kind.parameterKind,
          isOptional: argument.isOptional,
          isRepeating: argument.isRepeating,
          value: argument.valueKind(kinds[name]),
          meaning: argument.abstract ?? "",
          standard: argument.defaultValue
        )
      }
    )
  }
}

extension CommandTree.Argument.Kind {
  fileprivate var parameterKind: Signature.Parameter.Kind {
    switch self {
    case .positional: .positional
    case .option: .option
    case .flag: .flag
    }
  }
}

extension CommandTree.Argument {
  fileprivate func valueKind(_ declared: ValueKind?) -> ValueKind {
    if kind == .flag { return .boolean }
    if let allValues { return .choice(allValues) }
    return declared ?? .text
  }
}
