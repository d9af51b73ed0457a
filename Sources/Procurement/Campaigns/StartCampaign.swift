package import Inventory
package import Storage

extension Campaign {
  /// Draws up a campaign; the same one drawn up twice is one.
  package static func start(_ terms: Terms, by stamp: Stamp, in connection: any Connection) throws -> Campaign
  {
    var terms = terms
    terms.items = Set(terms.items).sorted()
    terms.rounds.sort()
    if let known = try known(terms.code, in: connection) {
      guard known.terms == terms else { throw CampaignError.codeTaken(terms.code) }
      return known
    }
    let (items, findings) = try resolve(terms, in: connection)
    guard findings.isEmpty else { throw CampaignError.invalid(findings) }
    try store(terms, items: items, in: connection)
    let campaign = try find(terms.code, in: connection)
    try Audit.record(
      "campaign.start",
      subject: "campaign \(terms.code)",
      after: campaign,
      by: stamp,
      in: connection
    )
    return campaign
  }

  private static func resolve(
    _ terms: Terms,
    in connection: any Connection
  ) throws -> ([Item.ID], [Finding]) {
    var findings: [Finding] = []
    if terms.closes < terms.opens {
      findings.append(
        Finding(field: "closes", found: "\(terms.closes)", expected: "a day not before \(terms.opens)")
      )
    }
    if terms.neededBy < terms.closes {
      findings.append(
        Finding(field: "neededBy", found: "\(terms.neededBy)", expected: "a day not before \(terms.closes)")
      )
    }
    if terms.items.isEmpty {
      findings.append(Finding(field: "items", found: "", expected: "at least one item"))
    }
    findings += roundFindings(terms)
    let known = try Keys.items(terms.items, in: connection)
    findings += terms.items.filter { known[$0] == nil }
      .map { Finding(field: "items", found: "\($0)", expected: "a known item") }
    return (terms.items.compactMap { known[$0] }, findings)
  }

  /// More rounds than this are a standing order, not a campaign.
  package static let mostRounds = 24

  private static func roundFindings(_ terms: Terms) -> [Finding] {
    var findings: [Finding] = []
    if terms.rounds.count > mostRounds {
      findings.append(
        Finding(field: "round", found: "\(terms.rounds.count) days", expected: "at most \(mostRounds)")
      )
    }
    for (index, day) in terms.rounds.enumerated() {
      if day <= terms.closes || day >= terms.neededBy {
        findings.append(
          Finding(
            field: "round",
            found: "\(day)",
            expected: "a day after \(terms.closes) and before \(terms.neededBy)"
          )
        )
      } else if index > 0, terms.rounds[index - 1] == day {
        findings.append(Finding(field: "round", found: "\(day) again", expected: "each day once"))
      }
    }
    return findings
  }

  /// Opens the call: needs are taken from now on.
  package static func open(_ code: Code, by stamp: Stamp, in connection: any Connection) throws -> Campaign {
    try take(.open, code, reaching: .open, by: stamp, in: connection)
  }

  /// Closes the call: no need is taken any more.
  package static func close(_ code: Code, by stamp: Stamp, in connection: any Connection) throws -> Campaign {
    try take(.close, code, reaching: .closed, by: stamp, in: connection)
  }

  /// Gives the campaign up, before anything was ordered.
  package static func cancel(_ code: Code, by stamp: Stamp, in connection: any Connection) throws -> Campaign
  {
    try take(.cancel, code, reaching: .cancelled, by: stamp, in: connection)
  }

  /// Ends the campaign once each of its orders is closed or cancelled.
  package static func complete(_ code: Code, by stamp: Stamp, in connection: any Connection) throws
    -> Campaign
  {
    let campaign = try find(code, in: connection)
    let running = try connection.query(
      """
      SELECT number FROM purchase_order WHERE campaign_id = \(campaign.id)
        AND state NOT IN ('closed', 'cancelled') ORDER BY number
      """
    ).map { row -> String in try row.decode(as: String.self) }
    guard running.isEmpty else { throw CampaignError.ordersRunning(code, running) }
    return try take(.complete, code, reaching: .completed, by: stamp, in: connection)
  }

  /// Takes a step and logs it; a step that was taken already is left as it is.
  static func take(
    _ step: Step,
    _ code: Code,
    reaching target: State,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Campaign {
    let before = try find(code, in: connection)
    if before.state == target { return before }
    let after = try before.after(step)
    try after.storeState(in: connection)
    try Audit.record(
      "campaign.\(step)",
      subject: "campaign \(code)",
      before: before.state,
      after: after.state,
      by: stamp,
      in: connection
    )
    return after
  }
}
