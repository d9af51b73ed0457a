package import Inventory
package import Storage

extension DemandScenario {
  private static let source: SQL = """
    SELECT s.id, i.sku, k.code, c.code, s.week, s.quantity, s.share, s.source, s.stated_on
    FROM demand_scenario s LEFT JOIN item i ON i.id = s.item_id LEFT JOIN kit k ON k.id = s.kit_id
    LEFT JOIN centre c ON c.id = s.centre_id
    """

  private init(row: Row) throws {
    let (id, item, kit, centre, week, quantity, share, source, statedOn) = try row.decode(
      as: ID.self,
      Item.SKU?.self,
      Kit.Code?.self,
      Centre.Code?.self,
      Day.self,
      Quantity.self,
      Int64.self,
      String.self,
      Day.self
    )
    guard let subject = item.map(Subject.item) ?? kit.map(Subject.kit) else {
      throw PlanError.noSuchScenario(id.rawValue)
    }
    self.init(
      id: id,
      subject: subject,
      centre: centre,
      week: week,
      quantity: quantity,
      share: share,
      source: source,
      statedOn: statedOn
    )
  }

  /// The scenarios that stood at a moment, those now standing where none is given; by week.
  package static func all(
    knownAt: Instant? = nil,
    in connection: any Connection
  ) throws -> [DemandScenario] {
    let standing: SQL =
      if let knownAt {
        "s.recorded_at <= \(knownAt) AND (s.removed_at IS NULL OR s.removed_at > \(knownAt))"
      } else { "s.removed_at IS NULL" }
    let rows = try connection.query("\(source) WHERE \(standing) ORDER BY s.week, s.id")
    return try rows.map(DemandScenario.init(row:))
  }

  /// States what is expected of a week; what was stated of the same week and place before is removed, and both are logged.
  package static func set(
    _ draft: Draft,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> DemandScenario {
    let findings = draft.findings
    guard findings.isEmpty else { throw PlanError.invalid(findings) }
    let centre = try draft.centre.map { try Centre.find($0, in: connection).id }
    let (item, kit) = try draft.subject.keys(in: connection)
    let before = try all(in: connection).first { $0.draft.isOfSamePlace(as: draft) }
    if let before, before.draft == draft { return before }
    if let before { try before.end(by: stamp, in: connection) }
    let rows = try connection.query(
      """
      INSERT INTO demand_scenario (item_id, kit_id, centre_id, week, quantity, share, source, stated_on,
        recorded_at, actor)
      VALUES (\(item), \(kit), \(centre), \(draft.week), \(draft.quantity), \(draft.share), \(draft.source),
        \(draft.statedOn), \(stamp.at), \(stamp.actor))
      RETURNING id
      """
    )
    guard let id = try rows.first?.decode(as: ID.self) else { throw PlanError.noSuchScenario(0) }
    try log("set", id, before: before?.draft, after: draft, by: stamp, in: connection)
    return DemandScenario(draft, id: id)
  }

  /// Takes a scenario back; it stays on record for the runs that followed it.
  package static func remove(_ id: ID, by stamp: Stamp, in connection: any Connection) throws {
    guard let found = try all(in: connection).first(where: { $0.id == id }) else {
      throw PlanError.noSuchScenario(id.rawValue)
    }
    try found.end(by: stamp, in: connection)
    try log("remove", id, before: found.draft, after: nil, by: stamp, in: connection)
  }

  private func end(by stamp: Stamp, in connection: any Connection) throws {
    try connection.execute("UPDATE demand_scenario SET removed_at = \(stamp.at) WHERE id = \(id)")
  }

  private static func log(
    _ verb: String,
    _ id: ID,
    before: Draft?,
    after: Draft?,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try Audit.record(
      "scenario.\(verb)",
      subject: "scenario \(id.rawValue)",
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
  }

  private init(_ draft: Draft, id: ID) {
    self.init(
      id: id,
      subject: draft.subject,
      centre: draft.centre,
      week: draft.week,
      quantity: draft.quantity,
      share: draft.share,
      source: draft.source,
      statedOn: draft.statedOn
    )
  }

  var draft: Draft {
    Draft(
      subject: subject,
      centre: centre,
      week: week,
      quantity: quantity,
      share: share,
      source: source,
      statedOn: statedOn
    )
  }
}

extension DemandScenario.Draft {
  fileprivate func isOfSamePlace(as other: Self) -> Bool {
    subject == other.subject && centre == other.centre && week == other.week
  }

  fileprivate var findings: [Finding] {
    var findings: [Finding] = []
    if week != week.weekStart {
      findings.append(Finding(field: "week", found: "\(week)", expected: "a Monday, as \(week.weekStart)"))
    }
    if !(0...1_000_000_000_000 ~= quantity.units) {
      findings.append(Finding(field: "quantity", found: "\(quantity.units)", expected: "0 to 10¹²"))
    }
    if !(1...100 ~= share) {
      findings.append(Finding(field: "share", found: "\(share)", expected: "1 to 100 percent"))
    }
    if source.isEmpty { findings.append(Finding(field: "source", found: "", expected: "who said so")) }
    return findings
  }
}

extension DemandScenario.Subject {
  fileprivate func keys(in connection: any Connection) throws -> (Item.ID?, Kit.ID?) {
    switch self {
    case .item(let sku): (try Item.find(sku, in: connection).id, nil)
    case .kit(let code): (nil, try Kit.find(code, in: connection).id)
    }
  }
}
