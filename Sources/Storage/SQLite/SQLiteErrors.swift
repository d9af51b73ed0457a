import CSQLite

/// The error for a result code, in the engine's words.
func sqliteError(_ code: Int32, _ handle: OpaquePointer?) -> DatabaseError {
  let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
  switch code & 0xFF {
  case SQLITE_CONSTRAINT: return .constraint(constraint(of: code), message)
  case SQLITE_BUSY, SQLITE_LOCKED: return .busy("\(message); another process may be writing to it")
  case SQLITE_FULL: return .full(message)
  case SQLITE_READONLY, SQLITE_PERM: return .readOnly(message)
  case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(message)
  case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_NOLFS: return .unreachable(message)
  default: return .failed(message)
  }
}

private func constraint(of code: Int32) -> DatabaseError.Constraint {
  switch code >> 8 {
  case 8, 6, 10: .unique  // UNIQUE, PRIMARYKEY, ROWID
  case 3: .foreignKey
  case 1: .check
  case 5: .notNull
  default: .other
  }
}
