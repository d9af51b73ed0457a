/// Markup. A value that is put into it is escaped, whatever it holds; only `HTML` goes in as it is.
///
/// The type does for pages what `SQL` does for statements: what a user wrote cannot become an element, an attribute
/// or a script. Attributes stand in double quotes, everywhere.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }
  private init(_ text: String) { self.text = text }

  static let nothing: HTML = ""

  /// Markup that another part of ours made and escaped itself: a drawing.
  init(drawing svg: String) { text = svg }

  static func + (left: HTML, right: HTML) -> HTML { HTML(left.text + right.text) }
  var isEmpty: Bool { text.isEmpty }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
    mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text += HTML.escaped(value.description)
    }
  }

  /// The five characters that mean something in text and in quoted attributes.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x26, 0x3C, 0x3E, 0x22, 0x27].contains($0) }) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Sequence {
  /// One piece of markup an element.
  func markup(_ body: (Element) throws -> HTML) rethrows -> [HTML] { try map(body) }
}

extension Optional {
  /// Markup for a value that is there; nothing for one that is not.
  func markup(_ body: (Wrapped) throws -> HTML) rethrows -> HTML { try map(body) ?? .nothing }
}
