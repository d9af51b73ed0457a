/// Reads comma- or semicolon-separated text (RFC 4180) record by record, in memory bounded by one record.
///
/// Tolerated, because spreadsheets write them: a byte order mark, CRLF, CR or LF line ends, semicolons instead of
/// commas, blank lines, a last line without its end. The separator is the one that the first line holds more
/// of outside quotes. Cost: one pass over the bytes.
package struct CSVReader: ~Copyable {
  /// One line of the file with its number, counted from 1 as an editor counts (quoted line ends included).
  package struct Record: Equatable, Sendable {
    package let line: Int
    package var fields: [String]

    package init(line: Int, fields: [String]) {
      self.line = line
      self.fields = fields
    }
  }

  var input: ByteInput
  private var separator: UInt8?
  var line = 1

  /// Reads `input`, split at `separator` (`,` or `;`); nil finds it in the first line.
  package init(_ input: consuming ByteInput, separator: Character? = nil) {
    self.input = input
    self.separator = separator?.asciiValue
  }

  package init(text: String) { self.init(ByteInput(Array(text.utf8))) }

  /// The separator in use; nil before the first record.
  package var separatorInUse: Character? { separator.map { Character(UnicodeScalar($0)) } }

  /// The next record that is not blank; nil at the end.
  package mutating func next() throws(CSVError) -> Record? {
    _ = try knownSeparator()
    while let record = try record() {
      if record.fields.count > 1 || record.fields.first?.isEmpty == false { return record }
    }
    return nil
  }

  mutating func knownSeparator() throws(CSVError) -> UInt8 {
    if let separator { return separator }
    let found = try sniffed()
    separator = found
    return found
  }

  private mutating func sniffed() throws(CSVError) -> UInt8 {
    try input.skipByteOrderMark()
    var commas = 0
    var semicolons = 0
    var quoted = false
    var offset = 0
    scan: while let byte = try input.peek(at: offset) {
      offset += 1
      switch byte {
      case .quote: quoted.toggle()
      case .comma where !quoted: commas += 1
      case .semicolon where !quoted: semicolons += 1
      case .lineFeed where !quoted, .carriageReturn where !quoted:
        if commas + semicolons > 0 || offset > 1 { break scan }
      default: break
      }
    }
    return semicolons > commas ? .semicolon : .comma
  }

  private mutating func record() throws(CSVError) -> Record? {
    guard try input.peek(at: 0) != nil else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      let (field, isLast) = try field(startingAt: start)
      fields.append(field)
      if isLast { return Record(line: start, fields: fields) }
    }
  }

  /// The next field, and whether it ends its record.
  private mutating func field(startingAt start: Int) throws(CSVError) -> (String, isLast: Bool) {
    if try input.peek(at: 0) == .quote { return try quotedField(startingAt: start) }
    var length = 0
    while let byte = try input.peek(at: length) {
      if byte == separator || byte == .lineFeed || byte == .carriageReturn { break }
      length += 1
    }
    guard let text = input.take(length) else { throw .notUTF8(line: start) }
    return (text, try endOfField(startingAt: start))
  }

  private mutating func quotedField(startingAt start: Int) throws(CSVError) -> (String, isLast: Bool) {
    input.skip(1)
    var bytes: [UInt8] = []
    while true {
      guard let byte = try input.peek(at: 0) else { throw .unclosedQuote(line: start) }
      input.skip(1)
      if byte == .lineFeed { line += 1 }
      if byte != .quote {
        bytes.append(byte)
      } else if try input.peek(at: 0) == .quote {
        bytes.append(.quote)
        input.skip(1)
      } else {
        break
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(line: start) }
    return (text, try endOfField(startingAt: start))
  }

  private mutating func endOfField(startingAt start: Int) throws(CSVError) -> Bool {
    switch try input.peek(at: 0) {
    case nil: return true
    case separator:
      input.skip(1)
      return false
    case .carriageReturn:
      input.skip(1)
      if try input.peek(at: 0) == .lineFeed { input.skip(1) }
    case .lineFeed: input.skip(1)
    default: throw .textAfterQuote(line: start)
    }
    line += 1
    return true
  }
}

/// Why a text is not a table; the line is the one on which the record starts.
package enum CSVError: Error, Equatable {
  case unclosedQuote(line: Int)
  case textAfterQuote(line: Int)
  case notUTF8(line: Int)
  case unreadable(String)
}

extension CSVError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unclosedQuote(let line): "line \(line): a quoted field is not closed"
    case .textAfterQuote(let line): "line \(line): text follows a closing quote; expected a separator"
    case .notUTF8(let line): "line \(line): the text is not UTF-8; save the file as UTF-8"
    case .unreadable(let reason): reason
    }
  }
}
