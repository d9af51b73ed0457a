import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct RolloutPlanTests {
  @Test(arguments: Backend.available)
  func `the last centre begins as early as any plan allows, and the waves say why`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let plan = try await network.plan(.first)
    #expect(plan.state == .draft)
    #expect(plan.lastFirstDay == Network.day + 4)
    #expect(plan.bound == "No plan is earlier: ico is ready on \(Network.day + 4).")
    #expect(
      plan.lines.map { "\($0.wave) \($0.day - Network.day) \($0.centre) \($0.quantity) \($0.progress)" }
        == [
          "1 0 berard 250 25.0 d", "1 0 curie 250 25.0 d", "2 2 berard 150 38.0 d", "2 2 curie 150 38.0 d",
          "3 4 ico 100 10.0 d",
        ]
    )
    #expect(plan.lines.filter { $0.reason == "first-tranche" }.map(\.centre) == ["berard", "curie", "ico"])
    #expect(try await network.plan(.first) == plan)
  }

  @Test(arguments: Backend.available)
  func `a wave that went out as transfers is in the ledger once, and stays when it is planned again`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.stock(3, 900)
    let plan = try await network.plan(.first)
    await #expect(throws: RolloutError.notAllowed("record", "R1", .draft)) { try await network.record(1) }
    try await network.approve()
    let first = plan.lines.filter { $0.wave == 1 }.reduce(Quantity.zero) { $0 + $1.quantity }
    let running = try await network.record(1)
    #expect(running.state == .running)
    #expect(try await network.record(1) == running)
    #expect(try await network.balance("ico", "SWAB") == 900 - first.units)
    await #expect(throws: RolloutError.recordedDifferently("R1", wave: 1)) {
      try await network.record(1, from: "berard")
    }
    let transfers = try await network.database.read { try Transfer.list(state: .sent, in: $0) }
    #expect(transfers.reduce(Quantity.zero) { $0 + $1.quantity } == first)
    var later = RolloutRequest.first
    later.day = Network.day + 1
    later.because = "the carrier is late"
    later.supply = .stated([
      .init(item: "SWAB", day: Network.day, quantity: Quantity(500), origin: "first truck"),
      .init(item: "SWAB", day: Network.day + 9, quantity: Quantity(400), origin: "second truck"),
    ])
    let revised = try await network.plan(later)
    #expect(revised.state == .revised)
    #expect(revised.revision == 2)
    #expect(revised.deliveries == running.deliveries)
    #expect(revised.lines.allSatisfy { $0.wave > 1 })
    #expect(revised.lastFirstDay == Network.day + 9)
    let changes = try await network.database.read { try RolloutPlan.changes(of: "R1", in: $0) }
    #expect(
      changes.contains {
        $0.kind == .arrival && $0.subject == "SWAB, second truck" && $0.why == "the carrier is late"
      }
    )
    #expect(changes.contains { $0.kind == .centre && $0.subject == "ico" })
    #expect(try await network.database.read { try StockLedger.reconcile(in: $0).agrees })
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test(arguments: Backend.available)
  func `orders bring the waves straight to the centres, and the rollout ends when all have their target`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    let number = try await network.sent(.swabs(berard: 4, curie: 4))
    try await network.acknowledge(number, on: Network.day + 3)
    var request = RolloutRequest.first
    request.packUnits = Quantity(100)
    request.supply = .orders
    request.targets = [
      .init(centre: "berard", ready: Network.day, target: Quantity(300)),
      .init(centre: "ico", ready: Network.day + 2, target: Quantity(500)),
    ]
    let plan = try await network.plan(request)
    #expect(
      plan.arrivals == [
        .init(item: "SWAB", day: Network.day + 3, quantity: Quantity(800), origin: "order \(number)")
      ]
    )
    #expect(
      plan.lines.map { "\($0.wave) \($0.day - Network.day) \($0.centre) \($0.quantity)" } == [
        "1 3 berard 300", "1 3 ico 500",
      ]
    )
    try await network.approve()
    let done = try await network.record(
      .init(
        rollout: "R1",
        wave: 1,
        day: Network.day + 3,
        way: .receipt(number, note: "BL-1", lot: "A", expiry: Network.day + 300)
      )
    )
    #expect(done.state == .completed)
    #expect(try await network.balance("ico", "SWAB") == 500)
    #expect(try await network.order(number).state == .received)
    var again = request
    again.supply = .stated([])
    let changed = again
    await #expect(throws: RolloutError.notAllowed("revise", "R1", .completed)) {
      try await network.plan(changed)
    }
    await #expect(throws: RolloutError.notAllowed("cancel", "R1", .completed)) {
      try await network.database.write {
        try RolloutPlan.cancel("R1", because: "no", by: Network.stamp, in: $0)
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a kit waits for the component that comes last`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.kit()
    var request = RolloutRequest.first
    request.subject = .kit("TEST")
    request.packUnits = Quantity(94)
    request.targets = [
      .init(centre: "berard", ready: Network.day, target: Quantity(188)),
      .init(centre: "curie", ready: Network.day, target: Quantity(188)),
    ]
    request.supply = .stated([
      .init(item: "SWAB", day: Network.day, quantity: Quantity(1_000), origin: "hub"),
      .init(item: "TUBE", day: Network.day + 2, quantity: Quantity(192), origin: "A"),
      .init(item: "TUBE", day: Network.day + 5, quantity: Quantity(192), origin: "B"),
    ])
    let plan = try await network.plan(request)
    #expect(
      plan.lines.map { "\($0.wave) \($0.day - Network.day) \($0.centre) \($0.quantity)" } == [
        "1 2 berard 94", "1 2 curie 94", "2 5 berard 94", "2 5 curie 94",
      ]
    )
  }

  @Test(arguments: Backend.available)
  func `recorders at the same time send a wave once`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.stock(3, 900)
    let plan = try await network.plan(.first)
    try await network.approve()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<5 { group.addTask { _ = try? await network.record(1) } }
    }
    let first = plan.lines.filter { $0.wave == 1 }.reduce(Quantity.zero) { $0 + $1.quantity }
    #expect(try await network.balance("ico", "SWAB") == 900 - first.units)
  }

  @Test(arguments: Backend.available)
  func `everything wrong with a rollout is told, and nothing is planned`(backend: Backend) async throws {
    let network = try await Network(backend)
    var request = RolloutRequest.first
    request.targets = [
      .init(line: 2, centre: "berard", ready: Network.day, firstTranche: Quantity(9), target: Quantity(5)),
      .init(line: 3, centre: "nowhere", ready: Network.day, target: Quantity(5)),
    ]
    request.supply = .stated([
      .init(item: "TUBE", day: Network.day, quantity: Quantity(5), origin: "hub")
    ])
    let wrong = request
    let findings = [
      Finding(line: 2, field: "first_tranche", found: "9", expected: "at most the target of 5"),
      Finding(line: 3, field: "centre", found: "nowhere", expected: "a known centre"),
      Finding(field: "sku", found: "TUBE", expected: "one of SWAB"),
    ]
    await #expect(throws: RolloutError.invalid(findings)) { try await network.plan(wrong) }
    await #expect(throws: RolloutError.noSuchRollout("R1")) {
      try await network.database.read { try RolloutPlan.find("R1", in: $0) }
    }
  }

  @Test func `a state changes only along its diagram`() {
    let steps: [RolloutPlan.Step] = [
      .approve, .revise, .record(complete: false), .record(complete: true), .cancel,
    ]
    let allowed = RolloutPlan.State.allCases.map { state in
      steps.map { step in (try? state.after(step, of: "R1"))?.rawValue ?? "-" }
    }
    #expect(
      allowed == [
        ["approved", "draft", "-", "-", "cancelled"], ["-", "draft", "running", "completed", "cancelled"],
        ["-", "revised", "running", "completed", "cancelled"], ["running", "revised", "-", "-", "cancelled"],
        ["-", "-", "-", "-", "-"], ["-", "-", "-", "-", "-"],
      ]
    )
  }

  @Test
  func
    `planned again from any day, what went out stays within the targets and nobody waits longer than must be`()
    throws
  {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let problem = RolloutProblem.random(using: &random)
      let plan = try problem.plan()
      guard let wave = plan.waves.first else { continue }
      var later = problem
      later.day = wave.day + 1
      for index in later.centres.indices {
        guard let line = wave.lines.first(where: { $0.centre == later.centres[index].code }) else { continue }
        later.centres[index].begun = .init(day: wave.day, delivered: line.total, stock: line.total)
      }
      let again = try later.plan()
      let arrived = problem.arrivals.reduce(0) { $0 + $1.quantity }
      #expect(again.outcomes.reduce(0) { $0 + $1.quantity } <= arrived)
      for (outcome, centre) in zip(again.outcomes, problem.centres.sorted { $0.code < $1.code }) {
        let size = problem.packSize
        #expect(outcome.quantity <= (centre.target + size - 1) / size * size)
      }
      let first = plan.lastFirstDay
      let second = [again.lastFirstDay, later.centres.compactMap(\.begun?.day).max()].compactMap(\.self).max()
      if let first, let second {
        #expect(second <= max(first, wave.day + 1))
      }
    }
  }
}

extension RolloutProblem {
  fileprivate static func random(using random: inout SeededGenerator) -> RolloutProblem {
    let size = Int.random(in: 1...5, using: &random)
    return RolloutProblem(
      packSize: size,
      arrivals: (0..<3).map { _ in
        Arrival(day: Int.random(in: 0...9, using: &random), quantity: Int.random(in: 10...60, using: &random))
      },
      centres: (0..<4).map { index in
        let target = Int.random(in: 1...40, using: &random)
        return Centre(
          "c\(index)",
          ready: Int.random(in: 0...9, using: &random),
          firstTranche: Int.random(in: 1...target, using: &random),
          target: target,
          use: DailyUse(Int.random(in: 1...9, using: &random))
        )
      }
    )
  }
}

extension RolloutRequest {
  /// Three centres, the last ready on the fifth day; 500 units now and 400 two days later.
  fileprivate static var first: RolloutRequest {
    RolloutRequest(
      code: "R1",
      subject: .item("SWAB"),
      packUnits: Quantity(50),
      targets: [
        .init(
          centre: "berard",
          ready: Network.day,
          firstTranche: Quantity(100),
          target: Quantity(400),
          usedUnits: Quantity(10),
          usedDays: 1
        ),
        .init(
          centre: "curie",
          ready: Network.day,
          firstTranche: Quantity(100),
          target: Quantity(400),
          usedUnits: Quantity(10),
          usedDays: 1
        ),
        .init(
          centre: "ico",
          ready: Network.day + 4,
          firstTranche: Quantity(100),
          target: Quantity(400),
          usedUnits: Quantity(10),
          usedDays: 1
        ),
      ],
      supply: .stated([
        .init(item: "SWAB", day: Network.day, quantity: Quantity(500), origin: "first truck"),
        .init(item: "SWAB", day: Network.day + 2, quantity: Quantity(400), origin: "second truck"),
      ]),
      day: Network.day,
      because: "the first to all"
    )
  }
}

extension Network {
  fileprivate func plan(_ request: RolloutRequest) async throws -> RolloutPlan {
    try await database.write { try RolloutPlan.plan(request, by: Network.stamp, in: $0) }
  }

  fileprivate func approve() async throws {
    _ = try await database.write { try RolloutPlan.approve("R1", by: Network.stamp, in: $0) }
  }

  fileprivate func record(_ record: WaveRecord) async throws -> RolloutPlan {
    try await database.write {
      try RolloutPlan.record(record, by: Network.stamp(record.day - Network.day), in: $0)
    }
  }

  @discardableResult
  fileprivate func record(_ wave: Int64, from donor: Centre.Code = "ico") async throws -> RolloutPlan {
    try await record(.init(rollout: "R1", wave: wave, day: Network.day, way: .transfers(from: donor)))
  }

  fileprivate func stock(_ centre: Int64, _ quantity: Int64) async throws {
    try await database.write { connection in
      let lot = try Lot.resolve(item: .init(rawValue: 1), number: "H", expiry: nil, in: connection)
      let posting = Posting(
        centre: .init(rawValue: centre),
        item: .init(rawValue: 1),
        lot: lot.id,
        day: Network.day,
        quantity: Quantity(quantity),
        reason: .receipt
      )
      try StockLedger.post([posting], by: Network.stamp, in: connection)
    }
  }

  /// A test takes a swab, and 96 tubes make 94 tests.
  fileprivate func kit() async throws {
    try await database.write { connection in
      try connection.execute(
        "INSERT INTO kit (id, code, name, name_fr, certainty) VALUES (1, 'TEST', 'Test', 'Test', 'test')"
      )
      try connection.execute(
        "INSERT INTO kit_component (kit_id, item_id, quantity, per_tests) VALUES (1, 1, 1, 1)"
      )
      try connection.execute(
        "INSERT INTO kit_component (kit_id, item_id, quantity, per_tests) VALUES (1, 2, 96, 94)"
      )
    }
  }
}
