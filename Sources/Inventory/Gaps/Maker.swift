package import Storage
package import Tabular

/// Who built machines, and whether somebody still stands behind them.
package struct Maker: Equatable, Sendable, Codable {
  package enum State: String, CaseIterable, Codable, Sendable, Storable { case active, ceased }

  package var name: String
  package var state: State
  /// Since when, as precisely as the source says: a year, a month or a day.
  package var since: String?
  package var note: String
  package var source: String
  package var certainty: String
}

extension Maker {
  /// Reads a table of makers; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Maker] {
    let columns: [Sheet.Column] = [
      .init("manufacturer", aliases: ["maker", "name"]), .init("state"), .init("since", required: false),
      .init("note", required: false), .init("source"), .init("certainty"),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let name = row.nonEmpty("manufacturer")
      let state = row.choice("state", of: State.self)
      let source = row.nonEmpty("source")
      let certainty = row.nonEmpty("certainty")
      guard let name, let state, let source, let certainty else { return nil }
      return Maker(
        name: name,
        state: state,
        since: row.filled("since"),
        note: row.text("note"),
        source: source,
        certainty: certainty
      )
    }
  }

  package static func take(_ makers: [Maker], by stamp: Stamp, in connection: any Connection) throws {
    for maker in makers {
      try connection.execute(
        """
        INSERT INTO maker (name, state, since, note, source, certainty)
        VALUES (\(maker.name), \(maker.state), \(maker.since), \(maker.note), \(maker.source),
          \(maker.certainty))
        ON CONFLICT (name) DO UPDATE SET state = excluded.state, since = excluded.since,
          note = excluded.note, source = excluded.source, certainty = excluded.certainty
        """
      )
      try Audit.record(
        "maker.describe",
        subject: "maker \(maker.name)",
        after: maker,
        by: stamp,
        in: connection
      )
    }
  }

  /// All makers that somebody described, by name.
  package static func all(in connection: any Connection) throws -> [Maker] {
    try connection.query("SELECT name, state, since, note, source, certainty FROM maker ORDER BY name")
      .map { row in
        let (name, state, since, note, source, certainty) = try row.decode(
          as: String.self,
          State.self,
          String?.self,
          String.self,
          String.self,
          String.self
        )
        return Maker(
          name: name,
          state: state,
          since: since,
          note: note,
          source: source,
          certainty: certainty
        )
      }
  }
}
