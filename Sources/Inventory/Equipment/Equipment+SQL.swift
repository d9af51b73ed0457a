package import Storage

extension Equipment.Lifecycle: Storable {}
extension Equipment.Function: Storable {}
extension Equipment.StatusEntry.Axis: Storable {}

extension Equipment {
  private static let columns: SQL = """
    e.id, e.code, o.code, c.code, k.code, e.manufacturer, e.model, e.serial, e.udi, e.commissioned_year,
    e.commissioned_day, e.price, e.weekly_capacity, e.lifecycle, e.confirmed, e.function, e.note, e.source, e.certainty
    """
  private static let source: SQL = """
    equipment e JOIN organisation o ON o.id = e.organisation_id
    JOIN equipment_category k ON k.id = e.category_id LEFT JOIN centre c ON c.id = e.centre_id
    """

  private init(row: Row) throws(DatabaseError) {
    let confirmed: Int64
    (
      id, code, organisation, centre, category, manufacturer, model, serial, udi, commissionedYear,
      commissionedOn, price, weeklyCapacity, lifecycle, confirmed, function, note, source, certainty
    ) = try row.decode(
      as: ID.self,
      Code.self,
      Organisation.Code.self,
      Centre.Code?.self,
      EquipmentCategory.Code.self,
      String?.self,
      String?.self,
      String?.self,
      String?.self,
      Int64?.self,
      Day?.self,
      Money?.self,
      Int64?.self,
      Lifecycle.self,
      Int64.self,
      Function.self,
      String.self,
      String.self,
      String.self
    )
    isConfirmed = confirmed == 1
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Equipment {
    let rows = try connection.query("SELECT \(columns) FROM \(source) WHERE e.code = \(code)")
    guard let row = rows.first else { throw EquipmentError.noSuchEquipment(code.rawValue) }
    return try Equipment(row: row)
  }

  /// Machines by category and code, of one category, of one organisation, or all.
  package static func list(
    category: EquipmentCategory.Code? = nil,
    organisation: Organisation.Code? = nil,
    in connection: any Connection
  ) throws -> [Equipment] {
    let ofCategory: SQL = if let category { "k.code = \(category)" } else { "1 = 1" }
    let ofOrganisation: SQL = if let organisation { "o.code = \(organisation)" } else { "1 = 1" }
    return try connection.query(
      "SELECT \(columns) FROM \(source) WHERE \(ofCategory) AND \(ofOrganisation) ORDER BY k.code, e.code"
    ).map(Equipment.init(row:))
  }

  static func insert(_ draft: Draft, code: Code, in connection: any Connection) throws {
    let place = try draft.place(in: connection)
    let category = try EquipmentCategory.find(draft.category, in: connection).id
    try connection.execute(
      """
      INSERT INTO equipment (code, organisation_id, centre_id, category_id, manufacturer, model, serial, udi,
        commissioned_year, commissioned_day, price, weekly_capacity, lifecycle, confirmed, function, note,
        source, certainty)
      VALUES (\(code), \(place.organisation), \(place.centre), \(category), \(draft.manufacturer),
        \(draft.model), \(draft.serial), \(draft.udi), \(draft.commissionedYear), \(draft.commissionedOn),
        \(draft.price), \(draft.weeklyCapacity), \(draft.lifecycle), \(draft.isConfirmed ? 1 : 0 as Int64),
        \(draft.function), \(draft.note), \(draft.source), \(draft.certainty))
      """
    )
  }

  func store(lifecycle: Lifecycle, function: Function, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE equipment SET lifecycle = \(lifecycle), function = \(function), confirmed = 1 WHERE id = \(id)
      """
    )
  }

  /// The machine's log, oldest first.
  package func log(in connection: any Connection) throws -> [StatusEntry] {
    try connection.query(
      """
      SELECT since, axis, state, reason, actor, recorded_at FROM equipment_status
      WHERE equipment_id = \(id) ORDER BY sequence
      """
    ).map { row in
      let (since, axis, state, reason, actor, recordedAt) = try row.decode(
        as: Day.self,
        StatusEntry.Axis.self,
        String.self,
        String.self,
        String.self,
        Instant.self
      )
      return StatusEntry(
        since: since,
        axis: axis,
        state: state,
        reason: reason,
        actor: actor,
        recordedAt: recordedAt
      )
    }
  }

  func append(_ entry: StatusEntry, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO equipment_status (equipment_id, since, sequence, axis, state, reason, actor, recorded_at)
      SELECT \(id), \(entry.since), coalesce(max(sequence), 0) + 1, \(entry.axis), \(entry.state),
        \(entry.reason), \(entry.actor), \(entry.recordedAt)
      FROM equipment_status WHERE equipment_id = \(id)
      """
    )
  }
}
