import CPostgres

/// What a read has got ahead, and what it asks.
struct PostgresForetelling {
  let subject: ForetoldStatements.Subject
  var answers: [(statement: SQL, result: PostgresResult)] = []
  var asked: [ForetoldStatements.Asked] = []

  func answer(to sql: SQL) -> PostgresResult? { answers.first { $0.statement == sql }?.result }
}

/// Statements sent ahead of the reads that will probably ask them: they travel with what opens the transaction, in one
/// round trip, and are answered from the same snapshot as all that the read asks besides.
extension PostgresConnection {
  func foretell(_ subject: String, of kind: String) throws(DatabaseError) {
    // Once a row was handed out the transaction cannot be begun anew, which a failure would ask for.
    guard keepsStatements, let foretold, isReading, let begin = opening, !isPiped, foretelling == nil else {
      return
    }
    let subject = ForetoldStatements.Subject(subject, of: kind)
    foretelling = PostgresForetelling(subject: subject)
    let statements = foretold.statements(for: subject)
    guard !statements.isEmpty else { return }
    try attempt { () throws(DatabaseError) in
      do throws(DatabaseError) {
        foretelling?.answers = Array(zip(statements, try answers(to: statements)))
      } catch {
        foretold.forget(subject)
        guard PQstatus(handle) == CONNECTION_OK else { throw error }
        if PQtransactionStatus(handle) != PQTRANS_IDLE { try command("ROLLBACK") }
        opening = begin
      }
    }
  }

  func askAhead(_ statements: [SQL]) throws(DatabaseError) {
    guard keepsStatements else { return }
    try check()
    let unknown = statements.filter { foretelling?.answer(to: $0) == nil }
    early = []
    guard !unknown.isEmpty else { return }
    early = try attempt { () throws(DatabaseError) in Array(zip(unknown, try answers(to: unknown))) }
  }

  /// Sends all of them, and waits once for the answers, which are rows. What the server has not prepared yet is prepared
  /// on the way.
  private func answers(to statements: [SQL]) throws(DatabaseError) -> [PostgresResult] {
    var fresh: [SQL] = []
    var results: [PostgresResult] = []
    do throws(DatabaseError) {
      for sql in statements {
        try arguments.set(sql)
        var statement = kept(sql)
        if statement == nil {
          fresh.append(sql)
          statement = try pipePreparation(of: sql)
        }
        if let statement { try pipe(statement) }
      }
      try collect { result in
        let isSelection = PQresultStatus(result) == PGRES_TUPLES_OK
        if isSelection { results.append(PostgresResult(result)) } else { PQclear(result) }
      }
    } catch {
      abandon()
      // After the one that failed nothing was prepared.
      for sql in fresh { forgetStatement(sql) }
      throw error
    }
    guard results.count >= statements.count else { throw .failed("a statement sent ahead has no rows") }
    // What had been sent before may have had rows too, which nobody wanted.
    return results.suffix(statements.count)
  }

  /// The answer that came ahead; nil where the statement, with its very values, was not foreseen.
  func foreseen(_ sql: SQL) -> PostgresResult? {
    var result = foretelling?.answer(to: sql)
    if result == nil, let place = early.firstIndex(where: { $0.statement == sql }) {
      result = early.remove(at: place).result
    }
    if let result { note(sql, size: result.size) }
    return result
  }

  func note(_ sql: SQL, size: Int) {
    foretelling?.asked.append(ForetoldStatements.Asked(statement: sql, size: size))
  }

  /// Keeps what the read asked for the next one like it.
  func learn() {
    guard let foretelling else { return }
    foretold?.learn(foretelling.asked, for: foretelling.subject)
  }
}
