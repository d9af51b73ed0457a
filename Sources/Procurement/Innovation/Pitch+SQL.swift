import Inventory
package import Storage

extension Pitch {
  private static let columns: SQL = """
    v.id, v.code, p.number, p.state, p.presenter, p.held_on, p.recording, p.next_step, p.due_on
    """
  private static let origin: SQL = "pitch p JOIN innovation v ON v.id = p.innovation_id"

  private init(row: Row, in connection: any Connection) throws {
    let (id, code, number, state, presenter, heldOn, recording, nextStep, dueOn) = try row.decode(
      as: Innovation.ID.self,
      Innovation.Code.self,
      Int64.self,
      State.self,
      String.self,
      Day?.self,
      String.self,
      String.self,
      Day?.self
    )
    let interest = try connection.query(
      """
      SELECT c.code, i.interest FROM pitch_interest i JOIN centre c ON c.id = i.centre_id
      WHERE i.innovation_id = \(id) AND i.number = \(number) ORDER BY c.code
      """
    ).map { row in
      let (centre, level) = try row.decode(as: Centre.Code.self, Interest.Level.self)
      return Interest(centre: centre, level: level)
    }
    self.init(
      innovation: code,
      number: number,
      state: state,
      presenter: presenter,
      heldOn: heldOn,
      recording: recording,
      nextStep: nextStep,
      dueOn: dueOn,
      interest: interest
    )
  }

  /// Pitches of one innovation or all, by the day on which they are held.
  package static func all(
    of code: Innovation.Code? = nil,
    in connection: any Connection
  ) throws -> [Pitch] {
    let filter: SQL = if let code { "v.code = \(code)" } else { "1 = 1" }
    return try connection.query(
      """
      SELECT \(columns) FROM \(origin) WHERE \(filter)
      ORDER BY coalesce(p.held_on, 9999999), v.code, p.number
      """
    ).map { try Pitch(row: $0, in: connection) }
  }

  package static func find(
    _ number: Int64,
    of code: Innovation.Code,
    in connection: any Connection
  ) throws -> Pitch {
    let rows = try connection.query(
      "SELECT \(columns) FROM \(origin) WHERE v.code = \(code) AND p.number = \(number)"
    )
    guard let row = rows.first else {
      throw InnovationError.notFound(noun: "pitch", code: "\(code) \(number)")
    }
    return try Pitch(row: row, in: connection)
  }

  func insert(in connection: any Connection) throws {
    let id = try Innovation.find(innovation, in: connection).id
    try connection.execute(
      """
      INSERT INTO pitch (innovation_id, number, state, presenter, held_on, recording, next_step, due_on)
      VALUES (\(id), \(number), \(state), \(presenter), \(heldOn), \(recording), \(nextStep), \(dueOn))
      """
    )
  }

  /// Stores what came of it; false where someone else moved it first.
  func store(from before: State, in connection: any Connection) throws -> Bool {
    let id = try Innovation.find(innovation, in: connection).id
    return try !connection.query(
      """
      UPDATE pitch SET state = \(state), held_on = \(heldOn), recording = \(recording),
        next_step = \(nextStep), due_on = \(dueOn)
      WHERE innovation_id = \(id) AND number = \(number) AND state = \(before) RETURNING number
      """
    ).isEmpty
  }

  func store(_ interest: Interest, in connection: any Connection) throws {
    let id = try Innovation.find(innovation, in: connection).id
    let centre = try Centre.find(interest.centre, in: connection).id
    try connection.execute(
      """
      INSERT INTO pitch_interest (innovation_id, number, centre_id, interest)
      VALUES (\(id), \(number), \(centre), \(interest.level))
      ON CONFLICT (innovation_id, number, centre_id) DO UPDATE SET interest = excluded.interest
      """
    )
  }
}
