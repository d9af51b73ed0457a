import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct PitchCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pitch",
    abstract: "Presentations to the centres and what came of them.",
    subcommands: [
      Propose.self, List.self, Select.self, Schedule.self, Present.self, Interest.self, FollowUp.self,
      Adopt.self, Close.self,
    ]
  )

  struct Propose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Propose a pitch of an innovation.")
    @Argument(help: "The innovation's code.") var code: Innovation.Code
    @Option(help: "Who presents.") var presenter: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let pitch = try await database.write { stamp, connection in
        try Pitch.propose(code, presenter: presenter, by: stamp, in: connection)
      }
      try output.write([pitch])
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List pitches by day.")
    @Argument(help: "Only of this innovation.") var code: Innovation.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Pitch.all(of: code, in: $0) })
    }
  }

  struct Select: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Select a pitch for the programme.")
    @OptionGroup var pitch: PitchOptions
    func run() async throws { try await pitch.take(.select) }
  }

  struct Schedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set, or change, the day of a pitch.")
    @OptionGroup var pitch: PitchOptions
    @Option(help: "The day on which it is held.") var on: Day
    func run() async throws { try await pitch.take(.schedule(on)) }
  }

  struct Present: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Note that a pitch was held; its innovation is then pitched."
    )
    @OptionGroup var pitch: PitchOptions
    @Option(help: "Where its recording is.") var recording = ""
    func run() async throws { try await pitch.take(.present(recording: recording)) }
  }

  struct Interest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Note what a centre thought: none, curious, or wants, which asks for the roll-out."
    )
    @OptionGroup var pitch: PitchOptions
    @Option(help: "The centre's code.") var centre: Centre.Code
    @Option(help: "What it thought.") var level: Pitch.Interest.Level

    func run() async throws {
      let noted = try await pitch.database.write { stamp, connection in
        try Pitch.note(level, of: centre, pitch.number, of: pitch.code, by: stamp, in: connection)
      }
      try pitch.output.write([noted])
    }
  }

  struct FollowUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note the next step of a pitch and its day.")
    @OptionGroup var pitch: PitchOptions
    @Option(help: "What is to be done.") var next: String
    @Option(help: "By when.") var due: Day
    func run() async throws { try await pitch.take(.followUp(nextStep: next, due: due)) }
  }

  struct Adopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that centres adopt what was pitched.")
    @OptionGroup var pitch: PitchOptions
    func run() async throws { try await pitch.take(.adopt) }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Close a pitch of which nothing comes.")
    @OptionGroup var pitch: PitchOptions
    func run() async throws { try await pitch.take(.close) }
  }
}

/// Which pitch, and how it is shown.
struct PitchOptions: ParsableArguments {
  @Argument(help: "The innovation's code.") var code: Innovation.Code
  @Argument(help: "The pitch's number.") var number: Int64
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func take(_ event: Pitch.Event) async throws {
    let pitch = try await database.write { try Pitch.take(event, number, of: code, by: $0, in: $1) }
    try output.write([pitch])
  }
}

extension Pitch: Listed {
  package static let columns: [TextTable.Column] = [
    .init("innovation"), .init("pitch", .right), .init("state"), .init("presenter"), .init("held"),
    .init("next step"), .init("due"), .init("interest"),
  ]
  package var cells: [String] {
    [
      innovation.rawValue, "\(number)", state.rawValue, presenter, heldOn.map { "\($0)" } ?? "", nextStep,
      dueOn.map { "\($0)" } ?? "",
      interest.map { "\($0.centre) \($0.level.rawValue)" }.joined(separator: ", "),
    ]
  }
}
