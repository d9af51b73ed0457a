package import Inventory
package import Storage
package import Tabular

extension Innovation {
  /// A line of a list of innovations: what it is, and how far it is already.
  package struct Entry: Equatable, Sendable, Codable {
    package var terms: Terms
    package var state: State
  }

  /// Reads a list of innovations; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput, on day: Day) throws -> [Entry] {
    let columns: [Sheet.Column] = [
      .init("code"), .init("title"), .init("kind"), .init("summary", required: false), .init("owner"),
      .init("proposed_on", required: false), .init("category_code", required: false),
      .init("skus", required: false), .init("agreement_references", required: false),
      .init("state", required: false), .init("source"), .init("certainty"),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let code = row.code("code", of: Innovation.self)
      let title = row.nonEmpty("title")
      let kind = row.choice("kind", of: Kind.self)
      let owner = row.nonEmpty("owner")
      let proposed = row.optionalDay("proposed_on") ?? day
      let category = row.optionalCode("category_code", of: EquipmentCategory.self)
      let items = row.codes("skus", of: Item.self)
      let agreements = row.codes("agreement_references", of: Agreement.self)
      let state = row.choice("state", orEmpty: State.proposed)
      if state == .rolledOut {
        row.report("state", expected: "released: its centres say when it is rolled out")
      }
      let source = row.nonEmpty("source")
      let certainty = row.nonEmpty("certainty")
      guard let code, let title, let kind, let owner, let items, let agreements, let state, let source,
        let certainty
      else { return nil }
      let terms = Terms(
        code: code,
        title: title,
        kind: kind,
        summary: row.text("summary"),
        owner: owner,
        proposedOn: proposed,
        category: category,
        items: items,
        agreements: agreements,
        source: source,
        certainty: certainty
      )
      return Entry(terms: terms, state: state)
    }
  }

  /// Proposes what a list holds and takes what is new along to the state that the list says.
  package static func take(_ entries: [Entry], by stamp: Stamp, in connection: any Connection) throws {
    for entry in entries {
      let innovation = try propose(entry.terms, by: stamp, in: connection)
      guard innovation.state == .proposed else { continue }
      for step in entry.state.way {
        _ = try take(step, entry.terms.code, reason: "as the list says", by: stamp, in: connection)
      }
    }
  }

  /// A line of a list of who has what: where a centre is with an innovation.
  package struct RolloutEntry: Equatable, Sendable, Codable {
    package var innovation: Code
    package var centre: Centre.Code
    package var state: CentreRollout.State
    package var since: Day?
    package var note: String
  }

  package static func rolloutDrafts(from input: consuming ByteInput) throws -> [RolloutEntry] {
    let columns: [Sheet.Column] = [
      .init("innovation_code"), .init("centre_code"), .init("state"), .init("since", required: false),
      .init("note", required: false),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let innovation = row.code("innovation_code", of: Innovation.self)
      let centre = row.code("centre_code", of: Centre.self)
      let state = row.choice("state", of: CentreRollout.State.self)
      let since = row.optionalDay("since")
      guard let innovation, let centre, let state else { return nil }
      return RolloutEntry(
        innovation: innovation,
        centre: centre,
        state: state,
        since: since,
        note: row.text("note")
      )
    }
  }

  /// Takes a list, all or none; each line moves as it would alone.
  package static func take(_ entries: [RolloutEntry], by stamp: Stamp, in connection: any Connection) throws {
    for entry in entries {
      _ = try move(
        entry.centre,
        to: entry.state,
        of: entry.innovation,
        since: entry.since,
        note: entry.note,
        by: stamp,
        in: connection
      )
    }
  }
}

extension Innovation.State {
  /// The steps that lead here from a proposal.
  fileprivate var way: [Innovation.Step] {
    switch self {
    case .proposed: []
    case .pitched: [.pitch]
    case .assessed: [.assess]
    case .released: [.assess, .release]
    case .rolledOut: [.assess, .release, .rollOut]
    case .closed: [.close]
    }
  }
}

extension SheetRow {
  /// Codes separated by spaces; nil and a finding where one is none.
  mutating func codes<Entity>(_ column: String, of _: Entity.Type) -> [Code<Entity>]? {
    let words = text(column).split(separator: " ").map(String.init)
    let codes = words.compactMap(Code<Entity>.init(rawValue:))
    guard codes.count == words.count else {
      report(column, expected: "codes separated by spaces, each \(Code<Entity>.expectation)")
      return nil
    }
    return codes
  }
}
