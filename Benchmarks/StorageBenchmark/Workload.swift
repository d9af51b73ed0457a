import Storage

/// What is asked of both engines.
struct Workload: Sendable {
  let database: any Database
  let ledger: Ledger
  let seconds: Int

  func bulk() async throws -> Rate {
    try await rate {
      try await database.write { try ledger.insert(in: $0) }
      return Int(ledger.rows)
    }
  }

  /// Reads by key, all in one snapshot.
  func pointReads() async throws -> Rate {
    try await rate {
      try await database.read { connection in
        try repeated(for: seconds) { try read($0, in: connection) }
      }
    }
  }

  /// Reads by key, each in a snapshot of its own.
  func singleReads() async throws -> Rate {
    try await rate {
      try await repeated(for: seconds) { number in
        try await database.read { try read(number, in: $0) }
      }
    }
  }

  /// Writes one row and commits, again and again.
  func transactions(from first: Int64) async throws -> Rate {
    try await rate {
      try await repeated(for: seconds) { number in
        try await database.write { connection in
          try connection.execute(
            """
            INSERT INTO ledger (id, centre, item, lot, quantity, reason, day, recorded)
            VALUES (\(first + number), 1, 2, 3, 4, \("used"), \("2020-05-18"), \("2020-05-18T08:00:00Z"))
            """
          )
        }
      }
    }
  }

  /// Two readers and one writer at once.
  func mixed(from first: Int64) async throws -> (reads: Rate, writes: Rate) {
    async let first = transactions(from: first)
    async let one = singleReads()
    async let two = singleReads()
    let (writes, left, right) = try await (first, one, two)
    let reads = Rate(count: left.count + right.count, seconds: left.seconds, cpu: left.cpu)
    return (reads, writes)
  }

  private func read(_ number: Int64, in connection: any Connection) throws {
    let id = number &* 7_919 % ledger.rows + 1
    let row = try connection.query(
      "SELECT id, centre, item, quantity, day FROM ledger WHERE id = \(id)"
    ).first
    let decoded = try row?.decode(as: Int64.self, Int64.self, Int64.self, Int64.self, String.self)
    precondition(decoded?.0 == id)
  }
}
