import Inventory
import Planning
import Procurement
import Storage

extension Season {
  /// A planner's Monday: a run over all that has been reported up to Sunday, and the alerts by it.
  mutating func planAndWatch(on monday: Day) async throws -> WatchResult {
    let parameters = PlanParameters(asOf: monday - 1)
    let (run, watch) = try await PlanRun.planAndWatch(parameters, by: stamp("planner", monday), in: database)
    plan = run.id
    return watch
  }

  /// The transfers that avoid more than they cost by what the plan foresees, item by item; returns how many.
  mutating func transferByPlan(on monday: Day) async throws -> Int {
    let (plan, stamp) = (plan, stamp("buyer", monday))
    var count = 0
    for item in items {
      var question = TransferQuestion(item: item, day: monday)
      question.plan = plan
      question.horizon = SeasonRules.plannedHorizonDays
      question.keepDays = SeasonRules.plannedKeepDays
      let asked = question
      let (_, transfers) = try await database.write { connection in
        // Nobody reads the season's proofs.
        try asked.propose(key: "\(monday)/\(item)", effort: 0, by: stamp, in: connection)
      }
      for transfer in transfers { try await carry(transfer, on: monday) }
      count += transfers.count
    }
    return count
  }

  /// The proven optimum for what can be covered of a campaign's needs, and what the greedy rule would have paid for the same;
  /// where nothing can be covered any more, the greedy rule says so need by need.
  func awardExactly(
    _ code: Campaign.Code,
    with solver: any Solver,
    by stamp: Stamp
  ) async throws -> (award: Procurement.Award, greedyCost: Money?) {
    let input = try await database.read { try Campaign.awardInput(code, on: stamp.at.day, in: $0) }
    let exact = try await onOwnThread { cancellation -> ExactAward? in
      do {
        return try ExactAward.decideAsFarAsPossible(code, input, AwardRequest(), with: solver, cancellation)
      } catch AwardError.impossible {
        return nil
      }
    }
    guard let exact else {
      return (try await database.write { try Campaign.awardGreedily(code, by: stamp, in: $0) }, nil)
    }
    let award = try await database.write { connection in
      try Campaign.award(code, exact, for: input, by: stamp, in: connection)
    }
    return (award, exact.report.remarks?.greedy.cost)
  }
}
