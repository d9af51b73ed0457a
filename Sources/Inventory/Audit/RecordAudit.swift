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
    let event = try Event(action, subject: subject, before: before, after: after, by: stamp)
    try record([event], chain: chain, in: connection)
  }

  /// What happened, before it has a place in a chain.
  package struct Event: Sendable {
    fileprivate let action: String
    fileprivate let subject: String
    fileprivate let before: String?
    fileprivate let after: String?
    fileprivate let stamp: Stamp

    package init(
      _ action: String,
      subject: String,
      before: (some Encodable)? = Never?.none,
      after: (some Encodable)? = Never?.none,
      by stamp: Stamp
    ) throws {
      (self.action, self.subject, self.stamp) = (action, subject, stamp)
      self.before = try before.map { try json($0) }
      self.after = try after.map { try json($0) }
    }

    fileprivate func entry(_ chain: AuditChain, after head: (length: Int64, hash: String)) -> AuditEntry {
      var entry = AuditEntry(
        chain: chain.name,
        sequence: head.length + 1,
        at: stamp.at,
        actor: stamp.actor,
        action: action,
        subject: subject,
        before: before,
        after: after,
        hash: ""
      )
      entry.hash = entry.hash(after: head.hash)
      return entry
    }
  }

  /// Adds entries at the end of a chain, in their order, in the transaction of the changes that they tell of.
  package static func record(_ events: [Event], chain: AuditChain, in connection: any Connection) throws {
    guard !events.isEmpty else { return }
    var head = try AuditEntry.head(of: chain.name, in: connection)
    let entries = events.map { event in
      let entry = event.entry(chain, after: head)
      head = (entry.sequence, entry.hash)
      return entry
    }
    try AuditEntry.append(entries, in: connection)
    // A report is announced once for all of its entries.
    if entries.contains(where: { $0.noun != "report" }) { try connection.notify(channel, "") }
  }

  /// What those who follow the log are woken by. A report has a channel of its own, which names its centre.
  package static let channel = "log"

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
