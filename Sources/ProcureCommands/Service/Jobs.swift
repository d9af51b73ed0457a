import ArgumentParser
import Inventory
import ProcurementAPI
import Storage
package import Tabular

/// `procure job`: what a server was left to do.
struct Jobs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job",
    abstract: "Long work that a server was left to do.",
    discussion: """
      Over HTTP any change may be left: “Prefer: respond-async” is answered with 202 and the job's address.
      Users see and stop their own jobs; administrators all, and auditors see all.
      """,
    subcommands: [List.self, Show.self, Result.self, Cancel.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the jobs, the youngest first.")
    @Option(help: "Only those in this state.") var state: Job.State?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let state = state
      try output.write(
        try await database.read { try Job.all(of: Session.jobOwner, state: state, in: $0) }
      )
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one job: whose it is and how far it has come."
    )
    @Argument(help: "The job's number.") var job: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = Job.ID(rawValue: job)
      try output.write(one: try await database.read { try Job.find(id, of: Session.jobOwner, in: $0) })
    }
  }

  struct Result: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what came of a job.",
      discussion:
        "It is the answer that would have come at once, in the form that was asked for with the job."
    )
    @Argument(help: "The job's number.") var job: Int64
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let id = Job.ID(rawValue: job)
      let result = try await database.read { try Job.result(id, of: Session.jobOwner, in: $0) }
      if let session = Session.current { return session.write(result) }
      for note in result.notes { Terminal.note(note) }
      guard result.status < 400 else { throw RemoteRefusal(told: result.body, status: Int(result.status)) }
      Terminal.write(result.body)
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stop a job: at once where it waits, as soon as its work can be left where it runs.",
      discussion: "What it has stored by then stays; a plan that runs is cancelled with it."
    )
    @Argument(help: "The job's number.") var job: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = Job.ID(rawValue: job)
      try output.write(
        one: try await database.write { try Job.cancel(id, of: Session.jobKeeper, at: $0.at, in: $1) }
      )
    }
  }
}

extension Session {
  /// Whose jobs are seen; nil where all are.
  fileprivate static var jobOwner: User.Name? {
    current.flatMap { $0.principal.seesAllJobs ? nil : $0.principal.name }
  }

  /// Whose jobs may be stopped; nil where all may: who only reads stops nobody else's.
  fileprivate static var jobKeeper: User.Name? {
    current.flatMap { $0.principal.roles.contains(.administrator) ? nil : $0.principal.name }
  }
}

extension Job.State: ExpressibleByArgument {}

extension Job: Listed {
  package static let columns: [TextTable.Column] = [
    .init("job", .right), .init("work"), .init("user"), .init("state"), .init("progress"), .init("asked"),
    .init("ended"), .init("status", .right),
  ]
  package var cells: [String] {
    [
      "\(id.rawValue)", operation, user.rawValue,
      state.isOver || cancelAskedAt == nil ? state.rawValue : "stopping", progress ?? "",
      askedAt.description, endedAt?.description ?? "", status.map(String.init) ?? "",
    ]
  }
}
