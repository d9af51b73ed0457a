import Crypto
import Foundation
import Storage

/// The mark of what was read: of its bytes, for a cache, and of the entity's last change, for a writer.
struct EntityTag: Equatable {
  let content: String
  /// Nil for what has no single entity behind it.
  let version: String?

  init(bytes: some Sequence<UInt8>, version: String?) {
    let digest =
      bytes.withContiguousStorageIfAvailable { Crypto.SHA256.hash(data: $0) }
      ?? Crypto.SHA256.hash(data: Array(bytes))
    content = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }.hexadecimal
    self.version = version
  }

  var text: String { version.map { "\"\(content)-\($0)\"" } ?? "\"\(content)\"" }

  /// The version in a tag that we gave out; nil for another's.
  static func version(in text: String) -> String? {
    let parts = text.trimmed.filter { $0 != "\"" }.split(separator: "-")
    return parts.count == 2 ? String(parts[1]) : nil
  }

  /// Whether a list of tags that we gave out, or `*`, has one of this version.
  static func names(_ version: String, in list: String) -> Bool {
    list.split(separator: ",").map(\.trimmed).contains { $0 == "*" || self.version(in: $0) == version }
  }

  /// Whether a list of tags, or `*`, has this one.
  static func matches(_ tag: String, in list: String) -> Bool {
    list.split(separator: ",").map(\.trimmed).contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
