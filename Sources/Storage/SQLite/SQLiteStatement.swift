import CSQLite

/// A prepared statement, finalised with its last reference.
final class SQLiteStatement {
  let handle: OpaquePointer
  let isReadOnly: Bool
  let columnCount: Int32
  /// A statement being stepped cannot be started a second time.
  var isBusy = false

  init(handle: OpaquePointer) {
    self.handle = handle
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
    columnCount = sqlite3_column_count(handle)
  }
  deinit { sqlite3_finalize(handle) }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    isBusy = false
  }

  /// Ready for the next row of a bulk insert, which binds every value anew.
  func restart() { sqlite3_reset(handle) }

  /// Binds the values of `sql` in their order.
  func bind(_ sql: SQL) throws(DatabaseError) {
    var index: Int32 = 0
    for case .value(let value) in sql.pieces {
      index += 1
      switch value {
      case .null: bindNull(at: index)
      case .integer(let integer): bind(integer, at: index)
      case .real(let real): try bind(real, at: index)
      case .text(let text): try bind(text, at: index)
      }
    }
  }

  func bindNull(at index: Int32) { sqlite3_bind_null(handle, index) }
  func bind(_ integer: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, integer) }
  func bind(_ real: Double, at index: Int32) throws(DatabaseError) {
    sqlite3_bind_double(handle, index, try storable(real))
  }

  /// Copied: a short Swift string lives on the stack.
  func bind(_ text: String, at index: Int32) throws(DatabaseError) {
    var text = text
    let code = text.withUTF8 { bytes -> Int32? in
      guard !hasNUL(UnsafeRawBufferPointer(bytes)) else { return nil }
      return bytes.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_bind_text64(
          handle,
          index,
          characters.baseAddress,
          UInt64(characters.count),
          sqliteTransient,
          UInt8(SQLITE_UTF8)
        )
      }
    }
    guard let code else { throw nulInText(text) }
    guard code == SQLITE_OK else { throw .unstorable("a text of \(text.utf8.count) bytes is too long") }
  }

  /// The row the statement stands on.
  func row() throws(DatabaseError) -> Row {
    var values: [Value] = []
    values.reserveCapacity(Int(columnCount))
    for column in 0..<columnCount { values.append(try value(at: column)) }
    return Row(values)
  }

  private func value(at column: Int32) throws(DatabaseError) -> Value {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT: .text(text(at: column))
    case SQLITE_NULL: .null
    default: throw .failed("column \(column + 1) holds a blob; only integers, reals and text are stored")
    }
  }

  private func text(at column: Int32) -> String {
    let start = sqlite3_column_text(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}

/// Tells SQLite to copy what it is given.
private let sqliteTransient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
