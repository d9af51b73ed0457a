import Foundation
import TestSupport
import Testing

/// Sessions of a buyer at the command line: one folder a case, with the tables that it takes.
///
/// `setup.txt` is run first and must succeed. `session.txt` holds the commands, each after `$ `, and what they print.
/// `YYYY` stands for the year in the numbers of orders and transfers, `TODAY-DATE` for the day of the test.
@Suite struct SharingSessionTests {
  @Test(arguments: Backend.available, SharingSession.all)
  func `a session reads as written`(backend: Backend, session: SharingSession) async throws {
    let program = try await Program.migrated(backend)
    for (name, text) in session.files { _ = try program.file(name, holding: text) }
    for command in session.setup {
      let outcome = try session.run(command, with: program)
      #expect(outcome.code == 0, "\(command): \(outcome.text)")
    }
    var transcript = ""
    for command in session.commands {
      let outcome = try session.run(command, with: program)
      transcript += "$ \(command)\n\(outcome.text)"
      transcript += outcome.code == 0 ? "\n" : "exit \(outcome.code)\n\n"
    }
    try Program.write(transcript, for: "sharing-\(session.name).txt")
    let lines = zip(transcript.split(separator: "\n"), session.expected.split(separator: "\n"))
    #expect(
      transcript == session.expected,
      "first difference: \(String(describing: lines.first { $0 != $1 }))"
    )
  }
}

struct SharingSession: CustomTestStringConvertible, Sendable {
  var name: String
  var files: [String: String]

  var testDescription: String { name }
  var setup: [String] { (files["setup.txt"] ?? "").split(separator: "\n").map(String.init) }
  var expected: String { files["session.txt"] ?? "" }
  var commands: [String] {
    expected.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
  }

  static let all: [SharingSession] = {
    let folder = Program.root.appending(path: "Tests/Scenarios/sharing")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { name in
      let folderOfCase = folder.appending(path: name)
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folderOfCase.path)) ?? []
      return SharingSession(
        name: name,
        files: files.reduce(into: [:]) {
          $0[$1] = try? String(contentsOf: folderOfCase.appending(path: $1), encoding: .utf8)
        }
      )
    }
  }()

  /// Runs `procure …` as it is written, seeds taken from the repository.
  func run(_ command: String, with program: Program) throws -> (code: Int32, text: String) {
    let today = Date().formatted(.iso8601.year().month().day())
    let year = String(today.prefix(4))
    let arguments = Self.words(command).dropFirst().map { word in
      word.hasPrefix("seeds/")
        ? Program.seed(String(word.dropFirst("seeds/".count))) : word.replacing("YYYY", with: year)
    }
    let outcome = try program.run(Array(arguments))
    var text = outcome.output + outcome.errors
    for kind in ["CA", "TR"] { text = text.replacing("\(kind)-\(year)-", with: "\(kind)-YYYY-") }
    return (outcome.code, text.replacing(today, with: "TODAY-DATE"))
  }

  /// Splits at spaces that stand outside quotes.
  private static func words(_ command: String) -> [String] {
    command.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }
}
