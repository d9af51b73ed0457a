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

private struct JSONScanner {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var line = 1

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func end() throws(JSONSyntaxError) {
    skipSpace()
    if let next = peek { throw wrong(String(next), "the end of the text") }
  }

  mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONText {
    skipSpace()
    guard depth < 64 else { throw wrong("more than 64 levels", "a flatter text") }
    let start = line
    guard let next = peek else { throw wrong("the end of the text", "a value") }
    let value: JSONText.Value =
      switch next {
      case "{": .object(try members(depth: depth))
      case "[": .array(try elements(depth: depth))
      case "\"": .string(try string())
      case "-", "0"..."9": .number(try number())
      default: .word(try word())
      }
    return JSONText(line: start, value: value)
  }

  private mutating func members(
    depth: Int
  ) throws(JSONSyntaxError) -> [(key: String, value: JSONText)] {
    position += 1
    var members: [(key: String, value: JSONText)] = []
    if take("}") { return members }
    repeat {
      skipSpace()
      guard peek == "\"" else {
        throw wrong(peek.map { String($0) } ?? "the end of the text", "a key in quotes")
      }
      let key = try string()
      guard take(":") else { throw wrong(peek.map { String($0) } ?? "the end of the text", "a colon") }
      members.append((key, try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw wrong(peek.map { String($0) } ?? "the end of the text", "a comma or }") }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONText] {
    position += 1
    var elements: [JSONText] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw wrong(peek.map { String($0) } ?? "the end of the text", "a comma or ]") }
    return elements
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    var text = String.UnicodeScalarView()
    while let next = peek, next != "\"" {
      guard next.value >= 0x20 else { throw wrong("a line break or control character", "a closing quote") }
      position += 1
      text.append(next == "\\" ? try escape() : next)
    }
    guard peek != nil else { throw wrong("the end of the text", "a closing quote") }
    position += 1
    return String(text)
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let next = peek else { throw wrong("the end of the text", "an escape") }
    position += 1
    switch next {
    case "\"", "\\", "/": return next
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "u": return try escapedScalar()
    default: throw wrong("\\\(next)", "an escape of JSON")
    }
  }

  private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek == "\\" else { throw wrong("half of a surrogate pair", "a character") }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00)
    else { throw wrong("half of a surrogate pair", "a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
    let digits = String(String.UnicodeScalarView(scalars[min(position, scalars.count)...].prefix(4)))
    guard digits.count == 4, let number = UInt32(digits, radix: 16) else {
      throw wrong(digits, "four hexadecimal digits")
    }
    position += 4
    return number
  }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let digits = run { "0"..."9" ~= $0 || "+-.eE".unicodeScalars.contains($0) }
    guard Double(digits) != nil, digits.last != "." else { throw wrong(digits, "a number") }
    return digits
  }

  private mutating func word() throws(JSONSyntaxError) -> String {
    let word = run { "a"..."z" ~= $0 }
    guard ["true", "false", "null"].contains(word) else {
      throw wrong(word.isEmpty ? peek.map { String($0) } ?? "nothing" : word, "a value")
    }
    return word
  }

  private mutating func run(while holds: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    while let next = peek, holds(next) { position += 1 }
    return String(String.UnicodeScalarView(scalars[start..<position]))
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let next = peek, next == " " || next == "\n" || next == "\t" || next == "\r" {
      if next == "\n" { line += 1 }
      position += 1
    }
  }

  private func wrong(_ found: String, _ expected: String) -> JSONSyntaxError {
    JSONSyntaxError(line: line, found: found, expected: expected)
  }
}
