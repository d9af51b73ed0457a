import ArgumentParser
package import ProcurementAPI
import Tabular

/// The operations of the command line, run in process for a server.
package struct CommandOperations: Operations {
  package let signatures: [Signature]
  private let byWords: [[String]: Signature]

  /// - Throws: where the command tree cannot be described.
  package init() throws {
    signatures = try CommandSignatures.all()
    byWords = Dictionary(uniqueKeysWithValues: signatures.map { ($0.words, $0) })
  }

  package func perform(_ call: Call) async throws -> Answer {
    guard let signature = byWords[call.words] else { throw CallRefusal(message: "no such operation") }
    var command: any ParsableCommand
    do { command = try Procure.parseAsRoot(Self.arguments(of: call, signature)) } catch {
      throw CallRefusal(message: Procure.message(for: error))
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

  /// The command line that says the same as the call. Every value is bound to its name, or stands after `--`, so
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
    return call.words + options + ["--"] + positionals
  }
}
