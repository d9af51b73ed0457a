/// An XML element with its attributes and what it holds, written with escapes and indentation.
struct XMLElement: Equatable {
  var name: String
  var attributes: [(name: String, value: String)] = []
  var text: String?
  var children: [XMLElement] = []

  init(_ name: String, attributes: [(name: String, value: String)] = [], text: String) {
    self.name = name
    self.attributes = attributes
    self.text = text
  }

  init(_ name: String, attributes: [(name: String, value: String)] = [], _ children: [XMLElement?]) {
    self.name = name
    self.attributes = attributes
    self.children = children.compactMap(\.self)
  }

  static func == (left: XMLElement, right: XMLElement) -> Bool { left.document == right.document }

  /// The element as a document.
  var document: String { #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + lines(indentation: 0) }

  private func lines(indentation: Int) -> String {
    let margin = String(repeating: "  ", count: indentation)
    let head = attributes.reduce(name) { $0 + " \($1.name)=\"\($1.value.escapedForXML)\"" }
    if let text { return "\(margin)<\(head)>\(text.escapedForXML)</\(name)>\n" }
    let inner = children.map { $0.lines(indentation: indentation + 1) }.joined()
    return "\(margin)<\(head)>\n\(inner)\(margin)</\(name)>\n"
  }
}

extension String {
  /// Markup characters as entities; characters that XML 1.0 does not allow are left out.
  var escapedForXML: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
