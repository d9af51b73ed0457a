import CPostgres

/// A statement prepared on the server.
struct PostgresStatement {
  let name: String
  /// The types its parameters were declared with; unknown where only NULL has been seen.
  let types: [Oid]

  /// Whether values of these types can be bound: a NULL fits any type.
  func takes(_ types: [Oid]) -> Bool {
    for (new, own) in zip(types, self.types) where new != PostgresType.unknown && new != own { return false }
    return true
  }

  /// `types`, and where they are unknown what was seen before.
  func refining(_ types: [Oid]) -> [Oid] {
    zip(types, self.types).map { $0 == PostgresType.unknown ? $1 : $0 }
  }
}
