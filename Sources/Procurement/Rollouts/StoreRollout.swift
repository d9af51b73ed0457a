import Inventory
import Planning
import Storage

extension RolloutPlan {
  /// A new rollout, without a plan.
  static func open(
    _ request: RolloutRequest,
    subject: Subject,
    packUnits: Quantity,
    in connection: any Connection
  ) throws {
    let (item, kit): (Item.ID?, Kit.ID?) =
      switch subject {
      case .item(let sku): (try Item.find(sku, in: connection).id, nil)
      case .kit(let code): (nil, try Kit.find(code, in: connection).id)
      }
    try connection.execute(
      """
      INSERT INTO rollout (code, title, item_id, kit_id, pack_units, state, revision)
      VALUES (\(request.code), \(request.title ?? request.code.rawValue), \(item), \(kit), \(packUnits),
        'draft', 0)
      ON CONFLICT (code) DO NOTHING
      """
    )
  }

  /// A planning of a rollout, with all that it was planned from.
  static func store(
    _ rollout: Rollout,
    _ basis: RolloutBasis,
    revision: Int64,
    of id: ID,
    supply: Supply,
    because: String,
    in connection: any Connection
  ) throws {
    let last = [rollout.lastFirstDay, basis.problem.centres.compactMap(\.begun?.day).max()].compactMap(\.self)
      .max()
    let isReached = rollout.lastFirstDay != nil || rollout.bound == .nothingToDo
    try connection.execute(
      """
      INSERT INTO rollout_revision (rollout_id, number, planned_on, because, supply, last_first_day, bound)
      VALUES (\(id), \(revision), \(basis.day), \(because), \(supply),
        \(isReached ? last.map(Int64.init) : nil), \(rollout.why))
      """
    )
    let centres = try Keys.centres(basis.targets.map(\.centre), in: connection)
    for target in basis.targets {
      guard let centre = centres[target.centre],
        let outcome = rollout.outcomes.first(where: { $0.centre == target.centre.rawValue })
      else { continue }
      try target.store(outcome, basis, revision, of: id, centre: centre, in: connection)
    }
    let items = try Keys.items(Set(basis.arrivals.map(\.item)).sorted(), in: connection)
    for (number, arrival) in zip(Int64(1)..., basis.arrivals) {
      try connection.execute(
        """
        INSERT INTO rollout_arrival (rollout_id, revision, number, item_id, day, quantity, origin)
        VALUES (\(id), \(revision), \(number), \(items[arrival.item]), \(arrival.day), \(arrival.quantity),
          \(arrival.origin))
        """
      )
    }
    for line in rollout.lines(after: basis.lastWave) {
      try line.store(revision, of: id, centre: centres[line.centre], in: connection)
    }
    for wave in rollout.waves {
      guard let why = wave.whyKept else { continue }
      try connection.execute(
        """
        INSERT INTO rollout_kept (rollout_id, revision, wave, day, quantity, why)
        VALUES (\(id), \(revision), \(Int64(wave.number) + basis.lastWave), \(Day(rawValue: Int64(wave.day))),
          \(Int64(wave.kept)), \(why))
        """
      )
    }
  }
}

extension RolloutRequest.Target {
  fileprivate func store(
    _ outcome: Rollout.Outcome,
    _ basis: RolloutBasis,
    _ revision: Int64,
    of rollout: RolloutPlan.ID,
    centre: Centre.ID,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO rollout_target (rollout_id, revision, centre_id, ready_on, first_tranche, target, used_units,
        used_days, first_day, planned, reason, sentence)
      VALUES (\(rollout), \(revision), \(centre), \(ready), \(firstTranche ?? min(basis.packUnits, target)),
        \(target), \(usedUnits), \(usedDays), \(outcome.firstDay.map(Int64.init)), \(Int64(outcome.quantity)),
        \(outcome.reason.code), \(outcome.reason.sentence))
      """
    )
  }
}

extension RolloutPlan.Line {
  fileprivate func store(
    _ revision: Int64,
    of rollout: RolloutPlan.ID,
    centre: Centre.ID?,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO rollout_line (rollout_id, revision, wave, centre_id, day, quantity, total, progress, reason,
        sentence)
      VALUES (\(rollout), \(revision), \(wave), \(centre), \(day), \(quantity), \(total), \(progress),
        \(reason), \(sentence))
      """
    )
  }
}
