import Inventory
import Storage

/// A worker's hold on a task: it lapses with its lease, so that a worker that died does not keep the run from ending.
struct PlanClaim: Sendable {
  let run: PlanRun.ID
  let task: PlanTask
  let worker: String

  /// Takes the next task that nobody works on, or whose worker's lease has run out; nil where there is none, or the run does
  /// not run any more. Several processes may ask at once: on PostgreSQL locked rows are skipped, on SQLite writers take turns.
  static func next(
    of run: PlanRun.ID,
    for worker: String,
    now: Instant,
    lease milliseconds: Int64,
    in connection: any Connection
  ) throws -> PlanClaim? {
    let skip: SQL = connection.dialect == .postgres ? "FOR UPDATE OF t SKIP LOCKED" : ""
    let rows = try connection.query(
      """
      UPDATE plan_task SET state = 'claimed', worker = \(worker), attempts = attempts + 1,
        lease_until = \(now.rawValue + milliseconds)
      WHERE run_id = \(run) AND task = (
        SELECT t.task FROM plan_task t JOIN plan_run r ON r.id = t.run_id
        WHERE t.run_id = \(run) AND r.state = 'running'
          AND (t.state = 'waiting' OR (t.state = 'claimed' AND t.lease_until < \(now)))
        ORDER BY t.task LIMIT 1 \(skip))
      RETURNING task, inputs, ledger_digest
      """
    )
    return try rows.first.map { row in
      let (number, inputs, digest) = try row.decode(as: Int64.self, String.self, String.self)
      let task = PlanTask(number: number, inputs: try PlanJSON.value(inputs), ledgerDigest: digest)
      return PlanClaim(run: run, task: task, worker: worker)
    }
  }

  /// Stores what the task gave. A worker whose lease ran out and whose task another took stores nothing.
  func store(_ result: PlanResult, in connection: any Connection) throws {
    let rows = try connection.query(
      """
      UPDATE plan_task SET state = 'done', lease_until = NULL
      WHERE run_id = \(run) AND task = \(task.number) AND state = 'claimed' AND worker = \(worker)
        AND EXISTS (SELECT 1 FROM plan_run WHERE id = \(run) AND state = 'running')
      RETURNING task
      """
    )
    guard !rows.isEmpty else { return }
    try result.store(run, in: connection)
  }
}

/// What a task gave.
struct PlanResult: Sendable {
  var lines: [PlanLine] = []
  var kits: [PlanKit] = []

  func store(_ run: PlanRun.ID, in connection: any Connection) throws {
    let centres = Dictionary(
      uniqueKeysWithValues: try Centre.all(in: connection).map { ($0.code, $0.id) }
    )
    let items = try Keys.items(Array(Set(lines.map(\.item))), in: connection)
    try connection.insert(
      into: "plan_line",
      columns: ["run_id", "item_id", "centre_id", "waiting_permille", "content"]
    ) { writer in
      for line in lines {
        writer.value(run)
        writer.value(items[line.item])
        writer.value(line.centre.flatMap { centres[$0] })
        writer.value(line.risk?.waitingPermille)
        writer.text(try PlanJSON.text(line))
        try writer.endRow()
      }
    }
    for kit in kits {
      let id = try Kit.find(kit.kit, in: connection).id
      try connection.execute(
        """
        INSERT INTO plan_kit (run_id, kit_id, centre_id, content)
        VALUES (\(run), \(id), \(centres[kit.centre]), \(try PlanJSON.text(kit)))
        """
      )
    }
  }
}
