package import Inventory
package import Storage

extension PlanRun {
  /// Ends a run whose tasks are all done, with the digest of its plan; leaves any other as it is.
  static func finish(_ id: ID, by stamp: Stamp, in connection: any Connection) throws -> PlanRun {
    let run = try find(id, in: connection)
    let open = try connection.query(
      "SELECT task FROM plan_task WHERE run_id = \(id) AND state <> 'done' LIMIT 1"
    )
    guard run.state == .running, open.isEmpty else { return run }
    let digest = try digest(of: id, in: connection)
    try connection.execute(
      """
      UPDATE plan_run SET state = 'finished', ended_at = \(stamp.at), plan_digest = \(digest)
      WHERE id = \(id) AND state = 'running'
      """
    )
    let finished = try find(id, in: connection)
    try Audit.record(
      "plan.finish",
      subject: "plan \(id.rawValue)",
      before: State.running,
      after: ["inputs": run.inputsDigest, "plan": digest],
      by: stamp,
      in: connection
    )
    return finished
  }

  private static func digest(of id: ID, in connection: any Connection) throws -> String {
    var digest = SHA256()
    try PlanLine.forEachText(of: id, in: connection) { digest.update("\($0)\n".utf8) }
    try PlanKit.forEachText(of: id, in: connection) { digest.update("\($0)\n".utf8) }
    return digest.hex()
  }
}

extension PlanLine {
  /// Which lines are asked for.
  package struct Filter: Equatable, Sendable {
    package var item: Item.SKU?
    package var centre: Centre.Code?
    /// Only those at least so likely to run out before a delivery ordered at the next review, in thousandths.
    package var atLeast: Int64

    package init(item: Item.SKU? = nil, centre: Centre.Code? = nil, atLeast: Int64 = 0) {
      self.item = item
      self.centre = centre
      self.atLeast = atLeast
    }

    fileprivate var sql: SQL {
      let thing: SQL = if let item { "i.sku = \(item)" } else { "true" }
      let place: SQL = if let centre { "c.code = \(centre)" } else { "true" }
      let risk: SQL = if atLeast > 0 { "l.waiting_permille >= \(atLeast)" } else { "true" }
      return "\(thing) AND \(place) AND \(risk)"
    }
  }

  static func forEachText(
    of run: PlanRun.ID,
    _ filter: Filter = Filter(),
    in connection: any Connection,
    _ body: (String) throws -> Void
  ) throws {
    try connection.forEach(
      """
      SELECT l.content FROM plan_line l JOIN item i ON i.id = l.item_id LEFT JOIN centre c ON c.id = l.centre_id
      WHERE l.run_id = \(run) AND \(filter.sql) ORDER BY i.sku, c.code NULLS FIRST
      """
    ) { row in try body(try row.decode(as: String.self)) }
  }

  /// The lines of a run, by item, the network's before the centres'.
  package static func list(
    of run: PlanRun.ID,
    _ filter: Filter = Filter(),
    in connection: any Connection
  ) throws -> [PlanLine] {
    var lines: [PlanLine] = []
    try forEachText(of: run, filter, in: connection) { lines.append(try PlanJSON.value($0)) }
    return lines
  }
}

extension PlanKit {
  static func forEachText(
    of run: PlanRun.ID,
    in connection: any Connection,
    _ body: (String) throws -> Void
  ) throws {
    try connection.forEach(
      """
      SELECT p.content FROM plan_kit p JOIN kit k ON k.id = p.kit_id JOIN centre c ON c.id = p.centre_id
      WHERE p.run_id = \(run) ORDER BY k.code, c.code
      """
    ) { row in try body(try row.decode(as: String.self)) }
  }

  /// Each centre's kits, by kit and centre.
  package static func list(of run: PlanRun.ID, in connection: any Connection) throws -> [PlanKit] {
    var kits: [PlanKit] = []
    try forEachText(of: run, in: connection) { kits.append(try PlanJSON.value($0)) }
    return kits
  }
}
