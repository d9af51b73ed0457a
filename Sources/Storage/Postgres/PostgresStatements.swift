import CPostgres

/// The statements a connection has prepared, by text; the one not used for longest goes first.
struct PostgresStatements {
  fileprivate struct Entry {
    let name: String
    let types: [Oid]
    var lastUse: UInt64
  }
  private var entries: [String: Entry] = [:]
  private var uses: UInt64 = 0
  private static let limit = 256

  /// The statement for `text`, when its parameters have these types; a NULL fits any type.
  mutating func name(for text: String, types: [Oid]) -> String? {
    guard let index = entries.index(forKey: text) else { return nil }
    guard entries.values[index].fits(types) else { return nil }
    uses += 1
    entries.values[index].lastUse = uses
    return entries.values[index].name
  }

  /// The statement to forget before `text` is prepared; it is forgotten here.
  mutating func evicted(by text: String) -> String? {
    if let old = entries.removeValue(forKey: text) {
      learned[text] = old.types
      return old.name
    }
    guard entries.count >= Self.limit,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
    else { return nil }
    return entries.removeValue(forKey: oldest)?.name
  }

  /// Types seen for the parameters of a text that was prepared while they were NULL.
  private var learned: [String: [Oid]] = [:]

  mutating func next(for text: String, types: [Oid]) -> (name: String, types: [Oid]) {
    uses += 1
    guard let before = learned.removeValue(forKey: text) else { return ("p\(uses)", types) }
    return ("p\(uses)", zip(types, before).map { $0 == PostgresType.unknown ? $1 : $0 })
  }

  mutating func keep(_ name: String, types: [Oid], for text: String) {
    entries[text] = Entry(name: name, types: types, lastUse: uses)
  }
}

extension PostgresStatements.Entry {
  func fits(_ types: [Oid]) -> Bool {
    for (new, own) in zip(types, self.types) where new != PostgresType.unknown && new != own { return false }
    return true
  }
}
