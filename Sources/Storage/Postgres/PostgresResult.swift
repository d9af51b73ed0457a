import CPostgres
import Glibc

/// The rows of one statement, freed with the last reference.
final class PostgresResult {
  private let handle: OpaquePointer?
  private let types: [Oid]
  let rowCount: Int32

  init(_ handle: OpaquePointer?) {
    self.handle = handle
    types = (0..<PQnfields(handle)).map { PQftype(handle, $0) }
    rowCount = PQntuples(handle)
  }
  deinit { PQclear(handle) }

  /// The memory it takes, in bytes.
  var size: Int { PQresultMemorySize(handle) }

  func rows() throws(DatabaseError) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(Int(rowCount))
    for index in 0..<rowCount { rows.append(try row(index)) }
    return rows
  }

  func row(_ index: Int32) throws(DatabaseError) -> Row {
    var values: [Value] = []
    values.reserveCapacity(types.count)
    for (column, type) in zip(Int32(0)..., types) { values.append(try value(index, column, type)) }
    return Row(values)
  }

  private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws(DatabaseError) -> Value {
    guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else {
      return .null
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
    switch type {
    case PostgresType.int8, PostgresType.int4, PostgresType.int2: return .integer(try integer(bytes))
    case PostgresType.float8, PostgresType.float4: return .real(strtod(start, nil))
    case PostgresType.bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
    case PostgresType.numeric: return try number(bytes, start)
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The sum of 64-bit integers is a `numeric` here and an integer on SQLite.
  private func number(
    _ bytes: UnsafeRawBufferPointer,
    _ start: UnsafePointer<CChar>
  ) throws(DatabaseError) -> Value {
    bytes.contains(UInt8(ascii: ".")) ? .real(strtod(start, nil)) : .integer(try integer(bytes))
  }

  private func integer(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
    var value: Int64 = 0
    var overflows = false
    let isNegative = bytes.first == UInt8(ascii: "-")
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      let tens = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte &- UInt8(ascii: "0"))
      let sum = tens.partialValue.subtractingReportingOverflow(digit)
      overflows = overflows || tens.overflow || sum.overflow || digit > 9
      value = sum.partialValue
    }
    guard !overflows, isNegative || value != .min else {
      throw .failed("integer overflow: \(String(decoding: bytes, as: UTF8.self))")
    }
    return isNegative ? value : -value
  }
}
