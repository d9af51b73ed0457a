import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Plans: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan the supply of the whole network: forecasts, policies, risks and proposals as one run.",
    discussion: """
      A run reads the ledger as of a day and as known when it is made, so that the same inputs give the same plan \
      byte for byte, on any engine and however many processes share the work.

      EXAMPLES
        procure plan run --as-of 2020-08-16
        procure plan show --at-least 15
        procure plan explain --item PCR-MIX --centre berard
        procure plan compare 3 4
      """,
    subcommands: [
      Run.self, Work.self, Show.self, Kits.self, Explain.self, Compare.self, List.self, Cancel.self,
      Prune.self,
      Policy.self, Test.self,
    ]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the runs, the latest first.")
    @Option(help: "At most so many.") var limit: Int64 = 20
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try requireRows(limit) }

    func run() async throws {
      let limit = Session.most(limit)
      try output.write(try await database.read { try PlanRun.list(limit: limit, in: $0) })
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a running plan up; its workers stop after the task they are at."
    )
    @Argument(help: "The run's number.") var run: Int64
    @Option(help: "Why.") var reason: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = PlanRun.ID(rawValue: run)
      let cancelled = try await database.write { stamp, connection in
        try PlanRun.cancel(id, reason: reason, by: stamp, in: connection)
      }
      try output.write(one: cancelled)
    }
  }
}

extension Plans {
  struct Prune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete old runs with their lines; the latest finished one stays.",
      discussion: "Example: procure plan prune --before 2026-01-01"
    )
    @Option(help: "Runs as of days before this one go.") var before: Day
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let day = before
      let gone = try await database.write { try PlanRun.prune(before: day, by: $0, in: $1) }
      let runs = gone.map(String.init).joined(separator: ", ")
      Terminal.note(gone.isEmpty ? "no run as of a day before \(day)" : "deleted: plan \(runs)")
    }
  }
}

/// Which run a command speaks of.
struct RunChoice: LimitedArguments {
  static let limits = ["run": ParameterTypes.numbers]
  @Option(name: .customLong("run"), help: "The run's number. (default: the latest finished one)")
  var number: Int64?

  func find(in connection: any Connection) throws -> PlanRun {
    if let number { return try PlanRun.find(PlanRun.ID(rawValue: number), in: connection) }
    guard let latest = try PlanRun.latest(in: connection) else { throw PlanError.noFinishedRun(nil) }
    return latest
  }
}

extension PlanRun {
  /// Says that a run is not whole, where it is not.
  func tellWhetherWhole() {
    guard state != .finished else { return }
    Terminal.note(
      "Plan run \(id.rawValue) is \(state.rawValue): \(done) of \(tasks) tasks are done, and what they came to is all there is."
    )
  }
}

extension PlanRun: Listed {
  package static let columns: [TextTable.Column] = [
    .init("run", .right), .init("as of"), .init("state"), .init("tasks", .right), .init("seconds", .right),
    .init("by"), .init("inputs"), .init("plan"), .init("reason"),
  ]
  package var cells: [String] {
    [
      "\(id.rawValue)", "\(asOf)", state.rawValue, done < tasks ? "\(done) of \(tasks)" : "\(tasks)",
      duration.map { seconds($0) } ?? "", actor,
      String(inputsDigest.prefix(12)), planDigest.map { String($0.prefix(12)) } ?? "", reason ?? "",
    ]
  }

  /// Milliseconds as seconds with one decimal, rounded half up.
  private func seconds(_ milliseconds: Int64) -> String {
    let tenths = Rounding.halfUp.divide(milliseconds, by: 100)
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// A probability as a person reads it, from thousandths.
func probability(_ permille: Int64) -> String { "\(permille / 10).\(permille % 10) %" }
