/// A list of JSON as lines, one value each, for programs that read them one at a time (ndjson.org).
enum JSONLines {
  static let mediaType = "application/x-ndjson"

  /// The elements of a list, each on a line of its own without the white space between its parts; what is no list is one
  /// line. The values are the same bytes: nothing is read as a number and written anew.
  static func text(of json: String) -> String {
    var lines: [UInt8] = []
    lines.reserveCapacity(json.utf8.count)
    var (depth, isQuoted, isEscaped) = (0, false, false)
    let isList = json.utf8.first { !isSpace($0) } == UInt8(ascii: "[")
    let top = isList ? 1 : 0
    for byte in json.utf8 {
      if isQuoted {
        lines.append(byte)
        (isQuoted, isEscaped) = (
          isEscaped || byte != UInt8(ascii: "\""), !isEscaped && byte == UInt8(ascii: "\\")
        )
        continue
      }
      guard !isSpace(byte) else { continue }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      let opensList = isList && depth == 1 && byte == UInt8(ascii: "[")
      let endsList = isList && depth == 0
      if opensList || endsList { continue }
      lines.append(depth == top && byte == UInt8(ascii: ",") ? UInt8(ascii: "\n") : byte)
    }
    if !lines.isEmpty { lines.append(UInt8(ascii: "\n")) }
    return String(decoding: lines, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
