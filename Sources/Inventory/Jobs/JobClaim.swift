package import Storage

/// A server's hold on a job: it lapses with its lease, so that a server that died does not keep the job from being done.
package struct JobClaim: Sendable {
  package let job: Job
  package let route: String
  package let request: String
  package let worker: String

  /// Takes the oldest job that nobody works on, or whose worker's lease has run out; nil where there is none.
  /// - Parameters:
  ///   - worker: the server's name, unlike any other's. What it holds itself it does not take again.
  ///   - now: the time, from which the lease counts.
  ///   - milliseconds: the lease.
  ///   - connection: one that writes. On PostgreSQL locked rows are skipped, on SQLite writers take turns.
  /// - Returns: the job with its request.
  /// - Throws: what the database meets.
  package static func next(
    for worker: String,
    now: Instant,
    lease milliseconds: Int64,
    in connection: any Connection
  ) throws -> JobClaim? {
    let skip: SQL = connection.dialect == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
    let rows = try connection.query(
      """
      UPDATE job SET state = 'running', worker = \(worker), attempts = attempts + 1, changed_at = \(now),
        started_at = COALESCE(started_at, \(now)), lease_until = \(now.rawValue + milliseconds)
      WHERE id = (
        SELECT id FROM job
        WHERE state = 'waiting' OR (state = 'running' AND lease_until < \(now) AND worker <> \(worker))
        ORDER BY id LIMIT 1 \(skip))
      RETURNING id, route, request
      """
    )
    guard let row = rows.first else { return nil }
    let (id, route, request) = try row.decode(as: Job.ID.self, String.self, String.self)
    try connection.notify(Job.channel, "\(id.rawValue)")
    return JobClaim(
      job: try Job.find(id, in: connection),
      route: route,
      request: request,
      worker: worker
    )
  }

  /// Lengthens the lease and says how far the work has come.
  /// - Returns: false where the job is another's by now.
  package func hold(
    progress: String?,
    now: Instant,
    lease milliseconds: Int64,
    in connection: any Connection
  ) throws -> Bool {
    let rows = try connection.query(
      """
      UPDATE job SET lease_until = \(now.rawValue + milliseconds), progress = \(progress), changed_at = \(now)
      WHERE id = \(job.id) AND state = 'running' AND worker = \(worker) RETURNING id
      """
    )
    if !rows.isEmpty { try connection.notify(Job.channel, "\(job.id.rawValue)") }
    return !rows.isEmpty
  }

  /// Whether somebody asked to stop the work.
  package func isToStop(in connection: any Connection) throws -> Bool {
    try connection.query("SELECT 1 FROM job WHERE id = \(job.id) AND cancel_asked_at IS NOT NULL").isEmpty
      == false
  }

  /// Marks, in the transaction that stores the work, that it is stored: of two servers only one gets past this.
  /// - Throws: `JobError.interrupted` where it was stored before.
  package func markStored(at moment: Instant, in connection: any Connection) throws {
    let rows = try connection.query(
      """
      INSERT INTO job_effect (job_id, at) VALUES (\(job.id), \(moment)) ON CONFLICT DO NOTHING RETURNING job_id
      """
    )
    if rows.isEmpty { throw JobError.interrupted(job.id.rawValue) }
  }

  /// Ends the job with its result; without one it was cancelled. How far the work had come is told only of what did not
  /// come to its end.
  package func end(_ result: JobResult?, at moment: Instant, in connection: any Connection) throws {
    let state: Job.State = result.map { $0.status < 400 ? .finished : .failed } ?? .cancelled
    let progress: SQL = state == .finished ? "NULL" : "progress"
    try connection.execute(
      """
      UPDATE job SET state = \(state), ended_at = \(moment), changed_at = \(moment), lease_until = NULL,
        status = \(result?.status), content_type = \(result?.contentType), body = \(result?.body),
        notes = \(result?.notes.map { $0.replacing("\n", with: " ") }.joined(separator: "\n")),
        progress = \(progress)
      WHERE id = \(job.id) AND state = 'running' AND worker = \(worker)
      """
    )
    try connection.notify(Job.channel, "\(job.id.rawValue)")
  }

  /// Gives the job back, for another server or a later start of this one.
  package func release(at moment: Instant, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE job SET state = 'waiting', worker = NULL, lease_until = NULL, changed_at = \(moment)
      WHERE id = \(job.id) AND state = 'running' AND worker = \(worker)
      """
    )
    try connection.notify(Job.channel, "\(job.id.rawValue)")
  }
}
