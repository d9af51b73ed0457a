import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Innovations {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show an innovation with its centres, its pitches and the machines that are there already."
    )
    @Argument(help: "The innovation's code.") var code: Innovation.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let sheet = try await database.read { try InnovationSheet(code, in: $0) }
      try output.write(sheet.table, json: sheet)
    }
  }

  struct CentreStep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "centre",
      abstract: "Say how far a centre is: asked, ready, training, live, declined or stopped."
    )
    @Argument(help: "The innovation's code.") var code: Innovation.Code
    @Argument(help: "The centre's code.") var centre: Centre.Code
    @Argument(help: "Where it is now.") var state: CentreRollout.State
    @Option(help: "The day since which it is so; today by default.") var since: Day?
    @Option(help: "What to know about it.") var note = ""
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let since = since ?? Clock.today
      let rollout = try await database.write { stamp, connection in
        try Innovation.move(centre, to: state, of: code, since: since, note: note, by: stamp, in: connection)
          .rollout(in: connection)
      }
      try output.write(rollout)
    }
  }

  struct ImportCentres: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a list of who asked, who is ready and who has what from a table."
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let entries = try Innovation.rolloutDrafts(from: try source.input())
      try await source.take(entries, named: "lines", into: database) { entries, stamp, connection in
        try Innovation.take(entries, by: stamp, in: connection)
      }
    }
  }

  struct Who: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the table of centres and innovations: who has it, who asked, who is ready."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try WhoRow.all(in: $0) })
    }
  }

  struct Reminders: AsyncParsableCommand, LimitedArguments {
    static let limits = ["within": 0...36_500]
    static let configuration = CommandConfiguration(
      abstract: "Show what falls due: renewals to ask for, follow-ups, surveys, agreements that end."
    )
    @Option(help: "How many days ahead to look.") var within: Int64 = 90
    @Option(help: "The day from which to look; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      try output.write(try await database.read { try Reminder.due(on: day, within: within, in: $0) })
    }
  }
}

/// An innovation's centres by how far they are.
struct WhoRow: Listed, Encodable {
  let innovation: Innovation.Code
  let state: Innovation.State
  let centres: [String: [Centre.Code]]

  static func all(in connection: any Connection) throws -> [WhoRow] {
    let rollouts = try Innovation.rollouts(in: connection)
    return try Innovation.all(in: connection).map { WhoRow($0, rollouts[$0.id] ?? []) }
  }

  private init(_ innovation: Innovation, _ rollout: [CentreRollout]) {
    self.innovation = innovation.terms.code
    state = innovation.state
    centres = Dictionary(grouping: rollout, by: \.state.rawValue)
      .mapValues { $0.map(\.centre) }
  }

  static let columns: [TextTable.Column] =
    [.init("innovation"), .init("state")] + CentreRollout.State.allCases.map { .init($0.rawValue) }
  var cells: [String] {
    [innovation.rawValue, state.rawValue]
      + CentreRollout.State.allCases.map { state in
        (centres[state.rawValue] ?? []).map(\.rawValue).joined(separator: " ")
      }
  }
}

/// An innovation with all that is known of it.
struct InnovationSheet: Encodable {
  let innovation: Innovation
  let centres: [CentreRollout]
  let pitches: [Pitch]
  /// Machines of its category that are in service, by the register.
  let machines: [Equipment.Code]

  init(_ code: Innovation.Code, in connection: any Connection) throws {
    innovation = try Innovation.find(code, in: connection)
    centres = try innovation.rollout(in: connection)
    pitches = try Pitch.all(of: code, in: connection)
    machines =
      try innovation.terms.category.map { category in
        try Equipment.list(category: category, in: connection).filter { $0.lifecycle == .inService }
          .map(\.code)
      } ?? []
  }

  var table: TextTable {
    var table = TextTable([.init("field"), .init("value")])
    for (column, cell) in zip(Innovation.columns, innovation.cells) where !cell.isEmpty {
      table.add(column.title, cell)
    }
    if !innovation.terms.summary.isEmpty { table.add("summary", innovation.terms.summary) }
    table.add("source", innovation.terms.source)
    for centre in centres {
      table.add(
        "at \(centre.centre)",
        centre.state.rawValue + (centre.since.map { " since \($0)" } ?? "")
          + (centre.note.isEmpty ? "" : ": \(centre.note)")
      )
    }
    for pitch in pitches { table.add("pitch \(pitch.number)", pitch.words) }
    if !machines.isEmpty { table.add("machines", machines.map(\.rawValue).joined(separator: " ")) }
    return table
  }
}

extension Pitch {
  var words: String {
    let follow = dueOn.map { ", next: \(nextStep) by \($0)" } ?? ""
    let centres = interest.filter { $0.level != .none }.map { "\($0.centre) \($0.level.rawValue)" }
    return "\(state.rawValue) by \(presenter)" + (heldOn.map { " on \($0)" } ?? "") + follow
      + (centres.isEmpty ? "" : "; " + centres.joined(separator: ", "))
  }
}

extension CentreRollout: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("state"), .init("since"), .init("note"),
  ]
  package var cells: [String] { [centre.rawValue, state.rawValue, since.map { "\($0)" } ?? unknown, note] }
}

extension Reminder: Listed {
  package static let columns: [TextTable.Column] = [
    .init("due"), .init("in days", .right), .init("what"), .init("of"), .init("details"),
  ]
  package var cells: [String] { ["\(due)", "\(daysLeft)", kind.rawValue, subject, what] }
}
