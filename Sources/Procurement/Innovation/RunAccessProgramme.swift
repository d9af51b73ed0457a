package import Inventory
package import Storage
package import Tabular

extension AccessProgramme {
  /// Notes a programme that may be asked for; the same one noted twice is one.
  package static func identify(
    _ terms: Terms,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AccessProgramme {
    guard try insert(terms, in: connection) else {
      let known = try find(terms.code, in: connection)
      guard known.terms == terms else {
        throw InnovationError.codeTaken(noun: "access programme", code: terms.code.rawValue)
      }
      return known
    }
    let programme = try find(terms.code, in: connection)
    try Audit.record(
      "access.identify",
      subject: "access \(terms.code)",
      after: programme,
      by: stamp,
      in: connection
    )
    return programme
  }

  /// Takes a step along the diagram and logs it.
  package static func take(
    _ event: Event,
    _ code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AccessProgramme {
    let before = try find(code, in: connection)
    let findings = before.findings(in: event)
    guard findings.isEmpty else { throw InnovationError.invalid(findings) }
    guard let after = before.standing.after(event), try before.store(after, in: connection) else {
      throw InnovationError.notAllowed(
        step: event.name,
        noun: "access programme",
        code: code.rawValue,
        state: before.standing.state.rawValue
      )
    }
    try Audit.record(
      "access.\(event.name)",
      subject: "access \(code)",
      before: before.standing,
      after: after,
      by: stamp,
      in: connection
    )
    return try find(code, in: connection)
  }

  /// What is wrong with the days of a decision.
  private func findings(in event: Event) -> [Finding] {
    switch event {
    case .grant(_, let period), .renew(_, let period):
      var findings: [Finding] = []
      if period.ends < period.starts {
        findings.append(
          .init(field: "ends", found: "\(period.ends)", expected: "a day not before \(period.starts)")
        )
      }
      if let years = terms.scheme.longestYears, period.ends > period.starts.monthsBefore(-12 * years) {
        let most = years == 1 ? "a year" : "\(years) years"
        findings.append(
          .init(field: "ends", found: "\(period.ends)", expected: "at most \(most) after \(period.starts)")
        )
      }
      if period.renewalDue > period.ends {
        findings.append(
          .init(field: "renewalDue", found: "\(period.renewalDue)", expected: "a day before \(period.ends)")
        )
      }
      return findings
    case .request, .review, .refuse, .authorise, .end: return []
    }
  }

  /// Moves a centre of the programme, or counts its patients anew.
  package static func move(
    _ centre: Centre.Code,
    to state: AccessCentre.State,
    patients: Int64? = nil,
    of code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AccessCentre {
    let programme = try find(code, in: connection)
    _ = try Centre.find(centre, in: connection)
    let before = try programme.centres(in: connection).first { $0.centre == centre }
    let isSame = before?.state == state
    if let before, isSame, patients == nil || patients == before.patients { return before }
    guard isSame || before?.state.allows(state) ?? (state == .asked) else {
      throw InnovationError.notAllowed(
        step: "become \(state.rawValue)",
        noun: "access to \(code) at",
        code: centre.rawValue,
        state: before?.state.rawValue ?? "not begun"
      )
    }
    if state == .open || state == .inUse, !programme.standing.state.isOpen {
      throw InnovationError.programmeNotOpen(code, programme.standing.state)
    }
    let after = AccessCentre(
      centre: centre,
      state: state,
      since: isSame ? before?.since ?? stamp.at.day : stamp.at.day,
      patients: patients ?? before?.patients
    )
    try programme.store(after, in: connection)
    try Audit.record(
      "access.centre",
      subject: "access \(code) \(centre)",
      chain: .centre(centre.rawValue),
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }

  /// Reads a list of programmes; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Terms] {
    let columns: [Sheet.Column] = [
      .init("code"), .init("product"), .init("atc", required: false), .init("indication"), .init("scheme"),
      .init("authority", required: false), .init("innovation_code", required: false),
      .init("sku", required: false), .init("source"), .init("certainty"),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let code = row.code("code", of: AccessProgramme.self)
      let product = row.nonEmpty("product")
      let indication = row.nonEmpty("indication")
      let scheme = row.choice("scheme", of: Scheme.self)
      let innovation = row.optionalCode("innovation_code", of: Innovation.self)
      let item = row.optionalCode("sku", of: Item.self)
      let source = row.nonEmpty("source")
      let certainty = row.nonEmpty("certainty")
      guard let code, let product, let indication, let scheme, let source, let certainty else { return nil }
      return Terms(
        code: code,
        product: product,
        atc: row.filled("atc"),
        indication: indication,
        scheme: scheme,
        authority: row.filled("authority"),
        innovation: innovation,
        item: item,
        source: source,
        certainty: certainty
      )
    }
  }
}
