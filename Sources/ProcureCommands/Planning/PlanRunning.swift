import ArgumentParser
import Foundation
import Inventory
import Procurement
import Storage

extension Plans {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a run and work on it until it is finished.",
      discussion: """
        Other processes may help with “procure plan work RUN”. A worker that dies is replaced once its lease runs out.
        """
    )
    @Option(help: "The last day of the ledger that is read. (default: today)") var asOf: Day?
    @Option(help: "Weeks of forecast.") var horizon: Int = 12
    @Option(help: "Seed of the simulated futures.") var seed: UInt64 = 1
    @Option(help: "Simulated futures.") var paths: Int = 400
    @Option(help: "Weeks of the ledger that forecasts learn from.") var history: Int = 104
    @Flag(help: "Judge the alerts by the run when it is finished.") var watch = false
    @OptionGroup var worker: WorkerOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let stamp = database.stamp
      let parameters = PlanParameters(
        asOf: asOf ?? stamp.at.day,
        horizon: horizon,
        seed: seed,
        paths: paths,
        history: history
      )
      let opened = try await database.open()
      let made = try await PlanRun.make(parameters, by: stamp, in: opened)
      let finished = try await worker.finish(made.id, on: opened)
      try output.write(one: finished)
      if watch {
        let result = try await opened.write { connection in
          try ShortageAlert.watch(finished, by: database.stamp, in: connection)
        }
        Terminal.note(
          "alerts: \(result.opened) opened, \(result.reopened) reopened, \(result.worsened) worse, "
            + "\(result.eased) eased, \(result.resolved) resolved, \(result.escalated ?? 0) escalated"
        )
      }
      await opened.close()
    }
  }

  struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Help with a run that another process made, until nothing is left to do."
    )
    @Argument(help: "The run's number.") var run: Int64
    @OptionGroup var worker: WorkerOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let opened = try await database.open()
      try output.write(one: try await worker.finish(PlanRun.ID(rawValue: run), on: opened))
      await opened.close()
    }
  }
}

/// How a process takes part in a run.
struct WorkerOptions: ParsableArguments {
  @Option(help: "Tasks worked on at once; the plan does not depend on it.") var threads: Int = 2
  @Option(help: "Seconds after which a task whose worker is silent is given to another.") var lease: Int64 =
    120

  func validate() throws {
    if !(1...256 ~= threads) { throw ValidationError("--threads: found \(threads), expected 1 to 256") }
    if !(1...86_400 ~= lease) { throw ValidationError("--lease: found \(lease), expected 1 to 86400") }
  }

  /// Works, and waits for what others still hold.
  func finish(_ id: PlanRun.ID, on database: any Database) async throws -> PlanRun {
    let process = ProcessInfo.processInfo
    let worker = PlanWorker(
      database: database,
      name: "\(process.hostName)/\(process.processIdentifier)",
      lease: lease * 1000,
      clock: { Clock.now }
    )
    while true {
      let run = try await worker.work(on: id, threads: threads) { progress in
        Terminal.progress("plan \(id.rawValue): \(progress.done) of \(progress.tasks) tasks")
      }
      if run.state != .running { return run }
      // What is left is held by others; a lease ends with time, and nobody announces that.
      try await Task.sleep(for: .milliseconds(min(1_000, lease * 100)))
    }
  }
}
