import Glibc

/// The bytes of a file or of a text, read in chunks and looked at before they are taken.
package struct ByteInput: ~Copyable {
  private var buffer: [UInt8]
  private var position = 0
  private let descriptor: Int32?
  private let ownsDescriptor: Bool

  package init(_ bytes: [UInt8]) {
    buffer = bytes
    descriptor = nil
    ownsDescriptor = false
  }

  /// Opens the file at `path`, or standard input for `-`; where a request brought its own, only those.
  package init(path: String) throws(CSVError) {
    let sent = Attachments.current
    buffer = sent?[path] ?? []
    ownsDescriptor = sent == nil && path != "-"
    guard sent == nil else {
      guard sent?[path] != nil else { throw .unreadable("cannot read \(path): it was not sent along") }
      descriptor = nil
      return
    }
    let opened = ownsDescriptor ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard opened >= 0 else { throw .unreadable("cannot read \(path): \(String(cString: strerror(errno)))") }
    descriptor = opened
  }

  deinit { if let descriptor, ownsDescriptor { close(descriptor) } }

  /// The byte `offset` places ahead; nil past the end.
  mutating func peek(at offset: Int) throws(CSVError) -> UInt8? {
    if position + offset >= buffer.count {
      guard try fill(atLeast: offset) else { return nil }
    }
    return buffer[position + offset]
  }

  mutating func skip(_ count: Int) { position += count }

  /// The next `count` bytes, which have been peeked at, as text; nil when they are not UTF-8.
  mutating func take(_ count: Int) -> String? {
    defer { position += count }
    return String(validating: buffer[position..<position + count], as: UTF8.self)
  }

  /// The next line when it ends with a line feed and holds neither quotes nor other line ends; nil when it has to
  /// be read with more care.
  /// - Returns: the length of its text, and with the line end.
  mutating func plainLine() throws(CSVError) -> (text: Int, whole: Int)? {
    var length = 0
    while true {
      length = plainLength(from: length)
      if position + length < buffer.count { break }
      guard try fill(atLeast: length) else { return nil }
    }
    switch buffer[position + length] {
    case UInt8(ascii: "\n"): return (length, length + 1)
    case UInt8(ascii: "\r"):
      return try peek(at: length + 1) == UInt8(ascii: "\n") ? (length, length + 2) : nil
    default: return nil
    }
  }

  /// How far the buffer goes on without quotes or line ends, `start` bytes of which are known.
  private func plainLength(from start: Int) -> Int {
    let bytes = buffer.span
    var place = position + start
    while place < bytes.count {
      switch bytes[unchecked: place] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\""): return place - position
      default: place += 1
      }
    }
    return place - position
  }

  /// Takes the next `count` bytes, which have been looked at, as the fields of `row`; false when they are not UTF-8.
  func split(_ count: Int, at separator: UInt8, into row: inout CSVRow) -> Bool {
    row.split(buffer.span.extracting(position..<position + count), at: separator)
  }

  mutating func skipByteOrderMark() throws(CSVError) {
    if try peek(at: 0) == 0xEF, try peek(at: 1) == 0xBB, try peek(at: 2) == 0xBF { skip(3) }
  }

  /// Reads until the byte at `offset` is in the buffer; false at the end of the file.
  private mutating func fill(atLeast offset: Int) throws(CSVError) -> Bool {
    guard let descriptor else { return false }
    buffer.removeFirst(position)
    position = 0
    while buffer.count <= offset {
      let chunk = 1 << 16
      var failure: CSVError?
      let read = [UInt8](unsafeUninitializedCapacity: chunk) { bytes, count in
        let result = Glibc.read(descriptor, bytes.baseAddress, chunk)
        if result < 0 { failure = .unreadable("cannot read: \(String(cString: strerror(errno)))") }
        count = max(0, result)
      }
      if let failure { throw failure }
      if read.isEmpty { return false }
      buffer += read
    }
    return true
  }
}
