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
