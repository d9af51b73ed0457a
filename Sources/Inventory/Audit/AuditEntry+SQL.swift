package import Storage

extension AuditEntry {
  private static let columnNames = [
    "chain", "sequence", "at", "actor", "action", "subject", "before", "after", "hash",
  ]
  private static let columns = SQL(stringLiteral: columnNames.joined(separator: ", "))

  private init(row: Row) throws(DatabaseError) {
    (chain, sequence, at, actor, action, subject, before, after, hash) = try row.decode(
      as: String.self,
      Int64.self,
      Instant.self,
      String.self,
      String.self,
      String.self,
      String?.self,
      String?.self,
      String.self
    )
  }

  /// What a change that will be logged asks of its chain, for those who ask ahead.
  package static func headQuery(of chain: AuditChain) -> SQL { headQuery(of: chain.name) }
  private static func headQuery(of chain: String) -> SQL {
    "SELECT length, head FROM audit_chain WHERE name = \(chain)"
  }

  /// The length and the last hash of a chain, which begins where it is not there yet.
  static func head(of chain: String, in connection: any Connection) throws -> (length: Int64, hash: String) {
    let rows = try connection.query(headQuery(of: chain))
    if let row = rows.first { return try row.decode(as: Int64.self, String.self) }
    try connection.execute(
      """
      INSERT INTO audit_chain (name, length, head) VALUES (\(chain), 0, \(genesis))
      ON CONFLICT (name) DO NOTHING
      """
    )
    return (0, genesis)
  }

  /// Stores the next entries of a chain and moves its head to the last. The head first: of two writers at once the later
  /// one then meets a conflict, and is run again, instead of a number that is taken.
  static func append(_ entries: [AuditEntry], in connection: any Connection) throws {
    guard let last = entries.last else { return }
    try connection.send(
      "UPDATE audit_chain SET length = \(last.sequence), head = \(last.hash) WHERE name = \(last.chain)"
    )
    try connection.sendRows(into: "audit_entry", columns: columnNames) { writer in
      for entry in entries {
        writer.text(entry.chain)
        writer.integer(entry.sequence)
        writer.value(entry.at)
        writer.text(entry.actor)
        writer.text(entry.action)
        writer.text(entry.subject)
        writer.value(entry.before)
        writer.value(entry.after)
        writer.text(entry.hash)
        try writer.endRow()
      }
    }
  }

  /// Where a list of the newest entries goes on: behind this one.
  package struct Place: Equatable, Sendable {
    package var at: Instant
    package var chain: String
    package var sequence: Int64

    package init(at: Instant, chain: String, sequence: Int64) {
      (self.at, self.chain, self.sequence) = (at, chain, sequence)
    }
  }

  /// The newest entries first, of one subject or of all, from the first or from behind a place.
  package static func latest(
    _ limit: Int64,
    subject: String? = nil,
    before place: Place? = nil,
    in connection: any Connection
  ) throws -> [AuditEntry] {
    let ofSubject: SQL = if let subject { "AND subject = \(subject)" } else { "" }
    let behind: SQL =
      if let place {
        """
        AND at <= \(place.at) AND (at < \(place.at) OR chain > \(place.chain)
          OR (chain = \(place.chain) AND sequence < \(place.sequence)))
        """
      } else {
        ""
      }
    return try connection.query(
      """
      SELECT \(columns) FROM audit_entry WHERE 1 = 1 \(ofSubject) \(behind)
      ORDER BY at DESC, chain, sequence DESC LIMIT \(limit)
      """
    ).map(AuditEntry.init(row:))
  }

  /// The entries of one chain after so many of it.
  static func page(of chain: String, after length: Int64, _ limit: Int64, in connection: any Connection)
    throws
    -> [AuditEntry]
  {
    try connection.query(
      """
      SELECT \(columns) FROM audit_entry WHERE chain = \(chain) AND sequence > \(length)
      ORDER BY sequence LIMIT \(limit)
      """
    ).map(AuditEntry.init(row:))
  }

  /// Calls `body` with every entry, chain by chain, in order.
  static func forEach(in connection: any Connection, _ body: (AuditEntry) throws -> Void) throws {
    try connection.forEach("SELECT \(columns) FROM audit_entry ORDER BY chain, sequence") { row in
      try body(AuditEntry(row: row))
    }
  }
}

extension AuditEntry {
  /// The mark of the last change of a subject; nil where nothing was ever done to it.
  package static func version(of subject: String, in connection: any Connection) throws -> String? {
    let rows = try connection.query(
      "SELECT hash FROM audit_entry WHERE subject = \(subject) ORDER BY at DESC, chain, sequence DESC LIMIT 1"
    )
    return try rows.first.map { try String($0.decode(as: String.self).prefix(16)) }
  }
}
