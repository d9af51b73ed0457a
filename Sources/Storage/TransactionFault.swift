/// What went wrong in the transaction under way.
///
/// On PostgreSQL a failed statement leaves only a rollback to a savepoint; SQLite would go on. Both drivers
/// keep this record, so that on both every later statement, and the commit, fail with the first error.
struct TransactionFault {
  private(set) var error: DatabaseError?
  /// No savepoint mends a lost conflict, a lost connection or a transaction that the engine ended.
  private(set) var isFinal = false

  mutating func record(_ error: DatabaseError, isFinal: Bool) {
    self.error = self.error ?? error
    self.isFinal = self.isFinal || isFinal
  }

  /// Forgets what the rollback to a savepoint has undone.
  mutating func mend() {
    if !isFinal { error = nil }
  }

  func check() throws(DatabaseError) {
    if let error { throw error }
  }
}
