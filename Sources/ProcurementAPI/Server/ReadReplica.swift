package import Storage
import Synchronization

/// A hot standby of the database that planners' reads go to, for as long as it keeps up.
///
/// What it answers may be some seconds old, and says so; where it is far behind, cut off from the primary or gone, the
/// primary is read as if there were no other.
package final class ReadReplica: Sendable {
  let database: any Database
  /// The age from which what it holds is too old to show, in seconds.
  private let most: Int64
  private let measure: @Sendable (any Database) async throws -> Int64?
  private let last = Mutex<Reading?>(nil)

  private struct Reading {
    /// Seconds behind; nil where nobody can tell.
    var lag: Int64?
    var until: ContinuousClock.Instant
  }

  /// - Parameters:
  ///   - database: the standby.
  ///   - most: the most seconds that it may be behind.
  ///   - measure: how many seconds it is behind; nil where nobody can tell.
  package init(
    _ database: any Database,
    most: Int64 = 10,
    measure: @escaping @Sendable (any Database) async throws -> Int64? = ReadReplica.lag
  ) {
    self.database = database
    self.most = most
    self.measure = measure
  }

  /// How many seconds what it holds may be old; nil where it is not to be read. Measured once a second at most.
  func age() async -> Int64? {
    if let known = last.withLock(\.self), known.until > .now { return known.lag }
    let lag = ((try? await measure(database)) ?? nil).flatMap { $0 <= most ? $0 : nil }
    let reading = Reading(lag: lag, until: .now + (lag == nil ? .seconds(5) : .seconds(1)))
    last.withLock { $0 = reading }
    return lag
  }

  /// A standby that failed is left alone for a while.
  func failed() { last.withLock { $0 = Reading(lag: nil, until: .now + .seconds(5)) } }

  /// How far a PostgreSQL standby is behind, from what it received and replayed.
  /// - Parameter database: the standby.
  /// - Returns: seconds, rounded up; nil for a server that is no standby, and for one that is cut off from its primary.
  /// - Throws: where it cannot be asked.
  package static func lag(of database: any Database) async throws -> Int64? {
    try await database.read { connection in
      let row = try connection.query(
        """
        SELECT CASE
          WHEN NOT pg_is_in_recovery() THEN NULL
          WHEN NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver) THEN NULL
          WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
          ELSE ceil(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()))
        END::bigint
        """
      ).first
      guard let row else { return nil }
      return try row.decode(as: Int64?.self)
    }
  }

  /// Whether a PostgreSQL server replays what another one writes.
  package static func isStandby(_ database: any Database) async throws -> Bool {
    try await database.read { connection in
      let row = try connection.query("SELECT pg_is_in_recovery()::int::bigint").first
      let answer: Int64? = try row?.decode(as: Int64.self)
      return answer == 1
    }
  }
}
