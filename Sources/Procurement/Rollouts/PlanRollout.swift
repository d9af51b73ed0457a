package import Inventory
import Planning
package import Storage

extension RolloutPlan {
  /// Plans a rollout, or plans it again: what went out stays, what is still to come follows from the arrivals and the
  /// readiness as they are now. Nothing changes where they did not.
  package static func plan(
    _ request: RolloutRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> RolloutPlan {
    try claim(request.code, in: connection)
    let before = try known(request.code, in: connection)
    let basis = try RolloutBasis(request, after: before, in: connection)
    let rollout: Rollout
    do { rollout = try basis.problem.plan() } catch { throw RolloutError(error) }
    let lines = rollout.lines(after: basis.lastWave)
    if let before, before.isPlanned(from: basis), before.lines == lines { return before }
    let supply: Supply = request.supply.map { $0 == .orders ? .orders : .stated } ?? before?.supply ?? .stated
    if let before {
      var after = before
      let revised = try before.state.after(.revise, of: before.code)
      if before.lines != lines { after.state = revised }
      after.revision += 1
      try store(
        rollout,
        basis,
        revision: after.revision,
        of: before.id,
        supply: supply,
        because: request.because,
        in: connection
      )
      try after.storeState(in: connection)
    } else {
      let (subject, packUnits) = try request.beginning()
      try open(request, subject: subject, packUnits: packUnits, in: connection)
      let rows = try connection.query("SELECT id FROM rollout WHERE code = \(request.code)")
      guard let id: ID = try rows.first?.decode(as: ID.self) else {
        throw RolloutError.noSuchRollout(request.code.rawValue)
      }
      try store(rollout, basis, revision: 1, of: id, supply: supply, because: request.because, in: connection)
      try connection.execute("UPDATE rollout SET revision = 1 WHERE id = \(id)")
    }
    let after = try find(request.code, in: connection)
    try Audit.record(
      "rollout.plan",
      subject: "rollout \(request.code)",
      before: before.map { [$0.revision] },
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }

  /// What a planning would come to, and what it would change: all of it is done, and undone again.
  package static func rehearse(
    _ request: RolloutRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> (plan: RolloutPlan, changes: [RolloutChange]) {
    do {
      return try connection.savepoint {
        let plan = try plan(request, by: stamp, in: connection)
        throw Rehearsed(plan: plan, changes: try changes(of: request.code, in: connection))
      }
    } catch let rehearsed as Rehearsed {
      return (rehearsed.plan, rehearsed.changes)
    }
  }

  /// Undoes what led to it.
  private struct Rehearsed: Error {
    var plan: RolloutPlan
    var changes: [RolloutChange]
  }

  private func isPlanned(from basis: RolloutBasis) -> Bool {
    arrivals == basis.arrivals
      && targets.map(RolloutRequest.Target.init)
        == basis.targets.map { target in
          var target = target
          target.line = nil
          target.firstTranche = target.firstTranche ?? min(basis.packUnits, target.target)
          return target
        }
  }
}

extension RolloutRequest {
  fileprivate func beginning() throws(RolloutError) -> (RolloutPlan.Subject, Quantity) {
    guard let subject else {
      throw .invalid([Finding(field: "item or kit", found: "", expected: "what is rolled out")])
    }
    return (subject, packUnits ?? Quantity(1))
  }
}

extension RolloutRequest.Target {
  init(_ target: RolloutPlan.Target) {
    self.init(
      centre: target.centre,
      ready: target.ready,
      firstTranche: target.firstTranche,
      target: target.target,
      usedUnits: target.usedUnits,
      usedDays: target.usedDays
    )
  }
}

extension RolloutBasis {
  /// What is asked, and for what is not asked what was planned before.
  fileprivate init(
    _ request: RolloutRequest,
    after before: RolloutPlan?,
    in connection: any Connection
  ) throws {
    let subject = try before?.subject ?? request.beginning().0
    let packs = before?.packUnits ?? request.packUnits ?? Quantity(1)
    guard request.subject ?? subject == subject, request.packUnits ?? packs == packs else {
      throw RolloutError.otherSubject(request.code)
    }
    let kit: Kit? = if case .kit(let code) = subject { try Kit.find(code, in: connection) } else { nil }
    let targets = request.targets ?? before?.targets.map(RolloutRequest.Target.init) ?? []
    self.init(
      packUnits: packs,
      targets: targets.sorted { $0.centre < $1.centre },
      arrivals: [],
      deliveries: before?.deliveries ?? [],
      kit: kit,
      day: request.day
    )
    let items = kit?.components.map(\.item) ?? [subject.item].compactMap(\.self)
    arrivals = try gatherArrivals(of: items, request.supply, after: before, in: connection)
      .sorted { ($0.day, $0.item, $0.origin) < ($1.day, $1.item, $1.origin) }
    try refuse(items: items, in: connection)
  }

  private func gatherArrivals(
    of items: [Item.SKU],
    _ supply: RolloutRequest.Supply?,
    after before: RolloutPlan?,
    in connection: any Connection
  ) throws -> [RolloutPlan.Arrival] {
    switch supply {
    case .stated(let arrivals): return arrivals
    case nil where before?.supply != .orders: return before?.arrivals ?? []
    case nil, .orders: break
    }
    let coming = try items.flatMap { item in
      try ConfirmedDelivery.all(of: item, in: connection).compactMap { delivery in
        delivery.expectedOn.map { expected in
          RolloutPlan.Arrival(
            item: item,
            day: max(expected, day),
            quantity: delivery.open,
            origin: "order \(delivery.order)"
          )
        }
      }
    }
    return gone(items) + coming.filter { $0.quantity > .zero }
  }

  /// What earlier waves brought, which orders bring no more.
  private func gone(_ items: [Item.SKU]) -> [RolloutPlan.Arrival] {
    Dictionary(grouping: deliveries, by: \.wave).sorted { $0.key < $1.key }.flatMap { wave, parts in
      items.map { item in
        RolloutPlan.Arrival(
          item: item,
          day: parts.map(\.day).min() ?? day,
          quantity: parts.reduce(.zero) { $0 + units(of: item, for: $1.quantity) },
          origin: "wave \(wave)"
        )
      }
    }
  }

  /// Base units of an item behind a quantity of the rollout.
  func units(of item: Item.SKU, for quantity: Quantity) -> Quantity {
    kit?.components.first { $0.item == item }?.stockNeeded(for: quantity.units) ?? quantity
  }

  private func refuse(items: [Item.SKU], in connection: any Connection) throws {
    var findings = findings
    if targets.isEmpty {
      findings.append(Finding(field: "targets", found: "", expected: "at least one centre"))
    }
    let centres = try Keys.centres(targets.map(\.centre), in: connection)
    for target in targets where centres[target.centre] == nil {
      findings.append(
        Finding(line: target.line, field: "centre", found: "\(target.centre)", expected: "a known centre")
      )
    }
    for item in Set(arrivals.map(\.item)).subtracting(items).sorted() {
      let expected = "one of " + items.map { "\($0)" }.joined(separator: ", ")
      findings.append(Finding(field: "sku", found: "\(item)", expected: expected))
    }
    if !findings.isEmpty { throw RolloutError.invalid(findings) }
  }
}

extension RolloutPlan.Subject {
  var item: Item.SKU? { if case .item(let item) = self { item } else { nil } }
}

extension RolloutError {
  init(_ faults: SharingFaults) {
    self = .invalid(
      faults.faults.map { Finding(field: $0.path, found: $0.found, expected: $0.expected) }
    )
  }
}
