package import Inventory
import Planning
package import Storage

/// A process that works on runs, beside any number of others.
package struct PlanWorker: Sendable {
  package let database: any Database
  /// Unlike any other worker's.
  package let name: String
  /// Milliseconds after which a task is taken for abandoned.
  package let lease: Int64
  /// The time, read again for each task.
  package let clock: @Sendable () -> Instant

  package init(
    database: any Database,
    name: String,
    lease: Int64 = 120_000,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.database = database
    self.name = name
    self.lease = lease
    self.clock = clock
  }

  /// Works until nothing is left to claim, and ends the run when everything is done. The plan does not depend on `threads`,
  /// the tasks worked on at once; `report` is told how far the run has come after each task. The run that comes back still
  /// runs where others hold its last tasks.
  @discardableResult
  package func work(
    on id: PlanRun.ID,
    threads: Int = 1,
    report: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) async throws -> PlanRun {
    let (run, panel) = try await database.read { connection in
      let run = try PlanRun.find(id, in: connection)
      return (run, try run.panel(in: connection))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<max(1, threads) {
        group.addTask { try await loop(run, panel, worker: "\(name)/\(thread + 1)", report: report) }
      }
      try await group.waitForAll()
    }
    let stamp = Stamp(actor: run.actor, at: clock())
    return try await database.write { try PlanRun.finish(id, by: stamp, in: $0) }
  }

  private func loop(
    _ run: PlanRun,
    _ panel: PlanPanel,
    worker: String,
    report: @Sendable (PlanProgress) -> Void
  ) async throws {
    while true {
      // Before a task is taken: one that is held keeps others waiting until its lease ends.
      try Task.checkCancellation()
      guard let claim = try await claim(run.id, worker: worker) else { return }
      do {
        let result = try await database.read { try claim.task.result(run, panel, in: $0) }
        let progress = try await database.write { connection in
          try claim.store(result, in: connection)
          return try run.progress(in: connection)
        }
        report(progress)
      } catch let error as PlanError {
        let stamp = Stamp(actor: run.actor, at: clock())
        _ = try await database.write {
          try PlanRun.end(run.id, as: .failed, reason: error.description, by: stamp, in: $0)
        }
        throw error
      }
    }
  }

  private func claim(_ run: PlanRun.ID, worker: String) async throws -> PlanClaim? {
    let (now, lease) = (clock(), lease)
    return try await database.write {
      try PlanClaim.next(of: run, for: worker, now: now, lease: lease, in: $0)
    }
  }
}

extension PlanTask {
  /// Reads the ledger as the run knew it and plans; refuses a ledger that reads otherwise than when the run was made.
  func result(_ run: PlanRun, _ panel: PlanPanel, in connection: any Connection) throws -> PlanResult {
    let readings = try readings(of: inputs.items, run, in: connection)
    let digests = inputs.items.compactMap { readings[$0].map { LedgerSurvey.digest(of: $0) } }
    guard LedgerSurvey.digest(of: digests) == ledgerDigest else {
      throw PlanError.inputsChanged(run.id.rawValue, task: number)
    }
    let planner = ItemPlanner(parameters: run.parameters, panel: panel)
    switch inputs {
    case .items(let items):
      let others = Set(items.flatMap(\.substitutes).map(\.sku)).subtracting(items.map(\.item)).sorted()
      let beside = others.isEmpty ? [:] : try self.readings(of: others, run, in: connection)
      let all = readings.merging(beside) { own, _ in own }
      return PlanResult(
        lines: items.flatMap { planner.lines(for: $0, readings: readings[$0.item] ?? [], substitutes: all) }
      )
    case .kit(let kit, let components):
      return PlanResult(kits: KitPlanner(planner: planner, kit: kit).plans(components, readings))
    }
  }

  private func readings(
    of items: [Item.SKU],
    _ run: PlanRun,
    in connection: any Connection
  ) throws -> [Item.SKU: [DemandReading]] {
    var found: [Item.SKU: [DemandReading]] = [:]
    let scope = DemandReading.Scope(window: run.parameters.window, knownAt: run.knownAt, items: items)
    try DemandReading.forEachItem(scope, in: connection) { found[$0] = $1 }
    return found
  }
}
