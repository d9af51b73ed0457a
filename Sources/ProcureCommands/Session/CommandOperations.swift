import ArgumentParser
package import ProcurementAPI
import Tabular

/// The operations of the command line, run in process for a server.
package struct CommandOperations: Operations {
  package let signatures: [Signature]
  private let byWords: [[String]: Operation]

  /// What is asked for, with the command that does it: only its own arguments are parsed, not the whole tree.
  private struct Operation: Sendable {
    var signature: Signature
    var command: any ParsableCommand.Type
  }

  /// - Throws: where the command tree cannot be described.
  package init() throws {
    signatures = try CommandSignatures.all()
    byWords = signatures.reduce(into: [:]) { operations, signature in
      operations[signature.words] = CommandSignatures.command(signature.words, below: Procure.self)
        .map { Operation(signature: signature, command: $0) }
    }
  }

  package func perform(_ call: Call) async throws -> Answer {
    guard let operation = byWords[call.words] else { throw CallRefusal(message: "no such operation") }
    var command: any ParsableCommand
    do {
      command = try operation.command.parseAsRoot(Self.arguments(of: call, operation.signature))
    } catch {
      throw CallRefusal(message: operation.command.message(for: error))
    }
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
      throw CallRefusal(message: error.message)
    } catch is ExitCode {
      // What a shell learns from the exit code stands in the answer, as with a log that does not hold.
    }
    return session.answer
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
