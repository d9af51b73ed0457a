import CPostgres

/// Statements that are sent without waiting for the answer to each.
///
/// A round trip costs both sides more than a short statement does. So what opens a transaction, and what `send` is given,
/// travels with the next statement that is waited for. The server runs them in order, and after one that fails it skips
/// the rest.
extension PostgresConnection {
  func send(_ sql: SQL) throws(DatabaseError) {
    guard keepsStatements else {
      _ = try query(sql)
      return
    }
    try check()
    try attempt { () throws(DatabaseError) in
      try arguments.set(sql)
      try pipe(try statement(for: sql))
    }
  }

  /// Plans for keys, once for all values, until the transaction ends.
  ///
  /// The planner takes a table of one page as a whole, and a whole table that was read is in the way of every
  /// serialisable transaction that changes a row of it. It also expects of a report's key as many lines as reports have
  /// on average, and would join them with whole tables.
  func expectFewRows() throws(DatabaseError) {
    guard !expectsFewRows else { return }
    try send(
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
        set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
      """
    )
    expectsFewRows = true
  }

  /// Whether something was sent whose answer has not been read.
  var isPiped: Bool { PQpipelineStatus(handle) != PQ_PIPELINE_OFF }

  /// Sends what opens the transaction, where that is still to be done, and a statement with the values that are set.
  func pipe(_ statement: PostgresStatement) throws(DatabaseError) {
    try beginPipe()
    let count = Int32(arguments.count)
    let isSent = arguments.withPointers {
      PQsendQueryPrepared(handle, statement.name, count, $0, nil, nil, 0)
    }
    guard isSent == 1 else { throw postgresError(nil, handle) }
    confirming.sent += 1
  }

  func beginPipe() throws(DatabaseError) {
    PQenterPipelineMode(handle)
    guard let begin = opening else { return }
    opening = nil
    try pipe(begin)
  }

  func pipe(_ command: String) throws(DatabaseError) {
    guard PQsendQueryParams(handle, command, 0, nil, nil, nil, nil, 0) == 1 else {
      throw postgresError(nil, handle)
    }
    confirming.sent += 1
  }

  /// Waits for the answers to all that was sent and returns the last; the first failure is what it throws.
  func collect() throws(DatabaseError) -> PostgresResult {
    var last: OpaquePointer?
    do throws(DatabaseError) {
      try collect { result in
        PQclear(last)
        last = result
      }
    } catch {
      PQclear(last)
      throw error
    }
    return PostgresResult(last)
  }

  /// Waits for the answers to all that was sent and hands over each, to be freed by whoever takes it, up to the first
  /// failure, which is what it throws.
  func collect(_ take: (OpaquePointer) -> Void) throws(DatabaseError) {
    waits += 1
    var checks = confirming.take()
    var place = 0
    defer { PQexitPipelineMode(handle) }
    guard PQpipelineSync(handle) == 1 else { throw postgresError(nil, handle) }
    var failure: DatabaseError?
    do throws(DatabaseError) {
      while let result = try nextOfPipeline() {
        do throws(DatabaseError) {
          defer { place += 1 }
          guard let result = try accepted(result) else { continue }
          if failure != nil {
            PQclear(result)
          } else if let check = checks.removeValue(forKey: place) {
            try confirm(PostgresResult(result), check)
          } else {
            take(result)
          }
        } catch {
          failure = failure ?? error
        }
      }
    } catch {
      failure = failure ?? error
    }
    if failure == nil, PQstatus(handle) != CONNECTION_OK { failure = postgresError(nil, handle) }
    if let failure { throw failure }
  }

  /// Reads the answers that nobody wants any more, before a rollback.
  func abandon() {
    if isPiped { _ = try? collect() }
  }

  /// The next result, or nil at the point of synchronisation; a nil result in between ends a statement.
  ///
  /// A server that crashes may leave the connection in order, so it seems, with nothing more to come: two nil results
  /// one after the other tell (seen with libpq 15).
  private func nextOfPipeline() throws(DatabaseError) -> OpaquePointer? {
    var hasEnded = false
    while PQstatus(handle) == CONNECTION_OK {
      guard let result = PQgetResult(handle) else {
        if hasEnded { throw .unreachable("the server ended the session in the middle of a statement") }
        hasEnded = true
        continue
      }
      guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { return result }
      PQclear(result)
      return nil
    }
    return nil
  }
}
