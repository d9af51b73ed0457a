package import Storage

extension ExactDecimal: Storable {
  package var sqlValue: Value { .text(description) }
  package init(sqlValue: Value) throws(DatabaseError) {
    let text = try String(sqlValue: sqlValue)
    guard let decimal = ExactDecimal(text) else {
      throw .mistyped(expected: "a decimal number", found: sqlValue)
    }
    self = decimal
  }
}

extension EquipmentCategory.Norm {
  private static let columns: SQL = """
    n.category, n.name, n.valid_from, n.value, n.low, n.high, n.unit, n.source, n.source_date, n.certainty,
    n.note
    """

  private init(row: Row) throws(DatabaseError) {
    let owner: String
    (
      owner, name, validFrom, value, low, high, unit, source, sourceDate, certainty, note
    ) = try row.decode(
      as: String.self,
      String.self,
      Day.self,
      ExactDecimal.self,
      ExactDecimal?.self,
      ExactDecimal?.self,
      String.self,
      String.self,
      String?.self,
      String.self,
      String.self
    )
    category = EquipmentCategory.Code(rawValue: owner)
  }

  /// The norms in force on a day for a category: the category's own before the general one, by name.
  package static func inForce(
    for category: EquipmentCategory.Code,
    on day: Day,
    in connection: any Connection
  ) throws -> [Self] {
    try NormBook.read(for: category, on: day, in: connection).norms.values.sorted { $0.name < $1.name }
  }

  /// The norms in force on a day: of each category, and of those for all, the latest of each name that is not after
  /// the day.
  static func inForce(on day: Day, in connection: any Connection) throws -> [Self] {
    try connection.query(
      """
      SELECT \(columns) FROM category_norm n
      WHERE n.valid_from = (
        SELECT max(valid_from) FROM category_norm
        WHERE category = n.category AND name = n.name AND valid_from <= \(day)
      )
      ORDER BY n.category, n.name
      """
    ).map { try Self(row: $0) }
  }

  func store(in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO category_norm (category, name, valid_from, value, low, high, unit, source, source_date,
        certainty, note)
      VALUES (\(category?.rawValue ?? ""), \(name), \(validFrom), \(value), \(low), \(high), \(unit),
        \(source), \(sourceDate), \(certainty), \(note))
      ON CONFLICT (category, name, valid_from) DO UPDATE SET value = excluded.value, low = excluded.low,
        high = excluded.high, unit = excluded.unit, source = excluded.source,
        source_date = excluded.source_date, certainty = excluded.certainty, note = excluded.note
      """
    )
  }
}
