import ArgumentParser
import Foundation
import Inventory
import Procurement
import ProcurementAPI
import Storage

extension Plans {
  struct Run: AsyncParsableCommand, LimitedArguments {
    static let limits = ["horizon": 1...104, "paths": 50...10_000, "history": 4...520]
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
      let begun = try await opened.read { try PlanRun.find(parameters, begunBy: stamp, in: $0) }
      let made: PlanRun
      if let begun { made = begun } else { made = try await PlanRun.make(parameters, by: stamp, in: opened) }
      let finished = try await worker.finish(made, on: opened)
      try output.write(one: finished)
      guard finished.state == .finished else {
        let reason = finished.reason.map { ": \($0)" } ?? ""
        throw PlanError.notFinished(finished.id.rawValue, state: finished.state.rawValue + reason)
      }
      if watch {
        let result = try await opened.write { connection in
          try ShortageAlert.watch(finished, on: parameters.asOf, by: stamp, in: connection)
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
      let id = PlanRun.ID(rawValue: run)
      let known = try await opened.read { try PlanRun.find(id, in: $0) }
      try output.write(one: try await worker.finish(known, on: opened))
      await opened.close()
    }
  }
}

/// How a process takes part in a run.
struct WorkerOptions: LimitedArguments {
  static let limits = ["threads": 1...256, "lease": 1...86_400]
  @Option(help: "Tasks worked on at once; the plan does not depend on it.") var threads: Int = 2
  @Option(help: "Seconds after which a task whose worker is silent is given to another.") var lease: Int64 =
    120

  /// Works, and waits for what others still hold. Whoever asked may stop it, and the run ends with that.
  func finish(_ run: PlanRun, on database: any Database) async throws -> PlanRun {
    do { return try await finish(run.id, on: database) } catch is CancellationError {
      if Session.current?.watch?.isStopped == true {
        let stamp = Stamp(actor: run.actor, at: Clock.time)
        // A task that was stopped cannot write; this one can.
        _ = try await Task {
          try await database.write {
            try PlanRun.cancel(run.id, reason: "its job was stopped", by: stamp, in: $0)
          }
        }.value
      }
      throw CancellationError()
    }
  }

  private func finish(_ id: PlanRun.ID, on database: any Database) async throws -> PlanRun {
    let process = ProcessInfo.processInfo
    let worker = PlanWorker(
      database: database,
      name: "\(process.hostName)/\(process.processIdentifier)",
      lease: lease * 1000,
      clock: { Clock.time }
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
