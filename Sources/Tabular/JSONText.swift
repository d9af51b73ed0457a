/// A JSON text as it was written: numbers keep their digits, every value knows its line.
package struct JSONText: Sendable {
  package indirect enum Value: Sendable {
    case object([(key: String, value: JSONText)])
    case array([JSONText])
    case string(String)
    case number(String)
    case word(String)
  }

  package var line: Int
  package var value: Value

  /// As it is shown to the one who wrote it.
  package var shown: String {
    switch value {
    case .object: "an object"
    case .array: "a list"
    case .string(let text): text
    case .number(let digits): digits
    case .word(let word): word
    }
  }
}

/// Where a text stops being JSON.
package struct JSONSyntaxError: Error, Equatable {
  package var line: Int
  package var found: String
  package var expected: String
}

extension JSONText {
  /// Reads RFC 8259 text; nesting is limited to 64 levels.
  package static func parse(_ text: String) throws(JSONSyntaxError) -> JSONText {
    var scanner = JSONScanner(text)
    let value = try scanner.value(depth: 0)
    try scanner.end()
    return value
  }
}

/// Reads bytes of UTF-8, which every token but the inside of a string has of ASCII alone.
private struct JSONScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func end() throws(JSONSyntaxError) {
    skipSpace()
    if peek != nil { throw wrong(shown, "the end of the text") }
  }

  mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONText {
    skipSpace()
    guard depth < 64 else { throw wrong("more than 64 levels", "a flatter text") }
    let start = line
    guard let next = peek else { throw wrong(shown, "a value") }
    let value: JSONText.Value =
      switch next {
      case .brace: .object(try members(depth: depth))
      case .bracket: .array(try elements(depth: depth))
      case .quote: .string(try string())
      case .minus, .zero ... .nine: .number(try number())
      default: .word(try word())
      }
    return JSONText(line: start, value: value)
  }

  private mutating func members(
    depth: Int
  ) throws(JSONSyntaxError) -> [(key: String, value: JSONText)] {
    position += 1
    var members: [(key: String, value: JSONText)] = []
    if take(.closingBrace) { return members }
    repeat {
      skipSpace()
      guard peek == .quote else { throw wrong(shown, "a key in quotes") }
      let key = try string()
      guard take(.colon) else { throw wrong(shown, "a colon") }
      members.append((key, try value(depth: depth + 1)))
    } while take(.comma)
    guard take(.closingBrace) else { throw wrong(shown, "a comma or }") }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONText] {
    position += 1
    var elements: [JSONText] = []
    if take(.closingBracket) { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(.comma)
    guard take(.closingBracket) else { throw wrong(shown, "a comma or ]") }
    return elements
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    var text = ""
    var start = position
    while let next = peek, next != .quote {
      guard next >= 0x20 else { throw wrong("a line break or control character", "a closing quote") }
      position += 1
      guard next == .backslash else { continue }
      text += String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
      text.unicodeScalars.append(try escape())
      start = position
    }
    guard peek != nil else { throw wrong(shown, "a closing quote") }
    let rest = String(decoding: bytes[start..<position], as: UTF8.self)
    position += 1
    return text.isEmpty ? rest : text + rest
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let next = peek else { throw wrong(shown, "an escape") }
    let found = shown
    position += 1
    switch next {
    case .quote, .backslash, UInt8(ascii: "/"): return Unicode.Scalar(next)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"): return try escapedScalar()
    default: throw wrong("\\\(found)", "an escape of JSON")
    }
  }

  private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek == .backslash, bytes.dropFirst(position + 1).first == UInt8(ascii: "u") else {
      throw wrong("half of a surrogate pair", "a character")
    }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00)
    else { throw wrong("half of a surrogate pair", "a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
    let digits = String(decoding: bytes[min(position, bytes.count)...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.utf8.allSatisfy(\.isHexadecimal),
      let number = UInt32(digits, radix: 16)
    else { throw wrong(digits, "four hexadecimal digits") }
    position += 4
    return number
  }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let digits = run { (.zero ... .nine).contains($0) || "+-.eE".utf8.contains($0) }
    guard Self.isNumber(digits.utf8) else { throw wrong(digits, "a number") }
    return digits
  }

  /// As RFC 8259 §6 writes numbers: no zero before another digit, digits on both sides of a point.
  private static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let count = rest.prefix { (.zero ... .nine).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == .minus { rest = rest.dropFirst() }
    let isZero = rest.first == .zero
    let whole = digits()
    guard whole == 1 || (whole > 1 && !isZero) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == .minus || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private mutating func word() throws(JSONSyntaxError) -> String {
    let word = run { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard ["true", "false", "null"].contains(word) else {
      throw wrong(word.isEmpty ? peek == nil ? "nothing" : shown : word, "a value")
    }
    return word
  }

  private mutating func run(while holds: (UInt8) -> Bool) -> String {
    let start = position
    while let next = peek, holds(next) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The next character, as it is shown to the one who wrote it.
  private var shown: String {
    guard position < bytes.count else { return "the end of the text" }
    let next = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    return next.unicodeScalars.first.map { String($0) } ?? ""
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let next = peek, next == 0x20 || next == 0x0A || next == 0x09 || next == 0x0D {
      if next == 0x0A { line += 1 }
      position += 1
    }
  }

  private func wrong(_ found: String, _ expected: String) -> JSONSyntaxError {
    JSONSyntaxError(line: line, found: found, expected: expected)
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    (UInt8.zero ... .nine).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
