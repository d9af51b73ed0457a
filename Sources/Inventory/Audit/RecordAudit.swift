import Foundation
package import Storage

/// Writing the log.
package enum Audit {
  /// Adds an entry at the end of its chain, in the transaction of the change that it tells of.
  /// - Parameters:
  ///   - action: the noun and the verb, `order.approve`.
  ///   - subject: the noun and its code, `order CA-2026-00042`.
  ///   - chain: the network's, or a centre's.
  ///   - before: what it was; nil before a creation.
  ///   - after: what it became; nil after a removal.
  ///   - stamp: who did it and when.
  ///   - connection: the change's own transaction.
  /// - Throws: the database's errors, and what does not encode.
  package static func record(
    _ action: String,
    subject: String,
    chain: AuditChain = .network,
    before: (some Encodable)? = Never?.none,
    after: (some Encodable)? = Never?.none,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    var entry = AuditEntry(
      chain: chain.name,
      sequence: 1,
      at: stamp.at,
      actor: stamp.actor,
      action: action,
      subject: subject,
      before: try before.map { try json($0) },
      after: try after.map { try json($0) },
      hash: ""
    )
    let head = try AuditEntry.head(of: entry.chain, in: connection)
    entry.sequence = head.length + 1
    entry.hash = entry.hash(after: head.hash)
    try entry.append(in: connection)
    // A report is announced once for all of its entries.
    if entry.noun != "report" { try connection.notify(channel, "") }
  }

  /// What those who follow the log are woken by. A report has a channel of its own, which names its centre.
  package static let channel = "log"

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
