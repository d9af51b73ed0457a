import CSQLite
import Glibc

extension SQLite {
  /// Copies the database as it is now to a new file, beside readers and writers at work.
  ///
  /// The file appears under its name when it is whole and was read through; it needs no other file beside it.
  /// Throws when it exists already.
  package func backup(to path: String) async throws {
    guard access(path, F_OK) != 0 else { throw DatabaseError.failed("\(path) exists already") }
    let partial = path + ".partial"
    unlink(partial)
    try await onReader { source in
      let target = try SQLiteConnection(path: partial, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
      // Held open, the snapshot keeps the copy from starting anew at each commit.
      try source.transaction("BEGIN", readOnly: true) { _ in try copy(from: source, to: target) }
      try target.run(script: "PRAGMA journal_mode = DELETE")
      let problems = try target.problems()
      guard problems.isEmpty else { throw DatabaseError.corrupt(problems.prefix(5).joined(separator: "; ")) }
    }
    guard rename(partial, path) == 0 else {
      throw DatabaseError.failed("\(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Replaces the whole content by that of a backup, after looking it through; nothing changes when it is damaged.
  package func restore(from path: String) async throws {
    try await onWriter { target in
      let source = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY)
      let problems = try source.problems()
      guard problems.isEmpty else {
        throw DatabaseError.corrupt("\(path): \(problems.prefix(5).joined(separator: "; "))")
      }
      try copy(from: source, to: target)
    }
  }

  /// What is wrong in the file: damaged pages, rows that refer to nothing. Reads everything.
  package func problems() async throws -> [String] { try await onReader { try $0.problems() } }

  /// The bytes of the whole database; held in memory.
  package func image() async throws -> [UInt8] {
    try await onReader { connection in
      var size: sqlite3_int64 = 0
      guard let bytes = sqlite3_serialize(connection.handle, "main", &size, 0) else {
        throw DatabaseError.full("no memory for an image of the database")
      }
      defer { sqlite3_free(bytes) }
      return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(size)))
    }
  }

  /// A database in memory that starts as a copy of `image`.
  package convenience init(image: [UInt8], options: Options = Options()) async throws {
    try self.init(path: ":memory:", options: options)
    try await onWriter { try $0.load(image) }
  }
}

extension SQLiteConnection {
  fileprivate func problems() throws(DatabaseError) -> [String] {
    let damage = try query("PRAGMA integrity_check").compactMap { row -> String? in
      if case .text(let words)? = row.values.first, words != "ok" { words } else { nil }
    }
    guard damage.isEmpty else { return damage }
    return try query("PRAGMA foreign_key_check").map { row in
      "a row of \(row.values[0]) refers to a row of \(row.values[2]) that is not there"
    }
  }

  fileprivate func load(_ image: [UInt8]) throws(DatabaseError) {
    let size = sqlite3_int64(image.count)
    guard let bytes = sqlite3_malloc64(sqlite3_uint64(size)) else { throw .full("no memory") }
    UnsafeMutableRawBufferPointer(start: bytes, count: image.count).copyBytes(from: image)
    let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
    let start = bytes.assumingMemoryBound(to: UInt8.self)
    let code = sqlite3_deserialize(handle, "main", start, size, size, flags)
    guard code == SQLITE_OK else { throw sqliteError(code, handle) }
  }
}

private func copy(from source: SQLiteConnection, to target: SQLiteConnection) throws(DatabaseError) {
  guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
    throw sqliteError(sqlite3_errcode(target.handle), target.handle)
  }
  let code = sqlite3_backup_step(backup, -1)
  let end = sqlite3_backup_finish(backup)
  guard code == SQLITE_DONE else { throw sqliteError(code == SQLITE_OK ? end : code, target.handle) }
}
