import Glibc

/// The lines of an export, read from a descriptor in memory bounded by the longest line.
struct ExchangeLines {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  /// The number of the line that was read last, from 1.
  private(set) var number = 0

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end; nil after the last one.
  mutating func next() throws(ExchangeError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) { return line(to: end) }
      searched = buffer.count - start
      buffer.removeFirst(start)
      start = 0
      guard try fill() else { break }
    }
    return buffer.isEmpty ? nil : line(to: buffer.count)
  }

  private mutating func line(to end: Int) -> [UInt8] {
    defer { start = min(end + 1, buffer.count) }
    number += 1
    return Array(buffer[start..<end])
  }

  private mutating func fill() throws(ExchangeError) -> Bool {
    let size = 1 << 16
    var count = 0
    repeat {
      count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { bytes in
        let read = Glibc.read(descriptor, bytes.baseAddress, size)
        if read > 0 { buffer += bytes[..<read] }
        return read
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw .unreadable("cannot read: \(String(cString: strerror(errno)))") }
    return count > 0
  }
}
