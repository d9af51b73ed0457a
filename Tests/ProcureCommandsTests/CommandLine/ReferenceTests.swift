import Foundation
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct ReferenceTests {
  @Test func `docs/cli.md is what the program says of itself; scripts/document-cli writes it`() throws {
    let page = Program.root.appending(path: "docs/cli.md")
    let found = try String(contentsOf: page, encoding: .utf8)
    let expected = ReferencePage.markdown(of: try CommandTree.of(Procure.self))
    let difference = zip(found.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(found == expected, "run scripts/document-cli: \(String(describing: difference))")
  }

  @Test func `every command says what it is for and what each of its parameters is`() throws {
    let commands = try CommandTree.of(Procure.self).leaves
    #expect(commands.filter { ($0.abstract ?? "").isEmpty }.map(\.path) == [])
    let silent = commands.flatMap { command in
      command.parameters.filter(\.meaning.isEmpty).map { "\(command.path) \($0.term)" }
    }
    #expect(silent == [])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `the completions of a shell know the nouns`(shell: String) async throws {
    let printed = try await Program.on(.sqlite).run("completions", shell)
    #expect(printed.code == 0)
    for command in try CommandTree.of(Procure.self).children {
      #expect(printed.output.contains(command.commandName))
    }
  }

  @Test func `roff prints text as it stands`() {
    #expect(ManualPage.escaped("'a-b' \\ “c”") == "\\(aqa\\-b\\(aq \\e \\[u201C]c\\[u201D]")
    #expect(ManualPage.escaped(".demo") == "\\&.demo")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff"), "groff is not here"))
  func `groff has nothing to say about the manual`() async throws {
    let program = try await Program.on(.sqlite)
    let page = try program.file("procure.1", holding: ManualPage.roff(of: try CommandTree.of(Procure.self)))
    let groff = Process()
    groff.executableURL = URL(filePath: "/usr/bin/groff")
    groff.arguments = ["-man", "-ww", "-Tutf8", program.folder.appending(path: page).path]
    let errors = Pipe()
    groff.standardError = errors
    groff.standardOutput = FileHandle.nullDevice
    try groff.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    groff.waitUntilExit()
    #expect(String(decoding: said, as: UTF8.self) == "")
    #expect(groff.terminationStatus == 0)
  }

  @Test func `titles are bold, alarms red and warnings yellow; other words are as they are`() {
    #expect(Style.painted("code", isTitle: true) == "\u{1B}[1mcode\u{1B}[0m")
    #expect(Style.painted("critical", isTitle: false) == "\u{1B}[31mcritical\u{1B}[0m")
    #expect(Style.painted("late", isTitle: false) == "\u{1B}[33mlate\u{1B}[0m")
    #expect(Style.painted("Lyon", isTitle: false) == "Lyon")
  }
}
