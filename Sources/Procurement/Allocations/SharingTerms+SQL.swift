package import Inventory
package import Storage

extension SharingTerms {
  private static let selection: SQL = """
    SELECT i.sku, c.code, t.starts_on, t.baseline_units, t.baseline_days, t.priority, t.floor, t.source
    FROM sharing_terms t JOIN item i ON i.id = t.item_id JOIN centre c ON c.id = t.centre_id
    """

  private init(row: Row) throws(DatabaseError) {
    let (item, centre, startsOn, units, days, priority, floor, source) = try row.decode(
      as: Item.SKU.self,
      Centre.Code.self,
      Day.self,
      Quantity?.self,
      Int64?.self,
      Int64.self,
      Quantity.self,
      String.self
    )
    let baseline = units.flatMap { units in days.map { Baseline(units: units, days: $0) } }
    self.init(
      item: item,
      centre: centre,
      startsOn: startsOn,
      baseline: baseline,
      priority: priority,
      floor: floor,
      source: source
    )
  }

  /// Everything declared, the latest first for each item and centre.
  package static func all(of item: Item.SKU? = nil, in connection: any Connection) throws -> [SharingTerms] {
    let filter: SQL = if let item { "WHERE i.sku = \(item)" } else { "" }
    return try connection.query("\(selection) \(filter) ORDER BY i.sku, c.code, t.starts_on DESC")
      .map(SharingTerms.init(row:))
  }

  /// The terms in force on a day, by centre.
  package static func inForce(
    for item: Item.SKU,
    on day: Day,
    in connection: any Connection
  ) throws -> [Centre.Code: SharingTerms] {
    try connection.query(
      """
      \(selection) WHERE i.sku = \(item) AND t.starts_on = (SELECT MAX(u.starts_on) FROM sharing_terms u
        WHERE u.item_id = t.item_id AND u.centre_id = t.centre_id AND u.starts_on <= \(day))
      """
    ).map(SharingTerms.init(row:)).reduce(into: [:]) { $0[$1.centre] = $1 }
  }

  func store(
    item: Item.ID,
    centre: Centre.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO sharing_terms (item_id, centre_id, starts_on, baseline_units, baseline_days, priority, floor,
        source, actor, recorded_at)
      VALUES (\(item), \(centre), \(startsOn), \(baseline?.units), \(baseline?.days), \(priority), \(floor),
        \(source), \(stamp.actor), \(stamp.at))
      ON CONFLICT (item_id, centre_id, starts_on) DO UPDATE SET baseline_units = excluded.baseline_units,
        baseline_days = excluded.baseline_days, priority = excluded.priority, floor = excluded.floor,
        source = excluded.source, actor = excluded.actor, recorded_at = excluded.recorded_at
      """
    )
  }
}
