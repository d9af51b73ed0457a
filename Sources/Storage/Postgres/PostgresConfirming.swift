/// What a transaction depends on and has asked without waiting.
struct PostgresConfirming {
  typealias Check = ([Row]) throws -> Void

  /// How many statements were sent since an answer was waited for; each has one answer.
  var sent = 0
  private var checks: [Int: Check] = [:]
  /// What a check threw, which is what the transaction throws.
  var refusal: (any Error)?

  /// Whether something was asked whose answer was not seen.
  var isUnderWay: Bool { !checks.isEmpty }

  /// Has the answer checked to what is sent next.
  mutating func expect(_ check: @escaping Check) { checks[sent] = check }

  /// The checks by the places of their answers among those that are waited for now.
  mutating func take() -> [Int: Check] {
    defer { (checks, sent) = ([:], 0) }
    return checks
  }
}

extension PostgresConnection {
  func confirm(_ sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws {
    guard keepsStatements, !isReading else { return try check(query(sql)) }
    try self.check()
    try attempt { () throws(DatabaseError) in
      try arguments.set(sql)
      let statement = try statement(for: sql)
      try beginPipe()
      confirming.expect(check)
      try pipe(statement)
    }
  }

  /// Lets a check see its answer; where it throws, the transaction cannot go on.
  func confirm(_ answer: PostgresResult, _ check: PostgresConfirming.Check) throws(DatabaseError) {
    let rows = try answer.rows()
    do { try check(rows) } catch {
      confirming.refusal = error
      throw .failed("what the transaction depends on does not hold: \(error)")
    }
  }
}
