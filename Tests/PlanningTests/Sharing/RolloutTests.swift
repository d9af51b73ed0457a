import Testing

@testable import Planning

struct RolloutTests {
  private let problem = RolloutProblem(
    packSize: 10,
    arrivals: [.init(day: 1, quantity: 60), .init(day: 5, quantity: 65), .init(day: 9, quantity: 100)],
    centres: [
      .init("berard", ready: 0, firstTranche: 40, target: 120, use: DailyUse(10)),
      .init("curie", ready: 1, firstTranche: 20, target: 60, use: DailyUse(5)),
      .init("ico", ready: 4, firstTranche: 30, target: 90, use: DailyUse(5)),
    ]
  )

  @Test func `every centre has its first tranche on the first day that supply and readiness allow`() throws {
    let rollout = try problem.plan()
    #expect(rollout.lastFirstDay == 5)
    #expect(rollout.bound == .supply(day: 5, needed: 90))
    #expect(rollout.outcomes.map(\.firstDay) == [1, 1, 5])
    #expect(rollout.waves.map(\.day) == [1, 5, 9])
    #expect(rollout.waves[0].lines.map(\.quantity) == [40, 20])
    #expect(
      rollout.waves[1].lines.map { [$0.centre, "\($0.total)", $0.reason.code] } == [
        ["berard", "60", "raised-to-level"], ["curie", "30", "raised-to-level"],
        ["ico", "30", "first-tranche"],
      ]
    )
    #expect(rollout.outcomes.reduce(0) { $0 + $1.quantity } == 220)
  }

  @Test func `packs wait for a centre whose first tranche no later arrival brings in time`() throws {
    let tight = RolloutProblem(
      arrivals: [.init(day: 0, quantity: 50), .init(day: 9, quantity: 50)],
      centres: [
        .init("a", ready: 0, firstTranche: 10, target: 100, use: DailyUse(10)),
        .init("b", ready: 3, firstTranche: 30, target: 100, use: DailyUse(10)),
      ]
    )
    let rollout = try tight.plan()
    #expect(rollout.waves[0].lines.map(\.quantity) == [20])
    #expect(rollout.waves[0].heldForFirstTranches == 30)
    #expect(rollout.lastFirstDay == 3)
    #expect(rollout.bound == .readiness(centre: "b", day: 3))
    #expect(rollout.outcomes.map(\.firstDay) == [0, 3])
  }

  @Test func `arrivals too small for all first tranches begin as many centres as possible`() throws {
    let small = RolloutProblem(
      arrivals: [.init(day: 0, quantity: 50)],
      centres: [
        .init("a", ready: 0, firstTranche: 40, target: 40),
        .init("b", ready: 0, firstTranche: 20, target: 40),
        .init("c", ready: 2, firstTranche: 20, target: 40),
      ]
    )
    let rollout = try small.plan()
    #expect(rollout.bound == .tooLittle(missing: 30))
    #expect(rollout.lastFirstDay == nil)
    #expect(rollout.outcomes.map(\.firstDay) == [nil, 0, 2])
    #expect(rollout.outcomes[0].reason == .neverReached(missing: 40))
  }

  @Test func `nothing is kept for a first tranche that the arrivals never reach`() throws {
    let small = RolloutProblem(
      arrivals: [.init(day: 0, quantity: 50), .init(day: 3, quantity: 10)],
      centres: [
        .init("a", ready: 0, firstTranche: 45, target: 90),
        .init("b", ready: 1, firstTranche: 30, target: 60),
        .init("c", ready: 1, firstTranche: 20, target: 40),
      ]
    )
    let rollout = try small.plan()
    // Beginning with a would leave b and c without: two begin rather than one.
    #expect(rollout.outcomes.map(\.firstDay) == [nil, 1, 1])
    #expect(rollout.waves.map(\.kept) == [0, 0])
    #expect(rollout.waves.allSatisfy { $0.whyKept == nil })
  }

  @Test func `what is kept says why`() throws {
    let tight = RolloutProblem(
      packSize: 10,
      arrivals: [.init(day: 0, quantity: 57)],
      centres: [
        .init("a", ready: 0, firstTranche: 10, target: 20),
        .init("b", ready: 3, firstTranche: 30, target: 30),
      ]
    )
    let rollout = try tight.plan()
    #expect(rollout.waves.map(\.kept) == [37, 7])
    #expect(
      rollout.waves.map(\.whyKept) == [
        "30 for first tranches still to come, 7 less than a pack", "7 less than a pack",
      ]
    )
  }

  @Test func `a kit arrives with the last of its components`() {
    let kits = RolloutProblem.Arrival.kits(from: [
      .init("swab", perKit: 1, arrivals: [.init(day: 0, quantity: 100)]),
      .init("reagent", perKit: 2, arrivals: [.init(day: 2, quantity: 90), .init(day: 4, quantity: 150)]),
    ])
    #expect(kits == [.init(day: 2, quantity: 45), .init(day: 4, quantity: 55)])
  }

  @Test func `no plan gives the last first tranche earlier, and nothing is lost`() throws {
    var cases = SeededCases(seed: 47)
    for _ in 0..<300 {
      let problem = anyProblem(&cases)
      let rollout = try problem.plan()
      #expect(rollout.lastFirstDay == earliestPossible(problem))
      let started = rollout.outcomes.compactMap(\.firstDay)
      if let last = rollout.lastFirstDay {
        #expect(started.max() == last && started.count == problem.centres.count)
      }
      var total = 0
      for wave in rollout.waves {
        total += wave.lines.reduce(0) { $0 + $1.quantity }
        let arrived = problem.arrivals.reduce(0) { $1.day <= wave.day ? $0 + $1.quantity : $0 }
        #expect(total + wave.kept == arrived && wave.kept >= 0)
        for line in wave.lines { #expect(line.quantity > 0 && line.quantity % problem.packSize == 0) }
      }
      for (outcome, centre) in zip(rollout.outcomes, problem.centres) {
        if let first = outcome.firstDay { #expect(first >= centre.ready) }
        #expect(outcome.quantity < centre.target + problem.packSize)
      }
    }
  }

  /// The first day on which some subset order serves all: only sums matter when everyone must be served.
  private func earliestPossible(_ problem: RolloutProblem) -> Int? {
    let packs = problem.centres.map { ($0.firstTranche + problem.packSize - 1) / problem.packSize }
    return (0...40).first { day in
      let arrived = problem.arrivals.reduce(0) { $1.day <= day ? $0 + $1.quantity : $0 } / problem.packSize
      return problem.centres.allSatisfy { $0.ready <= day } && packs.reduce(0, +) <= arrived
        && problem.arrivals.contains { $0.day <= day }
    }
  }

  private func anyProblem(_ cases: inout SeededCases) -> RolloutProblem {
    RolloutProblem(
      packSize: cases.int(1...5),
      arrivals: (0..<cases.int(1...4)).map { _ in .init(day: cases.int(0...20), quantity: cases.int(0...40))
      },
      centres: (0..<cases.int(1...5)).map { index in
        let tranche = cases.int(1...15)
        return .init(
          "c\(index)",
          ready: cases.int(0...25),
          firstTranche: tranche,
          target: tranche + cases.int(0...20),
          use: DailyUse(cases.int(1...5))
        )
      }
    )
  }
}
