import Storage

/// The public identifier of an entity: a centre's short code, an item's SKU, an agreement's reference.
///
/// 1 to 64 letters, digits, `.`, `_`, `-` and `/`, beginning with a letter or a digit. Case counts.
package struct Code<Entity>: Hashable, Sendable, RawRepresentable, Storable {
  package let rawValue: String

  package init?(rawValue: String) {
    let bytes = rawValue.utf8
    guard let first = bytes.first, bytes.count <= 64, first.isAlphanumeric,
      bytes.allSatisfy({ $0.isAlphanumeric || ".-_/".utf8.contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  /// What a person is told when a text is not a code.
  package static var expectation: String { "1 to 64 letters, digits, '.', '_', '-' or '/'" }
}

extension Code: LosslessStringConvertible {
  package init?(_ description: String) { self.init(rawValue: description) }
  package var description: String { rawValue }
}

extension Code: Comparable {
  package static func < (left: Code, right: Code) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}

extension Code: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let code = Code(rawValue: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected \(Self.expectation)")
    }
    self = code
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  fileprivate var isAlphanumeric: Bool {
    isDigit || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
  }
}
