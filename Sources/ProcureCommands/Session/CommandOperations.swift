import ArgumentParser
import Foundation
package import ProcurementAPI
import Tabular

/// The operations of the command line, run in process for a server.
package struct CommandOperations: Operations {
  package let signatures: [Signature]
  let operations: [[String]: Operation]

  /// What is asked for, with the command that does it: only its own arguments are parsed, not the whole tree.
  struct Operation: Sendable {
    var signature: Signature
    var command: any ParsableCommand.Type
    var reader: CommandReader
  }

  /// - Throws: where the command tree cannot be described.
  package init() throws {
    signatures = try CommandSignatures.all()
    operations = signatures.reduce(into: [:]) { operations, signature in
      operations[signature.words] = CommandSignatures.command(signature.words, below: Procure.self)
        .map { Operation(signature: signature, command: $0, reader: CommandReader(signature, of: $0)) }
    }
  }

  package func perform(_ call: Call) async throws -> Answer {
    guard let operation = operations[call.words] else { throw CallRefusal(message: "no such operation") }
    var command = try operation.command(of: call)
    let session = Session(call)
    do {
      try await Session.$current.withValue(session) {
        try await Attachments.$current.withValue(call.files) {
          if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
          } else {
            try command.run()
          }
        }
      }
    } catch let error as ValidationError {
      throw operation.signature.refusal(error.message, of: call)
    } catch is ExitCode {
      // What a shell learns from the exit code stands in the answer, as with a log that does not hold.
    }
    return session.answer
  }
}

extension CommandOperations.Operation {
  /// The command with the call's values.
  /// - Throws: `CallRefusal` where they do not read.
  func command(of call: Call) throws(CallRefusal) -> any ParsableCommand {
    if let command = read(call) { return command }
    do { return try parsed(call) } catch {
      if let name = reader.unread(command, call.values) { throw signature.refusal(of: name, in: call) }
      throw signature.refusal(command.message(for: error), of: call)
    }
  }

  func read(_ call: Call) -> (any ParsableCommand)? { reader.command(command, call.values) }

  func parsed(_ call: Call) throws -> any ParsableCommand {
    try command.parseAsRoot(Self.arguments(of: call, signature))
  }

  /// What stands after the command's words on the line that says the same as the call. Every value is bound to its name, or stands after `--`, so
  /// that none can be taken for an option.
  static func arguments(of call: Call, _ signature: Signature) -> [String] {
    var options: [String] = []
    var positionals: [String] = []
    for parameter in signature.parameters {
      guard let values = call.values[parameter.name] else { continue }
      switch parameter.kind {
      case .positional: positionals += values
      case .option: options += values.map { "--\(parameter.name)=\($0)" }
      case .flag: options.append("--\(parameter.name)")
      }
    }
    return options + ["--"] + positionals
  }
}

extension Signature {
  /// A value that is none of what its parameter takes.
  fileprivate func refusal(of name: String, in call: Call) -> CallRefusal {
    let mistakes = parameters.filter { $0.name == name }.map { parameter in
      let found = (call.values[name] ?? []).joined(separator: ", ")
      return CallRefusal.Mistake(parameter, found: found, expected: parameter.expectation)
    }
    return CallRefusal(message: "a value cannot be read", mistakes: mistakes)
  }

  /// What a command says of its options, told of each that it names. “--years is 99; expected 1 to 30” says by itself
  /// what was found.
  fileprivate func refusal(_ message: String, of call: Call) -> CallRefusal {
    let expected = message.components(separatedBy: "expected ").dropFirst().last ?? message
    let named = Set(message.matches(of: /--([a-z][a-z-]*[a-z])/).map { String($0.output.1) })
    let mistakes = parameters.filter { named.contains($0.name) }.map { parameter in
      let values = call.values[parameter.name]
      let found = parameter.kind == .flag && values != nil ? "true" : (values ?? []).joined(separator: ", ")
      return CallRefusal.Mistake(parameter, found: found, expected: expected)
    }
    return CallRefusal(message: message, mistakes: mistakes)
  }
}
