import Foundation
import Inventory

/// Where a host name leads, and whether a server may be sent there by somebody who only gave it a name.
///
/// Addresses that are not of the public internet are refused (IANA's special-purpose registries, RFC 6890): a webhook
/// must not reach the database, the cloud's metadata service or the centre's own network. The address that was looked at
/// is the one that is connected to, so that a name which leads elsewhere the next moment gains nothing.
enum PublicAddress {
  /// The first address of a host.
  /// - Parameters:
  ///   - host: a name, or an address as text.
  ///   - allowsPrivate: whether the server was told that its own network may be told of things.
  /// - Returns: the address as text.
  /// - Throws: `Refusal` where there is none, or any of them is not public.
  static func resolved(_ host: String, allowsPrivate: Bool) async throws(Refusal) -> String {
    let addresses = await onThread { Self.addresses(of: host) }
    guard let first = addresses.first else { throw Refusal(reason: "\(host) leads nowhere") }
    if !allowsPrivate, let closed = addresses.first(where: { !isPublic($0) }) {
      throw Refusal(reason: "\(host) leads to \(closed), which is not on the public internet")
    }
    return first
  }

  struct Refusal: Error, Equatable { var reason: String }

  private static func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }

  private static func addresses(of host: String) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [String] = []
    var next = list
    while let entry = next {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let status = getnameinfo(
        entry.pointee.ai_addr,
        entry.pointee.ai_addrlen,
        &text,
        socklen_t(text.count),
        nil,
        0,
        NI_NUMERICHOST
      )
      if status == 0 {
        found.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
      }
      next = entry.pointee.ai_next
    }
    return found
  }

  /// Whether an address is one of the public internet's.
  static func isPublic(_ address: String) -> Bool {
    var four = in_addr()
    if inet_pton(AF_INET, address, &four) == 1 { return isPublic(UInt32(bigEndian: four.s_addr)) }
    var six = in6_addr()
    // A zone (`fe80::1%eth0`) is one of this machine's links.
    guard !address.contains("%"), inet_pton(AF_INET6, address, &six) == 1 else { return false }
    let bytes = withUnsafeBytes(of: &six) { Array($0) }
    return isPublic(bytes)
  }

  /// Networks and the length of their prefix.
  private static let closed: [(UInt32, UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12),
    (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15),
    (0xC633_6400, 24),
    (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
  ]

  private static func isPublic(_ address: UInt32) -> Bool {
    !closed.contains { network, length in (address ^ network) >> (32 - length) == 0 }
  }

  /// Of IPv6 only 2000::/3 is routed; of that, documentation, 6to4 and Teredo, which hide an address of IPv4, are not.
  private static func isPublic(_ bytes: [UInt8]) -> Bool {
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return isPublic(bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) })
    }
    let start = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return bytes[0] & 0xE0 == 0x20 && start != 0x2001_0DB8 && start >> 16 != 0x2002 && start != 0x2001_0000
  }
}
