/// Prepared statements by the text they were made of; the one not used for longest is forgotten first.
///
/// A statement is found by its pieces, so that its text is put together once and not at each use.
struct StatementCache<Statement> {
  private struct Entry {
    let pieces: [SQL.Piece]
    let statement: Statement
    var lastUse: UInt64
  }
  private var buckets: [UInt64: [Entry]] = [:]
  private var uses: UInt64 = 0
  private var count = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The statement kept for a text like this one's, whatever its values.
  mutating func find(_ sql: SQL) -> Statement? {
    let key = sql.shapeHash
    guard let bucket = buckets.index(forKey: key) else { return nil }
    for index in buckets.values[bucket].indices
    where sql.hasShape(of: buckets.values[bucket][index].pieces) {
      uses += 1
      buckets.values[bucket][index].lastUse = uses
      return buckets.values[bucket][index].statement
    }
    return nil
  }

  /// Keeps `statement` and returns the one that had to go for it: the text's last one, or the oldest.
  mutating func keep(_ statement: Statement, for sql: SQL) -> Statement? {
    let key = sql.shapeHash
    let gone = remove(key) { sql.hasShape(of: $0.pieces) } ?? removeOldest()
    uses += 1
    count += 1
    let pieces = sql.pieces.map(\.withoutValue)
    buckets[key, default: []].append(Entry(pieces: pieces, statement: statement, lastUse: uses))
    return gone
  }

  /// Forgets the statement kept for a text like this one's.
  mutating func forget(_ sql: SQL) { _ = remove(sql.shapeHash) { sql.hasShape(of: $0.pieces) } }

  mutating func removeAll() { self = StatementCache(limit: limit) }

  private mutating func removeOldest() -> Statement? {
    guard count >= limit else { return nil }
    let oldest = buckets.min { left, right in
      (left.value.map(\.lastUse).min() ?? .max) < (right.value.map(\.lastUse).min() ?? .max)
    }
    guard let oldest, let use = oldest.value.map(\.lastUse).min() else { return nil }
    return remove(oldest.key) { $0.lastUse == use }
  }

  private mutating func remove(_ key: UInt64, where matches: (Entry) -> Bool) -> Statement? {
    guard let index = buckets[key]?.firstIndex(where: matches) else { return nil }
    count -= 1
    return buckets[key]?.remove(at: index).statement
  }
}

extension SQL {
  /// A hash of the text alone: equal for two statements that differ only in their values.
  fileprivate var shapeHash: UInt64 {
    var hash = UInt64(pieces.count)
    for piece in pieces {
      if case .text(let text) = piece { hash.mix(text) }
    }
    return hash
  }

  /// Two literals of the program are compared by their addresses, so that this costs little.
  fileprivate func hasShape(of others: [Piece]) -> Bool {
    guard pieces.count == others.count else { return false }
    for index in pieces.indices {
      switch (pieces[index], others[index]) {
      case (.value, .value): continue
      case (.text(let own), .text(let other)) where own == other: continue
      default: return false
      }
    }
    return true
  }
}

extension SQL.Piece {
  fileprivate var withoutValue: SQL.Piece {
    switch self {
    case .text: self
    case .value: .value(.null)
    }
  }
}

extension UInt64 {
  /// Eight bytes at a time; every text it meets is the program's own, so that nobody can aim at collisions.
  fileprivate mutating func mix(_ text: String) {
    var text = text
    self = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var hash = self ^ UInt64(bytes.count)
      var offset = 0
      while offset + 8 <= bytes.count {
        hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 29
        offset += 8
      }
      while offset < bytes.count {
        hash = (hash ^ UInt64(bytes[offset])) &* 0x9e37_79b9_7f4a_7c15
        offset += 1
      }
      return hash ^ (hash >> 32)
    }
  }
}
