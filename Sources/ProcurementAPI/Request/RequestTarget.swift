import Foundation
import HTTPTypes

/// The path and the query of a request, decoded.
struct RequestTarget: Equatable, Sendable {
  var segments: [String]
  var query: [(name: String, value: String)]

  static func == (left: RequestTarget, right: RequestTarget) -> Bool {
    left.segments == right.segments && left.query.elementsEqual(right.query) { $0 == $1 }
  }

  /// - Throws: `Problem` for a target that is not percent-encoded UTF-8 or has a control character in it.
  init(_ text: String) throws(Problem) {
    // By bytes, as addresses are read (RFC 3986), and not by characters of Unicode, which takes longer.
    let parts = text.utf8.split(separator: .question, maxSplits: 1, omittingEmptySubsequences: false)
    var path = parts[0].split(separator: .slash, omittingEmptySubsequences: false).dropFirst()
    if path.last?.isEmpty == true { path = path.dropLast() }
    var segments: [String] = []
    for segment in path { segments.append(try Self.decoded(Substring(segment), "path")) }
    self.segments = segments
    query = []
    guard parts.count == 2 else { return }
    for pair in parts[1].split(separator: .ampersand) {
      let halves = pair.split(separator: .equals, maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(Substring(halves[0]), "query")
      let value = halves.count == 2 ? try Self.decoded(Self.spaced(Substring(halves[1])), "query") : ""
      query.append((name, value))
    }
  }

  private static func spaced(_ text: Substring) -> Substring {
    guard text.utf8.contains(UInt8(ascii: "+")) else { return text }
    return Substring(text.map { $0 == "+" ? " " : $0 }.text)
  }

  private static func decoded(_ text: Substring, _ place: String) throws(Problem) -> String {
    // Most are plain: printable ASCII that stands for itself.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") }) { return String(text) }
    guard let decoded = String(text).removingPercentEncoding,
      !decoded.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      let mistake = Problem.Mistake(field: place, found: String(text), expected: "percent-encoded UTF-8")
      throw Problem(.badRequest, "request.target", "the \(place) cannot be read", errors: [mistake])
    }
    return decoded
  }
}

extension [Character] {
  fileprivate var text: String { String(self) }
}

extension UInt8 {
  fileprivate static let question = UInt8(ascii: "?")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let ampersand = UInt8(ascii: "&")
  fileprivate static let equals = UInt8(ascii: "=")
}
