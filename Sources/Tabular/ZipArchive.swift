/// Files in one file, uncompressed: equal files are equal bytes.
///
/// After PKWARE's APPNOTE 6.3: local headers with their contents, the central directory, its end.
struct ZipArchive {
  private var contents: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  /// 1 January 1980, the first day that the format knows.
  private static let day: UInt16 = 0x0021

  mutating func add(_ name: String, _ text: String) {
    let (bytes, name) = (Array(text.utf8), Array(name.utf8))
    var common: [UInt8] = []
    common.append(20, of: UInt16.self)
    // No flags, no compression, midnight.
    for _ in 1...3 { common.append(0, of: UInt16.self) }
    common.append(Self.day, of: UInt16.self)
    common.append(Self.checksum(of: bytes), of: UInt32.self)
    common.append(UInt32(bytes.count), of: UInt32.self)
    common.append(UInt32(bytes.count), of: UInt32.self)
    common.append(UInt16(name.count), of: UInt16.self)
    common.append(0, of: UInt16.self)

    directory += [0x50, 0x4B, 0x01, 0x02]
    directory.append(20, of: UInt16.self)
    directory += common
    for _ in 1...3 { directory.append(0, of: UInt16.self) }
    directory.append(0, of: UInt32.self)
    directory.append(UInt32(contents.count), of: UInt32.self)
    directory += name

    contents += [0x50, 0x4B, 0x03, 0x04]
    contents += common
    contents += name
    contents += bytes
    count += 1
  }

  func bytes() -> [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    for value in [0, 0, count, count] { end.append(value, of: UInt16.self) }
    end.append(UInt32(directory.count), of: UInt32.self)
    end.append(UInt32(contents.count), of: UInt32.self)
    end.append(0, of: UInt16.self)
    return contents + directory + end
  }

  /// CRC-32 as in IEEE 802.3, reflected.
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
      (sum >> 8) ^ remainders[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
  }

  private static let remainders: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(_ value: Number, of type: Number.Type) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
