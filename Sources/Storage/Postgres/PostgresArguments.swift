import CPostgres

/// The values of one statement, laid out as libpq takes them: one buffer, reused from call to call.
struct PostgresArguments {
  private var bytes: [UInt8] = []
  /// Where each value starts; `nil` is NULL.
  private var starts: [Int?] = []
  private(set) var types: [Oid] = []
  private var pointers: [UnsafePointer<CChar>?] = []

  var count: Int { starts.count }

  /// Takes the values of `sql` in their order.
  mutating func set(_ sql: SQL) throws(DatabaseError) {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    types.removeAll(keepingCapacity: true)
    for case .value(let value) in sql.pieces { try append(value) }
  }

  private mutating func append(_ value: Value) throws(DatabaseError) {
    starts.append(value == .null ? nil : bytes.count)
    types.append(value.oid)
    switch value {
    case .null: return
    case .integer(let integer): bytes.append(digits: integer)
    case .real(let real): bytes += try storable(real).description.utf8
    case .text(let text):
      let start = bytes.count
      bytes += text.utf8
      if bytes[start...].contains(0) { throw nulInText(text) }
    }
    bytes.append(0)
  }

  /// Calls `body` with pointers that are good until it returns.
  mutating func withPointers<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    pointers.removeAll(keepingCapacity: true)
    return bytes.withUnsafeBytes { buffer in
      for start in starts {
        pointers.append(
          start.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
        )
      }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

/// The type numbers of PostgreSQL's catalogue.
enum PostgresType {
  static let unknown: Oid = 0
  static let bool: Oid = 16
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
}

extension Value {
  fileprivate var oid: Oid {
    switch self {
    case .null: PostgresType.unknown
    case .integer: PostgresType.int8
    case .real: PostgresType.float8
    case .text: PostgresType.text
    }
  }
}

extension [UInt8] {
  /// The decimal digits of `integer`, without a string in between.
  mutating func append(digits integer: Int64) {
    if integer < 0 { append(UInt8(ascii: "-")) }
    let start = count
    var rest = integer.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}
