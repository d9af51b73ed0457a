import Foundation
import Storage
import Testing

@Suite struct SQLiteTests {
  private let count: SQL = "SELECT count(*) FROM sample"

  /// The limit on pages stands for a disk that is full: SQLite reports both alike.
  @Test func `a full disk is named, and what was there stays`() async throws {
    try await Driver.file.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (name) VALUES ('kept')")
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.run(script: "PRAGMA max_page_count = 20")
          try connection.insert(into: "sample", columns: ["name"]) { writer in
            for index in 0..<10_000 {
              writer.text("a long name that fills the page, number \(index)")
              try writer.endRow()
            }
          }
        }
      }
      guard case .full = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.rows(count) == [[.integer(1)]])
      try await database.write { try $0.run(script: "PRAGMA max_page_count = 1000000") }
      try await database.run("INSERT INTO sample (name) VALUES ('again')")
    }
  }

  @Test func `no update is lost among processes that share the file`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "shared.sqlite").path
      let databases = [try SQLite(path: path), try SQLite(path: path)]
      try await databases[0].write { connection in
        try connection.run(script: sampleTable(.sqlite))
        try connection.execute("INSERT INTO sample (id, whole) VALUES (1, 0)")
      }
      try await inParallel(40) { index in
        try await databases[index % 2].write { connection in
          try connection.execute("UPDATE sample SET whole = whole + 1")
        }
      }
      #expect(try await databases[1].rows("SELECT whole FROM sample") == [[.integer(40)]])
    }
  }

  @Test func `a file that another process keeps locked is busy, in time`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "shared.sqlite").path
      let holder = try SQLite(path: path)
      var options = SQLite.Options()
      options.patience = .milliseconds(60)
      let other = try SQLite(path: path, options: options)
      let gate = Gate()
      async let held: Void = holder.write { _ in gate.pass() }
      await gate.arrival()
      let error = await #expect(throws: DatabaseError.self) {
        try await other.run("CREATE TABLE a (b) STRICT")
      }
      #expect(error?.description.contains("busy") == true)
      gate.open()
      try await held
    }
  }

  @Test func `a backup is the state of one moment, while writers go on`() async throws {
    try await withFolder { folder in
      let (path, copy) = (folder.appending(path: "a.sqlite").path, folder.appending(path: "b.sqlite").path)
      let database = try SQLite(path: path)
      try await database.write { try $0.run(script: sampleTable(.sqlite)) }
      async let written: Void = inParallel(50) { index in
        try await database.write { connection in
          let whole = Int64(index)
          try connection.execute("INSERT INTO sample (whole) VALUES (\(whole)), (\(-whole))")
        }
      }
      try await database.backup(to: copy)
      try await written
      let restored = try SQLite(path: ":memory:")
      try await restored.restore(from: copy)
      #expect(try await restored.rows("SELECT coalesce(sum(whole), 0) FROM sample") == [[.integer(0)]])
      #expect(try await database.problems() == [])
      await #expect(throws: DatabaseError.self) { try await database.backup(to: copy) }
    }
  }

  @Test func `a restore replaces everything, for readers too`() async throws {
    try await withFolder { folder in
      let (path, copy) = (folder.appending(path: "a.sqlite").path, folder.appending(path: "b.sqlite").path)
      let database = try SQLite(path: path)
      try await database.write { connection in
        try connection.run(script: sampleTable(.sqlite))
        try connection.execute("INSERT INTO sample (name) VALUES ('old')")
      }
      try await database.backup(to: copy)
      try await database.run("UPDATE sample SET name = 'new'")
      #expect(try await database.rows("SELECT name FROM sample") == [[.text("new")]])
      try await database.restore(from: copy)
      #expect(try await database.rows("SELECT name FROM sample") == [[.text("old")]])
    }
  }

  @Test func `a damaged backup is refused and nothing is replaced`() async throws {
    try await withFolder { folder in
      let damaged = folder.appending(path: "damaged.sqlite")
      try Data("this is not a database, whatever its name may say".utf8).write(to: damaged)
      let database = try SQLite(path: ":memory:")
      try await database.write { try $0.run(script: sampleTable(.sqlite)) }
      let error = await #expect(throws: DatabaseError.self) { try await database.restore(from: damaged.path) }
      guard case .corrupt = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.rows(count) == [[.integer(0)]])
      #expect(throws: DatabaseError.self) { try SQLite(path: damaged.path) }
    }
  }

  @Test func `a place where no file can be is named`() {
    let error = #expect(throws: DatabaseError.self) { try SQLite(path: "/nowhere/at/all.sqlite") }
    #expect(error?.description.contains("/nowhere/at/all.sqlite") == true)
  }

  @Test func `what is committed is there for the next process`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "a.sqlite").path
      let first = try SQLite(path: path)
      try await first.write { try $0.run(script: sampleTable(.sqlite)) }
      try await first.run("INSERT INTO sample (name) VALUES ('kept')")
      await first.close()
      #expect(try await SQLite(path: path).rows("SELECT name FROM sample") == [[.text("kept")]])
    }
  }
}

private func withFolder(_ body: (URL) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "procure-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder)
}
