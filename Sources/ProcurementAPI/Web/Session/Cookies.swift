import Foundation
import HTTPTypes

/// The cookies of a request, and those that an answer sets (RFC 6265bis).
struct Cookies: Sendable {
  private let values: [String: String]

  init(_ header: String?) {
    let pairs = (header ?? "").split(separator: ";").compactMap { pair -> (String, String)? in
      let halves = pair.drop { $0 == " " }.split(
        separator: "=",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
    }
    values = Dictionary(pairs) { first, _ in first }
  }

  subscript(name: String) -> String? { values[name] }

  /// A cookie that scripts cannot read and other sites' forms do not send.
  /// - Parameters:
  ///   - name: its name.
  ///   - value: letters, digits, `-`, `_` and `.`; empty to take the cookie away.
  ///   - seconds: how long it lasts; nil until the browser is closed.
  ///   - isSecure: whether it goes over TLS alone.
  /// - Returns: the header's value.
  static func set(_ name: String, _ value: String, lasting seconds: Int64? = nil, isSecure: Bool) -> String {
    let age = value.isEmpty ? "; Max-Age=0" : seconds.map { "; Max-Age=\($0)" } ?? ""
    return "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax\(age)\(isSecure ? "; Secure" : "")"
  }
}

/// Texts that a page shows once, carried over a redirect.
enum Notices {
  static let cookie = "procure_notice"

  static func text(_ notes: [String]) -> String {
    let json = (try? JSONEncoder().encode(Array(notes.prefix(8).map { String($0.prefix(300)) }))) ?? Data()
    return json.base64URL
  }

  static func notes(in text: String) -> [String]? {
    Data(base64URL: text).flatMap { try? JSONDecoder().decode([String].self, from: $0) }
  }
}
