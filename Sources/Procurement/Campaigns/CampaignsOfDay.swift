package import Inventory
package import Storage

extension Campaign {
  /// The campaigns as they stood at the end of a day, the newest first: those that were started by then, in the state
  /// that the log of all changes had said last.
  package static func all(asOf day: Day, in connection: any Connection) throws -> [Campaign] {
    let states = try states(before: Instant(day + 1), in: connection)
    return try all(in: connection).compactMap { campaign in
      guard let state = states[campaign.terms.code] else { return nil }
      var campaign = campaign
      campaign.state = state
      return campaign
    }
  }

  /// One campaign as it stood at the end of a day.
  /// - Throws: `CampaignError.noSuchCampaign` also for one that was not started by then.
  package static func find(_ code: Code, asOf day: Day, in connection: any Connection) throws -> Campaign {
    var campaign = try find(code, in: connection)
    guard let state = try states(of: code, before: Instant(day + 1), in: connection)[code] else {
      throw CampaignError.noSuchCampaign(code.rawValue)
    }
    campaign.state = state
    return campaign
  }

  /// What the last step of each had led to; a need that is entered, or a prefilling, is no step.
  private static func states(of code: Code? = nil, before end: Instant, in connection: any Connection) throws
    -> [Code: State]
  {
    let which: SQL = code.map { "WHERE c.code = \($0)" } ?? ""
    return try connection.query(
      """
      SELECT c.code, (SELECT e.action FROM audit_entry e WHERE e.subject = 'campaign ' || c.code AND e.at < \(end)
        AND e.action IN ('campaign.start', 'campaign.open', 'campaign.close', 'campaign.award', 'campaign.order',
          'campaign.complete', 'campaign.cancel')
        ORDER BY e.at DESC, e.sequence DESC LIMIT 1)
      FROM campaign c \(which)
      """
    ).reduce(into: [:]) { states, row in
      let (code, action) = try row.decode(as: Code.self, String?.self)
      states[code] = action.flatMap(state(after:))
    }
  }

  private static func state(after action: String) -> State? {
    guard action != "campaign.start" else { return .draft }
    return switch Step(rawValue: String(action.drop { $0 != "." }.dropFirst())) {
    case .open: .open
    case .close: .closed
    case .award: .awarded
    case .order: .ordered
    case .complete: .completed
    case .cancel: .cancelled
    case nil: nil
    }
  }
}
