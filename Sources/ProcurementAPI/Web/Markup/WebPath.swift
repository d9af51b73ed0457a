import Foundation

/// A path of ours with its query, percent-encoded: codes may hold a slash.
struct WebPath: Sendable, Equatable, CustomStringConvertible {
  private(set) var description: String

  init(_ segments: any CustomStringConvertible..., query: [(String, String?)] = []) {
    self.init(segments: segments.map(\.description), query: query)
  }

  init(segments: [String], query: [(String, String?)] = []) {
    description = "/" + segments.map(Self.encoded).joined(separator: "/")
    let pairs = query.compactMap { name, value in value.map { "\(Self.encoded(name))=\(Self.encoded($0))" } }
    if !pairs.isEmpty { description += "?" + pairs.joined(separator: "&") }
  }

  /// A path that a request named for coming back to: one of this server, or the start page.
  init(returning text: String?) {
    let isOurs =
      text.map { text in
        text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.count <= 2_048
          && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }
      } ?? false
    description = isOurs ? text ?? "/" : "/"
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
  )

  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}
