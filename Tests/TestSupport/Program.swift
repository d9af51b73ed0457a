package import Foundation

/// The built program, run in a folder of its own on a database of its own.
package final class Program: Sendable {
  package struct Outcome: Equatable {
    package let code: Int32
    package let output: String
    package let errors: String

    package init(code: Int32, output: String, errors: String) {
      self.code = code
      self.output = output
      self.errors = errors
    }
  }

  package let folder: URL
  package let location: String

  /// A program that knows no settings but its database.
  package static func on(_ backend: Backend) async throws -> Program {
    let folder = FileManager.default.temporaryDirectory.appending(path: "procure-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return Program(folder: folder, location: try await backend.location(in: folder.path))
  }

  /// The same, its schema brought up to date.
  package static func migrated(_ backend: Backend) async throws -> Program {
    let program = try await on(backend)
    _ = try program.run("database", "migrate")
    return program
  }

  private init(folder: URL, location: String) {
    self.folder = folder
    self.location = location
  }
  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs a command to its end; its database is this program's unless `environment` says otherwise.
  package func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  package func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let own = ["PROCURE_DATABASE": location, "PROCURE_ACTOR": "tester", "HOME": folder.path]
    process.environment = Self.inherited.merging(own) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (try file("stdout"), try file("stderr"))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8)
    )
  }

  /// The same on a thread of its own: the test's process may be the server that the command asks.
  package func outcome(of arguments: [String], environment: [String: String]) async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try self.run(arguments, environment: environment) }) }
        .start()
    }
  }

  /// Writes a file into the program's folder and returns its name.
  package func file(_ name: String, holding text: String) throws -> String {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    return name
  }

  package func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  package func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  private func file(_ name: String) throws -> URL {
    let url = folder.appending(path: "\(name)-\(UUID())")
    try Data().write(to: url)
    return url
  }

  /// The folder of the repository.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Writes what a test found, where somebody wants to look at it: into the folder that PROCURE_WRITE_SCENARIOS names.
  package static func write(_ text: String, for name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["PROCURE_WRITE_SCENARIOS"] else { return }
    try text.write(to: URL(filePath: folder).appending(path: name), atomically: true, encoding: .utf8)
  }

  package static func seed(_ name: String) -> String { root.appending(path: "seeds/\(name)").path }

  private static let inherited = ProcessInfo.processInfo.environment
    .filter { !$0.key.hasPrefix("PROCURE_") && $0.key != "XDG_CONFIG_HOME" }

  /// It lies beside the bundle of the tests.
  private static let executable: URL = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
    let products = bundle.map { path in
      let url = URL(filePath: path)
      let parts = url.pathComponents.prefix { !$0.hasSuffix(".xctest") }
      return URL(filePath: parts.joined(separator: "/"))
    }
    return (products ?? root.appending(path: ".build/debug")).appending(path: "procure")
  }()
}
