import Foundation
package import Storage

/// How far somebody has read the log: a length for each of its chains.
///
/// A chain's numbers have no gaps and its entries are committed in their order, since whoever writes one changes the
/// chain's head in the same transaction. A reader who keeps a length for each chain therefore misses nothing and meets
/// nothing twice, however many write at once; one number over all chains could not promise that, because what is
/// numbered first is not always committed first. As text it grows with the number of chains that were ever written:
/// some ten bytes for each centre.
package struct AuditPosition: Equatable, Sendable {
  private var lengths: [String: Int64] = [:]

  package init() {}

  /// The end of the log as it is now.
  package static func end(in connection: any Connection) throws -> AuditPosition {
    var position = AuditPosition()
    for row in try connection.query("SELECT name, length FROM audit_chain") {
      let (name, length) = try row.decode(as: String.self, Int64.self)
      position.lengths[name] = length
    }
    return position
  }

  package func length(of chain: String) -> Int64 { lengths[chain] ?? 0 }

  package mutating func pass(_ entry: AuditEntry) { lengths[entry.chain] = entry.sequence }

  /// Whether the log has come as far as this: a position of another log, or of what a backup has undone, is none.
  package func isWithin(_ end: AuditPosition) -> Bool {
    lengths.allSatisfy { $0.value > 0 && $0.value <= end.length(of: $0.key) }
  }

  /// The same of some centres' chains alone; of every chain for nil.
  package func narrowed(to centres: Set<Centre.Code>?) -> AuditPosition {
    guard let own = Self.chains(of: centres) else { return self }
    var position = AuditPosition()
    position.lengths = lengths.filter { own.contains($0.key) }
    return position
  }

  /// The chains of centres; nil for every chain.
  fileprivate static func chains(of centres: Set<Centre.Code>?) -> Set<String>? {
    centres.map { Set($0.map { AuditChain.centre($0.rawValue).name }) }
  }

  /// `~` stands for the network's chain, a centre's code for its own: `~:120,berard:4`.
  package var text: String {
    lengths.filter { $0.value > 0 }.map { "\(Self.short($0.key)):\($0.value)" }.sorted().joined(
      separator: ","
    )
  }

  /// Nil for what is no position.
  package init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: ":", omittingEmptySubsequences: false)
      guard halves.count == 2, let length = Int64(halves[1]), length >= 0,
        let chain = Self.chain(String(halves[0])), lengths.updateValue(length, forKey: chain) == nil
      else { return nil }
    }
  }

  private static func short(_ chain: String) -> String {
    chain == AuditChain.network.name ? "~" : String(chain.dropFirst(AuditChain.centre("").name.count))
  }

  private static func chain(_ short: String) -> String? {
    if short == "~" { return AuditChain.network.name }
    return Centre.Code(rawValue: short).map { AuditChain.centre($0.rawValue).name }
  }
}

extension AuditEntry {
  /// The centre whose chain it stands in; nil for the network's.
  package var centre: Centre.Code? {
    guard chain != AuditChain.network.name else { return nil }
    return Centre.Code(rawValue: String(chain.dropFirst(AuditChain.centre("").name.count)))
  }

  /// What was written after a position, chain by chain, each in its order.
  /// - Parameters:
  ///   - position: how far was read.
  ///   - centres: only these centres' chains; nil for every chain.
  ///   - limit: the most entries of one chain.
  ///   - connection: one snapshot.
  /// - Returns: the entries; to be asked for again until there are none.
  /// - Throws: what the database meets.
  package static func following(
    _ position: AuditPosition,
    of centres: Set<Centre.Code>?,
    limit: Int64 = 200,
    in connection: any Connection
  ) throws -> [AuditEntry] {
    let own = AuditPosition.chains(of: centres)
    let end = try AuditPosition.end(in: connection)
    return try end.chains.filter { own?.contains($0) ?? true }.flatMap { chain -> [AuditEntry] in
      let known = position.length(of: chain)
      guard known < end.length(of: chain) else { return [] }
      return try page(of: chain, after: known, limit, in: connection)
    }
  }
}

extension AuditPosition {
  fileprivate var chains: [String] { lengths.keys.sorted() }
}
