import Inventory
package import Storage

extension RolloutPlan.State: Storable {}
extension RolloutPlan.Supply: Storable {}

extension RolloutPlan {
  private static let selection: SQL = """
    SELECT r.id, r.code, r.title, i.sku, k.code, r.pack_units, r.state, v.number, v.planned_on, v.because,
      v.supply, v.last_first_day, v.bound, r.cancelled_because
    FROM rollout r JOIN rollout_revision v ON v.rollout_id = r.id
    LEFT JOIN item i ON i.id = r.item_id LEFT JOIN kit k ON k.id = r.kit_id
    """

  private init(row: Row, in connection: any Connection) throws {
    let (item, kit): (Item.SKU?, Kit.Code?)
    (
      id, code, title, item, kit, packUnits, state, revision, plannedOn, because, supply, lastFirstDay, bound,
      cancelledBecause
    ) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      Item.SKU?.self,
      Kit.Code?.self,
      Quantity.self,
      State.self,
      Int64.self,
      Day.self,
      String.self,
      Supply.self,
      Day?.self,
      String.self,
      String?.self
    )
    guard let subject = item.map(Subject.item) ?? kit.map(Subject.kit) else {
      throw RolloutError.noSuchRollout(code.rawValue)
    }
    self.subject = subject
    targets = try Target.all(of: id, revision, in: connection)
    arrivals = try Arrival.all(of: id, revision, in: connection)
    deliveries = try Delivery.all(of: id, in: connection)
    kept = try Kept.all(of: id, revision, in: connection)
    let gone = deliveries
    lines = try Line.all(of: id, revision, in: connection).filter { line in
      !gone.contains { $0.wave == line.wave && $0.centre == line.centre }
    }
  }

  /// A rollout as it is planned now, or as one of its revisions planned it.
  package static func find(
    _ code: Code,
    revision: Int64? = nil,
    in connection: any Connection
  ) throws -> RolloutPlan {
    guard let found = try known(code, revision: revision, in: connection) else {
      throw RolloutError.noSuchRollout(revision.map { "\(code), revision \($0)" } ?? code.rawValue)
    }
    return found
  }

  /// How often a rollout was planned; nil where there is none.
  package static func revision(of code: Code, in connection: any Connection) throws -> Int64? {
    try connection.query("SELECT revision FROM rollout WHERE code = \(code)").first?.decode(as: Int64.self)
  }

  static func known(
    _ code: Code,
    revision: Int64? = nil,
    in connection: any Connection
  ) throws -> RolloutPlan? {
    let number: SQL = if let revision { "\(revision)" } else { "r.revision" }
    return try connection.query("\(selection) WHERE r.code = \(code) AND v.number = \(number)").first.map {
      try RolloutPlan(row: $0, in: connection)
    }
  }

  /// The rollouts, the latest first.
  package static func list(limit: Int64 = 1_000, in connection: any Connection) throws -> [RolloutPlan] {
    try connection.query("\(selection) WHERE v.number = r.revision ORDER BY r.id DESC LIMIT \(limit)").map {
      try RolloutPlan(row: $0, in: connection)
    }
  }

  /// Keeps two people on one rollout apart: the second waits for the first, or is tried again after it.
  static func claim(_ code: Code, in connection: any Connection) throws {
    try connection.execute("UPDATE rollout SET revision = revision WHERE code = \(code)")
  }

  func storeState(in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE rollout SET state = \(state), revision = \(revision), cancelled_because = \(cancelledBecause)
      WHERE id = \(id)
      """
    )
  }
}

extension RolloutPlan.Target {
  fileprivate static func all(
    of rollout: RolloutPlan.ID,
    _ revision: Int64,
    in connection: any Connection
  ) throws -> [Self] {
    try connection.query(
      """
      SELECT c.code, t.ready_on, t.first_tranche, t.target, t.used_units, t.used_days, t.first_day, t.planned,
        t.reason, t.sentence
      FROM rollout_target t JOIN centre c ON c.id = t.centre_id
      WHERE t.rollout_id = \(rollout) AND t.revision = \(revision) ORDER BY c.code
      """
    ).map(Self.init(row:))
  }

  private init(row: Row) throws(DatabaseError) {
    (
      centre, ready, firstTranche, target, usedUnits, usedDays, firstDay, planned, reason, sentence
    ) = try row.decode(
      as: Centre.Code.self,
      Day.self,
      Quantity.self,
      Quantity.self,
      Quantity?.self,
      Int64?.self,
      Day?.self,
      Quantity.self,
      String.self,
      String.self
    )
  }
}

extension RolloutPlan.Arrival {
  fileprivate static func all(
    of rollout: RolloutPlan.ID,
    _ revision: Int64,
    in connection: any Connection
  ) throws -> [Self] {
    try connection.query(
      """
      SELECT i.sku, a.day, a.quantity, a.origin FROM rollout_arrival a JOIN item i ON i.id = a.item_id
      WHERE a.rollout_id = \(rollout) AND a.revision = \(revision) ORDER BY a.number
      """
    ).map { row in
      let (item, day, quantity, origin) = try row.decode(
        as: Item.SKU.self,
        Day.self,
        Quantity.self,
        String.self
      )
      return Self(item: item, day: day, quantity: quantity, origin: origin)
    }
  }
}

extension RolloutPlan.Line {
  fileprivate static func all(
    of rollout: RolloutPlan.ID,
    _ revision: Int64,
    in connection: any Connection
  ) throws -> [Self] {
    try connection.query(
      """
      SELECT l.wave, l.day, c.code, l.quantity, l.total, l.progress, l.reason, l.sentence
      FROM rollout_line l JOIN centre c ON c.id = l.centre_id
      WHERE l.rollout_id = \(rollout) AND l.revision = \(revision) ORDER BY l.wave, c.code
      """
    ).map { row in
      let (wave, day, centre, quantity, total, progress, reason, sentence) = try row.decode(
        as: Int64.self,
        Day.self,
        Centre.Code.self,
        Quantity.self,
        Quantity.self,
        String.self,
        String.self,
        String.self
      )
      return Self(
        wave: wave,
        day: day,
        centre: centre,
        quantity: quantity,
        total: total,
        progress: progress,
        reason: reason,
        sentence: sentence
      )
    }
  }
}

extension RolloutPlan.Kept {
  fileprivate static func all(
    of rollout: RolloutPlan.ID,
    _ revision: Int64,
    in connection: any Connection
  ) throws -> [Self] {
    try connection.query(
      """
      SELECT wave, day, quantity, why FROM rollout_kept
      WHERE rollout_id = \(rollout) AND revision = \(revision) ORDER BY wave
      """
    ).map { row in
      let (wave, day, quantity, why) = try row.decode(as: Int64.self, Day.self, Quantity.self, String.self)
      return Self(wave: wave, day: day, quantity: quantity, why: why)
    }
  }
}

extension RolloutPlan.Delivery {
  fileprivate static func all(of rollout: RolloutPlan.ID, in connection: any Connection) throws -> [Self] {
    try connection.query(
      """
      SELECT d.wave, d.day, c.code, d.quantity, d.document
      FROM rollout_delivery d JOIN centre c ON c.id = d.centre_id
      WHERE d.rollout_id = \(rollout) ORDER BY d.wave, c.code
      """
    ).map { row in
      let (wave, day, centre, quantity, document) = try row.decode(
        as: Int64.self,
        Day.self,
        Centre.Code.self,
        Quantity.self,
        String.self
      )
      return Self(wave: wave, day: day, centre: centre, quantity: quantity, document: document)
    }
  }
}
