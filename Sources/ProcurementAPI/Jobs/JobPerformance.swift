import HTTPTypes
import Inventory
import Logging
import Storage
import Synchronization

/// One job, while this server does it.
struct JobPerformance {
  let service: ServedSystem
  let logger: Logger
  let claim: JobClaim
  private let watch = CallWatch()

  init(service: ServedSystem, logger: Logger, claim: JobClaim) {
    (self.service, self.logger, self.claim) = (service, logger, claim)
  }

  private enum Outcome { case result(JobResult), stopped }

  func run() async {
    let outcome = await withTaskGroup(of: Outcome?.self) { group in
      group.addTask { await self.outcome() }
      group.addTask {
        await self.hold()
        return nil
      }
      var outcome: Outcome?
      for await ended in group {
        outcome = ended ?? outcome
        group.cancelAll()
      }
      return outcome ?? .stopped
    }
    // Even where the server is stopping: what was done must be said.
    await Task(executorPreference: service.work) { await end(outcome) }.value
  }

  private func end(_ outcome: Outcome) async {
    let (claim, now, isToStop) = (claim, service.clock(), watch.isStopped)
    do {
      try await service.database.write { connection in
        switch outcome {
        case .result(let result): try claim.end(result, at: now, in: connection)
        case .stopped where isToStop: try claim.end(nil, at: now, in: connection)
        case .stopped: try claim.release(at: now, in: connection)
        }
      }
    } catch {
      logger.error(
        "a job's end could not be stored",
        metadata: ["job": "\(claim.job.id)", "error": "\(error)"]
      )
    }
  }

  /// Keeps the lease, says how far the work has come, and sees whether somebody wants it stopped.
  private func hold() async {
    let (claim, service) = (claim, service)
    var (told, beats) = (claim.job.progress, 0)
    while (try? await Task.sleep(for: service.options.jobBeat)) != nil {
      beats += 1
      let progress = watch.progress ?? told
      do {
        if try await service.database.read({ try claim.isToStop(in: $0) }) { return watch.stop() }
        guard progress != told || beats.isMultiple(of: 15) else { continue }
        let isOurs = try await service.database.write {
          try claim.hold(progress: progress, now: service.clock(), lease: JobWorker.lease, in: $0)
        }
        guard isOurs else { return }
        told = progress
      } catch { logger.warning("a job could not be held", metadata: ["error": "\(error)"]) }
    }
  }

  private func outcome() async -> Outcome {
    do {
      let written = try await answer()
      return .result(
        JobResult(
          status: Int64(written.status.code),
          contentType: written.headers[.contentType] ?? "application/json",
          body: written.body,
          notes: written.notes
        )
      )
    } catch {
      if Task.isCancelled { return .stopped }
      let problem = Problem(error, origin: (try? JobRequest(claim.request))?.understood.origin)
      if problem == nil || problem?.status.kind == .serverError {
        logger.error("a job failed", metadata: ["job": "\(claim.job.id)", "error": "\(error)"])
      }
      return .result(Self.told(problem ?? .fault, job: claim.job.id.rawValue))
    }
  }

  private static func told(_ problem: Problem, job: Int64) -> JobResult {
    let body = (try? problem.inWordsOfHTTP.json(request: "job-\(job)")) ?? ""
    let status = Int64(problem.status.code)
    return JobResult(status: status, contentType: "application/problem+json", body: body, notes: [])
  }

  private func answer() async throws -> Written {
    guard let route = service.routes.routes.first(where: { $0.name == self.claim.route }) else {
      throw Problem.fault
    }
    let claim = claim
    let principal = try await principal()
    try Scope.check(route, principal)
    let understood = try JobRequest(claim.request).understood
    // Work that goes on where it stopped is known again by the moment at which it began.
    let moment = route.resumes ? claim.job.startedAt ?? service.clock() : service.clock()
    let database: any Database =
      route.resumes
      ? service.database
      : ConditionalDatabase(
        base: service.database,
        conditions: { try claim.markStored(at: moment, in: $0) }
      )
    let stamp = Stamp(actor: principal.name.rawValue, at: moment)
    let answer = try await service.perform(
      route,
      understood,
      by: principal,
      at: stamp,
      on: database,
      watch: watch
    )
    return Written(answer, route, understood.form)
  }

  /// The user with the rights of today, which may be fewer than when the work was asked for.
  private func principal() async throws -> Principal {
    let name = claim.job.user
    let user = try await service.database.read { try User.find(ifThere: name, in: $0) }
    if let user, user.isActive { return user.principal }
    if let single = Authentication.single, single.name == name,
      try await service.authentication.isNobodyThere()
    {
      return single
    }
    throw Authentication.refusal("access.user", "\(name) is no user here any more")
  }
}

/// What is seen of a call from outside while it runs.
package final class CallWatch: Sendable {
  private let state = Mutex<(progress: String?, isStopped: Bool)>((nil, false))

  package init() {}

  /// How far the work has come, in words.
  package var progress: String? { state.withLock { $0.progress } }
  package func report(_ progress: String) { state.withLock { $0.progress = progress } }

  /// Whether the one who asked wants the work stopped, which is more than that this server has to.
  package var isStopped: Bool { state.withLock { $0.isStopped } }
  package func stop() { state.withLock { $0.isStopped = true } }
}

extension Problem {
  static let fault = Problem(
    .internalServerError,
    "server.fault",
    "the server could not do it; the log tells why"
  )
}
