package import Storage

extension Job {
  private static let columns: SQL = """
    id, member, operation, state, progress, asked_at, started_at, ended_at, cancel_asked_at, attempts, status
    """
  /// What servers and those who follow jobs are woken by.
  package static let channel = "jobs"

  private init(row: Row) throws(DatabaseError) {
    (
      id, user, operation, state, progress, askedAt, startedAt, endedAt, cancelAskedAt, attempts, status
    ) = try row.decode(
      as: ID.self,
      User.Name.self,
      String.self,
      State.self,
      String?.self,
      Instant.self,
      Instant?.self,
      Instant?.self,
      Instant?.self,
      Int64.self,
      Int64?.self
    )
  }

  /// Keeps work to be done by whichever server is free first.
  package static func ask(_ draft: JobDraft, at moment: Instant, in connection: any Connection) throws -> Job
  {
    let rows = try connection.query(
      """
      INSERT INTO job (member, operation, route, request, state, asked_at, changed_at)
      VALUES (\(draft.user), \(draft.operation), \(draft.route), \(draft.request), 'waiting', \(moment),
        \(moment))
      RETURNING \(columns)
      """
    )
    guard let job = try rows.first.map(Job.init(row:)) else { throw JobError.noSuchJob(0) }
    try connection.notify(channel, "\(job.id.rawValue)")
    return job
  }

  /// A job, for one who may see it.
  /// - Parameters:
  ///   - id: the job's number.
  ///   - user: whose it must be; nil for whoever sees all.
  ///   - connection: one that reads.
  /// - Returns: the job.
  /// - Throws: `JobError.noSuchJob` where there is none, or it is another's.
  package static func find(_ id: ID, of user: User.Name? = nil, in connection: any Connection) throws -> Job {
    let job = try connection.query("SELECT \(columns) FROM job WHERE id = \(id)").first.map(Job.init(row:))
    guard let job, user == nil || job.user == user else { throw JobError.noSuchJob(id.rawValue) }
    return job
  }

  /// The jobs of a user, or of all, the youngest first.
  package static func all(
    of user: User.Name? = nil,
    state: State? = nil,
    in connection: any Connection
  ) throws -> [Job] {
    let ofUser: SQL = if let user { "AND member = \(user)" } else { "" }
    let inState: SQL = if let state { "AND state = \(state)" } else { "" }
    return try connection.query(
      "SELECT \(columns) FROM job WHERE 1 = 1 \(ofUser) \(inState) ORDER BY id DESC"
    )
    .map(Job.init(row:))
  }

  /// The jobs of a user, or of all, that are under way or have changed since, the oldest first.
  package static func news(
    of user: User.Name?,
    since moment: Instant,
    in connection: any Connection
  ) throws -> [Job] {
    let ofUser: SQL = if let user { "AND member = \(user)" } else { "" }
    return try connection.query(
      """
      SELECT \(columns) FROM job
      WHERE (state IN ('waiting', 'running') OR changed_at >= \(moment)) \(ofUser) ORDER BY id
      """
    ).map(Job.init(row:))
  }

  /// What came of a job.
  /// - Throws: `JobError.unfinished` before its end, and where it was cancelled.
  package static func result(
    _ id: ID,
    of user: User.Name? = nil,
    in connection: any Connection
  ) throws -> JobResult {
    let job = try find(id, of: user, in: connection)
    let rows = try connection.query(
      "SELECT status, content_type, body, notes FROM job WHERE id = \(id) AND status IS NOT NULL"
    )
    if rows.isEmpty, job.state == .cancelled { throw JobError.cancelled(id.rawValue) }
    guard let row = rows.first else { throw JobError.unfinished(id.rawValue, state: job.state.rawValue) }
    let (status, type, body, notes) = try row.decode(
      as: Int64.self,
      String.self,
      String.self,
      String.self
    )
    let told = notes.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    return JobResult(status: status, contentType: type, body: body, notes: told)
  }

  /// Ends what waits, and asks the server that does it to stop what runs.
  /// - Throws: `JobError.over` where there is nothing to stop.
  package static func cancel(
    _ id: ID,
    of user: User.Name? = nil,
    at moment: Instant,
    in connection: any Connection
  ) throws -> Job {
    let job = try find(id, of: user, in: connection)
    guard !job.state.isOver else { throw JobError.over(id.rawValue, state: job.state.rawValue) }
    try connection.execute(
      """
      UPDATE job SET cancel_asked_at = \(moment), changed_at = \(moment),
        ended_at = CASE state WHEN 'waiting' THEN \(moment) END,
        state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
      WHERE id = \(id)
      """
    )
    try connection.notify(channel, "\(id.rawValue)")
    return try find(id, in: connection)
  }

  /// Forgets what ended longer ago than anybody asks for it.
  package static func forgetOld(at moment: Instant, in connection: any Connection) throws {
    let old: SQL = "ended_at < \(moment.rawValue - lifetime)"
    try connection.execute("DELETE FROM job_effect WHERE job_id IN (SELECT id FROM job WHERE \(old))")
    try connection.execute("DELETE FROM job WHERE \(old)")
  }
}
