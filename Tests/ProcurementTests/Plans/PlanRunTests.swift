import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct PlanRunTests {
  @Test(arguments: Backend.available)
  func `the same inputs give the same plan, whoever shares the work`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let alone = try await network.plan(threads: 1)
    let shared = try await network.plan(threads: 4)
    #expect(alone.state == .finished)
    #expect(alone.inputsDigest == shared.inputsDigest)
    #expect(alone.planDigest == shared.planDigest)
    let other = try await network.plan(threads: 1, seed: 2)
    #expect(other.planDigest != alone.planDigest)
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test func `both engines give the same plan`() async throws {
    var digests: Set<String> = []
    for backend in Backend.available {
      let network = try await Network(backend)
      try await network.liveTenWeeks()
      let run = try await network.plan()
      digests.insert("\(run.inputsDigest) \(run.planDigest ?? "")")
    }
    #expect(digests.count == 1)
  }

  @Test(arguments: Backend.available)
  func `what is recorded later does not change what an earlier moment read`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let before = try await network.plan()
    try await network.report("curie", on: 0, "used", 50, at: Network.stamp(9))
    let after = try await network.plan()
    #expect(after.inputsDigest == before.inputsDigest)
    #expect(after.planDigest == before.planDigest)
  }

  @Test(arguments: Backend.available)
  func `workers never take the same task, and each is done once`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let run = try await network.made()
    let claimed = try await withThrowingTaskGroup(of: Int64?.self) { group in
      for worker in 0..<4 {
        group.addTask { try await network.claim(run.id, worker: "w\(worker)", at: 0)?.task.number }
      }
      return try await group.reduce(into: [Int64]()) { if let number = $1 { $0.append(number) } }
    }
    #expect(claimed.sorted() == Array(1...run.tasks))
  }

  @Test(arguments: Backend.available)
  func `a dead worker's task is taken over once its lease is over, and it stores nothing any more`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let run = try await network.made()
    let dead = try #require(try await network.claim(run.id, worker: "dead", at: 0))
    for _ in 1..<run.tasks { _ = try await network.claim(run.id, worker: "other", at: 1) }
    #expect(try await network.claim(run.id, worker: "heir", at: 900) == nil)
    let heir = try #require(try await network.claim(run.id, worker: "heir", at: 1_001))
    #expect(heir.task.number == dead.task.number)
    try await network.database.write { try dead.store(PlanResult(), in: $0) }
    let progress = try await network.database.read { try run.progress(in: $0) }
    #expect(progress == PlanProgress(done: 0, tasks: run.tasks))
    // Everybody died; a last worker finishes alone, and the plan is the one that it would have been.
    let finished = try await network.worker(at: Network.stamp(1).at).work(on: run.id)
    #expect(finished.state == .finished)
    #expect(finished.planDigest == (try await network.plan()).planDigest)
  }

  @Test(arguments: Backend.available)
  func `of a day to come, or before anything was recorded, no plan is made`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    for asOf in try ["1900-01-01", "2999-01-01"].map({ try #require(Day($0)) }) {
      let parameters = PlanParameters(asOf: asOf)
      do {
        _ = try await PlanRun.make(parameters, by: Network.stamp(100), in: network.database)
        Issue.record("a plan as of \(asOf) was made")
      } catch let error as PlanError {
        #expect(error.findings.map(\.field) == ["asOf"])
      }
    }
    #expect(try await network.database.read { try PlanRun.list(in: $0) }.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `a cancelled run is worked on no more`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    func waiting() async throws -> Int64? {
      try await network.database.read { connection in
        try ServiceGauge.all(on: Network.day, in: connection).first { $0.name == "plan_tasks_waiting" }?.value
      }
    }
    let run = try await network.made()
    #expect(try await waiting() == run.tasks)
    let cancelled = try await network.database.write {
      try PlanRun.cancel(run.id, reason: "wrong day", by: Network.stamp, in: $0)
    }
    #expect(cancelled.state == .cancelled)
    #expect(try await waiting() == 0)
    #expect(try await network.claim(run.id, worker: "w", at: 0) == nil)
    #expect(try await network.worker().work(on: run.id).state == .cancelled)
    await #expect(throws: PlanError.notRunning(run.id.rawValue, state: "cancelled")) {
      try await network.database.write {
        _ = try PlanRun.cancel(run.id, reason: "again", by: Network.stamp, in: $0)
      }
    }
  }

  @Test(arguments: Backend.available)
  func `unknown use is unknown, and nothing is called likely`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.report("berard", on: -7, "received", 500)
    let run = try await network.plan()
    let lines = try await network.lines(of: run)
    #expect(lines.map(\.place) == ["berard"])
    #expect(lines.first?.forecast == nil)
    #expect(lines.first?.risk == nil)
    #expect(lines.first?.usable == Quantity(500))
  }

  @Test(arguments: Backend.available)
  func `a scenario is followed and named`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let monday = (Network.day + 7).weekStart
    let draft = DemandScenario.Draft(
      subject: .item("SWAB"),
      week: monday,
      quantity: Quantity(5_000),
      source: "ministry",
      statedOn: Network.day
    )
    _ = try await network.database.write { try DemandScenario.set(draft, by: Network.stamp, in: $0) }
    let lines = try await network.lines(of: try await network.plan())
    let whole = try #require(lines.first { $0.centre == nil && $0.item == "SWAB" })
    #expect(whole.forecast?.scenarios == ["ministry"])
    #expect(whole.forecast?.weeks.contains { $0.mean == 5_000_000 } == true)
  }

  @Test(arguments: Backend.available)
  func `the centres' expected weeks add up to the network's, to the thousandth`(backend: Backend) async throws
  {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let lines = try await network.lines(of: try await network.plan())
    let whole = try #require(lines.first { $0.centre == nil }?.forecast)
    for step in whole.weeks.indices {
      let parts = lines.filter { $0.centre != nil }.compactMap { $0.forecast?.weeks[step].mean }
      #expect(parts.count == 3)
      #expect(parts.reduce(0, +) == whole.weeks[step].mean)
    }
  }

  @Test(arguments: Backend.available)
  func `what a supplier declares is a signal, and its offers are not counted on`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let declared = SupplyDeclaration(
      supplier: "alder",
      item: "SWAB",
      state: .rupture,
      since: Network.day,
      source: "letter of the supplier"
    )
    try await network.database.write { try declared.record(by: Network.stamp, in: $0) }
    let lines = try await network.lines(of: try await network.plan())
    let whole = try #require(lines.first { $0.centre == nil && $0.item == "SWAB" })
    #expect(
      whole.signals.map(\.sentence).first
        == "alder declares rupture since \(Network.day) (letter of the supplier)"
    )
    #expect(lines.flatMap(\.actions).filter { $0.kind == .order }.allSatisfy { $0.with != "alder-swab" })
  }
}

extension Network {
  /// Ten weeks of use at three centres: one with much left, one with enough, one nearly out.
  func liveTenWeeks() async throws {
    let parts: [(String, Int64, [Int64])] = [
      ("berard", 4_000, [100, 110, 95, 105, 100, 98, 104, 99, 101, 103]),
      ("curie", 1_040, [90, 96, 99, 101, 88, 104, 92, 97, 95, 100]),
      ("ico", 800, [50, 45, 55, 48, 52, 51, 49, 47, 53, 50]),
    ]
    for (centre, received, uses) in parts {
      try await report(centre, on: -77, "received", received)
      for (week, used) in uses.enumerated() {
        try await report(centre, on: -63 + 7 * Int64(week), "used", used)
      }
    }
  }

  func report(
    _ centre: String,
    on offset: Int64,
    _ column: String,
    _ quantity: Int64,
    at stamp: Stamp = Network.stamp
  ) async throws {
    let text = "item,\(column)\nSWAB,\(quantity)\n"
    let day = Network.day + offset
    let defaults = ReportDefaults(
      centre: Centre.Code(rawValue: centre),
      day: day,
      key: "\(day)-\(column)-\(stamp.at)",
      origin: .interface
    )
    _ = try await StockReports.take(.text(text), defaults: defaults, by: stamp, in: database)
  }

  var parameters: PlanParameters { PlanParameters(asOf: Network.day, horizon: 6, paths: 100) }

  func made(seed: UInt64 = 1) async throws -> PlanRun {
    var parameters = parameters
    parameters.seed = seed
    return try await PlanRun.make(parameters, by: Network.stamp, in: database)
  }

  func worker(at now: Instant = Network.stamp.at) -> PlanWorker {
    PlanWorker(database: database, name: "worker", lease: 1_000, clock: { now })
  }

  func plan(threads: Int = 2, seed: UInt64 = 1) async throws -> PlanRun {
    try await worker().work(on: made(seed: seed).id, threads: threads)
  }

  func claim(_ run: PlanRun.ID, worker: String, at offset: Int64) async throws -> PlanClaim? {
    try await database.write { connection in
      let now = Instant(rawValue: Network.stamp.at.rawValue + offset)
      return try PlanClaim.next(of: run, for: worker, now: now, lease: 1_000, in: connection)
    }
  }

  func lines(of run: PlanRun) async throws -> [PlanLine] {
    try await database.read { try PlanLine.list(of: run.id, in: $0) }
  }
}
