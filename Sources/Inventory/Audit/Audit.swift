import Storage

/// The log of every change: append-only, each entry bound to the one before it by its hash.
///
/// Entries stand in chains (one for the network, one for each centre) so that centres do not wait for each other.
/// An entry's hash is SHA-256 over the hash before it and the entry's own fields, each preceded by its length; whoever
/// keeps the head of a chain can prove later that nothing before it was changed, added or taken out.
package struct AuditEntry: Equatable, Sendable, Codable {
  package var chain: String
  package var sequence: Int64
  package var at: Instant
  package var actor: String
  /// The noun and the verb: `order.approve`.
  package var action: String
  /// The noun and its code: `order CA-2026-00042`.
  package var subject: String
  /// What it was and what it became, as JSON with keys in order; nil before a creation and after a removal.
  package var before: String?
  package var after: String?
  package var hash: String
}

/// Where an entry stands.
package enum AuditChain: Equatable, Sendable {
  case network
  case centre(String)

  package var name: String {
    switch self {
    case .network: "network"
    case .centre(let code): "centre \(code)"
    }
  }
}

extension AuditEntry {
  static let genesis = String(repeating: "0", count: 64)

  /// The hash that binds these fields to the entry before them.
  func hash(after previous: String) -> String {
    let fields = [
      previous, chain, String(sequence), at.description, actor, action, subject, before ?? "-", after ?? "-",
    ]
    var digest = SHA256()
    for field in fields { digest.update("\(field.utf8.count):\(field)".utf8) }
    return digest.hex()
  }
}
