import ArgumentParser
import Inventory
import Procurement
import Storage

extension AccessProgrammes {
  struct Request: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that a programme was asked for.")
    @OptionGroup var programme: ProgrammeOptions
    func run() async throws { try await programme.take(.request) }
  }

  struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that the authority examines it.")
    @OptionGroup var programme: ProgrammeOptions
    func run() async throws { try await programme.take(.review) }
  }

  struct Grant: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Note that it was granted, and for how long.",
      discussion: "Example: procure access grant lu-psma --on 2026-03-02 --from 2026-04-01 --until 2027-03-31"
    )
    @OptionGroup var programme: ProgrammeOptions
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await programme.take(.grant(decision.on, decision.period)) }
  }

  struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that it was renewed, and for how long.")
    @OptionGroup var programme: ProgrammeOptions
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await programme.take(.renew(decision.on, decision.period)) }
  }

  struct Refuse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that it was refused.")
    @OptionGroup var programme: ProgrammeOptions
    @Option(help: "The day of the decision.") var on: Day
    func run() async throws { try await programme.take(.refuse(on)) }
  }

  struct Authorise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Note that the product got its marketing authorisation; supply goes on."
    )
    @OptionGroup var programme: ProgrammeOptions
    @Option(help: "The day of the authorisation.") var on: Day
    func run() async throws { try await programme.take(.authorise(on)) }
  }

  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Note that a programme ended.")
    @OptionGroup var programme: ProgrammeOptions
    @Option(help: "The day of its end.") var on: Day
    func run() async throws { try await programme.take(.end(on)) }
  }
}

/// Which programme, and how it is shown.
struct ProgrammeOptions: ParsableArguments {
  @Argument(help: "The programme's code.") var code: AccessProgramme.Code
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func take(_ event: AccessProgramme.Event) async throws {
    try output.write([try await database.write { try AccessProgramme.take(event, code, by: $0, in: $1) }])
  }
}

/// The days of a decision.
struct DecisionOptions: ParsableArguments {
  @Option(help: "The day of the decision.") var on: Day
  @Option(help: "Its first day.") var from: Day
  @Option(help: "Its last day.") var until: Day
  @Option(help: "The day by which to ask for renewal; three months before the end by default.")
  var renewalDue: Day?

  var period: AccessProgramme.Period { .init(starts: from, ends: until, renewalDue: renewalDue) }
}
