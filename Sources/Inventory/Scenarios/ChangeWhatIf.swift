package import Storage

extension WhatIf {
  /// Draws up a what-if; the same one drawn up twice is one.
  package static func start(
    _ code: Code,
    title: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> WhatIf {
    guard try insert(code, title: title, in: connection) else {
      let known = try find(code, in: connection)
      guard known.title == title else { throw ScenarioError.codeTaken(code) }
      return known
    }
    let scenario = try find(code, in: connection)
    try Audit.record(
      "scenario.start",
      subject: "scenario \(code)",
      after: scenario,
      by: stamp,
      in: connection
    )
    return scenario
  }

  /// Adds or replaces changes; everything wrong in them is told at once.
  ///
  /// - Parameters:
  ///   - code: the scenario.
  ///   - changes: what is otherwise.
  ///   - clearing: takes the earlier changes out first.
  ///   - version: the version that the caller read; nil where any will do.
  ///   - stamp: who does it and when.
  ///   - connection: a transaction.
  /// - Throws: `ScenarioError`.
  /// - Returns: the scenario as it is now.
  package static func set(
    _ code: Code,
    _ changes: [Change],
    clearing: Bool = false,
    ifAt version: Int64? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> WhatIf {
    let before = try find(code, in: connection)
    if let version, before.version != version {
      throw ScenarioError.changedMeanwhile(code, expected: version, found: before.version)
    }
    let kept = clearing ? [] : before.changes
    let findings = try changes.flatMap { try $0.findings(beside: kept + changes, in: connection) }
    guard findings.isEmpty else { throw ScenarioError.invalid(findings) }
    let id = try countUp(code, in: connection)
    if clearing { try clear(id, in: connection) }
    for change in changes { try store(change, of: id, in: connection) }
    let after = try find(code, in: connection)
    try Audit.record(
      "scenario.set",
      subject: "scenario \(code)",
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }

  /// Takes a scenario away; the plans made under it stay, with their inputs.
  package static func remove(_ code: Code, by stamp: Stamp, in connection: any Connection) throws {
    let before = try find(code, in: connection)
    try delete(countUp(code, in: connection), in: connection)
    try Audit.record(
      "scenario.remove",
      subject: "scenario \(code)",
      before: before,
      by: stamp,
      in: connection
    )
  }
}

extension WhatIf.Change {
  /// What is wrong with a change, beside the others.
  fileprivate func findings(
    beside others: [WhatIf.Change],
    in connection: any Connection
  ) throws -> [Finding] {
    let expected: String? =
      switch kind {
      case .withdraw: try isKnown(.machine, in: connection) ? nil : "a known machine"
      case .makerGone:
        try isKnown(.maker, in: connection) ? nil : "a maker of the register, as it is written there"
      case .budget: (0...100_000).contains(amount) ? nil : "from 0 to 100 times the budget"
      case .newCentre:
        try isKnown(.centre, in: connection) ? "a code that no centre has" : nil
      case .need: try needFault(beside: others, in: connection)
      case .price:
        try !isKnown(.category, in: connection)
          ? "a known category" : (1...100_000).contains(amount) ? nil : "from 0.1 % to 100 times the price"
      }
    let found = kind == .price ? category : subject.isEmpty ? "\(amount)" : subject
    return expected.map { [Finding(field: kind.rawValue, found: found, expected: $0)] } ?? []
  }

  private func needFault(
    beside others: [WhatIf.Change],
    in connection: any Connection
  ) throws -> String? {
    if try !isKnown(.category, in: connection) { return "a known category, not “\(category)”" }
    if !(-20...20).contains(amount) { return "from -20 to 20 machines, not \(amount)" }
    let isNew = others.contains { $0.kind == .newCentre && $0.subject == subject }
    return try isNew || isKnown(.centre, in: connection)
      ? nil : "a known centre, or one that the scenario adds"
  }

  private enum Noun { case machine, maker, centre, category }

  private func isKnown(_ noun: Noun, in connection: any Connection) throws -> Bool {
    let query: SQL =
      switch noun {
      case .machine: "SELECT 1 FROM equipment WHERE code = \(subject)"
      case .maker: "SELECT 1 FROM equipment WHERE manufacturer = \(subject) LIMIT 1"
      case .centre: "SELECT 1 FROM centre WHERE code = \(subject)"
      case .category: "SELECT 1 FROM equipment_category WHERE code = \(category)"
      }
    return try !connection.query(query).isEmpty
  }
}
