package import Storage

/// What a check of the whole log found.
package struct AuditVerification: Equatable, Sendable, Codable {
  /// A chain as it was checked: how many entries, and the hash that stands for all of them.
  package struct Chain: Equatable, Sendable, Codable {
    package var name: String
    package var length: Int64
    package var head: String
  }

  package var chains: [Chain] = []
  /// Where the log does not agree with itself; empty when it does.
  package var breaks: [String] = []

  package var isSound: Bool { breaks.isEmpty }
}

extension Audit {
  /// Recomputes every hash of every chain, in one pass and in memory bounded by the number of chains.
  package static func verify(in connection: any Connection) throws -> AuditVerification {
    var result = AuditVerification()
    var current = AuditVerification.Chain(name: "", length: 0, head: AuditEntry.genesis)
    func close() { if !current.name.isEmpty { result.chains.append(current) } }
    try AuditEntry.forEach(in: connection) { entry in
      if entry.chain != current.name {
        close()
        current = .init(name: entry.chain, length: 0, head: AuditEntry.genesis)
      }
      let place = "\(entry.chain), entry \(entry.sequence)"
      if entry.sequence != current.length + 1 {
        result.breaks.append("\(place): \(entry.sequence - current.length - 1) entries before it are gone")
      } else if entry.hash != entry.hash(after: current.head) {
        result.breaks.append("\(place): it does not match its hash; it or an entry before it was changed")
      }
      current.length = entry.sequence
      current.head = entry.hash
    }
    close()
    result.breaks += try headBreaks(of: result.chains, in: connection)
    return result
  }

  private static func headBreaks(
    of chains: [AuditVerification.Chain],
    in connection: any Connection
  ) throws -> [String] {
    let stored = try connection.query("SELECT name, length, head FROM audit_chain ORDER BY name")
    return try stored.compactMap { row in
      let (name, length, head) = try row.decode(as: String.self, Int64.self, String.self)
      let found = chains.first { $0.name == name } ?? .init(name: name, length: 0, head: AuditEntry.genesis)
      guard found.length != length || found.head != head else { return nil }
      return "\(name): ends at entry \(found.length), its head says \(length); the last entries were changed"
    }
  }
}
