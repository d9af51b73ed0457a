package import Inventory

package enum CampaignError: DomainError, Equatable {
  case noSuchCampaign(String)
  case codeTaken(Campaign.Code)
  case notAllowed(Campaign.Step, Campaign.Code, Campaign.State)
  case notTaking(Campaign.Code, Campaign.State)
  case tooLate(Campaign.Code, closed: Day, on: Day)
  case invalid([Finding])
  case nothingNeeded(Campaign.Code)
  case noAward(Campaign.Code)
  case noPlan(Campaign.Code, on: Day)
  case ordersRunning(Campaign.Code, [String])
  case changedMeanwhile(Campaign.Code)

  package var kind: ErrorKind {
    switch self {
    case .noSuchCampaign, .noAward, .noPlan: .notFound
    case .codeTaken, .notAllowed, .notTaking, .tooLate, .nothingNeeded, .ordersRunning, .changedMeanwhile:
      .conflict
    case .invalid: .invalid
    }
  }

  package var code: String {
    switch self {
    case .noSuchCampaign: "campaign.not-found"
    case .codeTaken: "campaign.code-taken"
    case .notAllowed: "campaign.step-not-allowed"
    case .notTaking: "campaign.not-taking-needs"
    case .tooLate: "campaign.closed"
    case .invalid: "campaign.invalid"
    case .nothingNeeded: "campaign.nothing-needed"
    case .noAward: "campaign.no-award"
    case .noPlan: "campaign.no-plan"
    case .ordersRunning: "campaign.orders-running"
    case .changedMeanwhile: "campaign.changed-meanwhile"
    }
  }

  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }

  package var description: String {
    switch self {
    case .noSuchCampaign(let code): "no campaign “\(code)”"
    case .codeTaken(let code): "there is another campaign \(code)"
    case .notAllowed(let step, let code, let state): "campaign \(code) is \(state); it cannot \(step) now"
    case .notTaking(let code, let state): "campaign \(code) is \(state); needs are taken while it is open"
    case .tooLate(let code, let closed, let day):
      "campaign \(code) took needs until \(closed); \(day) is too late"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong; nothing was taken"
    case .nothingNeeded(let code): "no centre needs anything in campaign \(code)"
    case .noAward(let code): "campaign \(code) has no award yet"
    case .noPlan(let code, let day):
      "no finished plan as of \(day) or before to fill campaign \(code) from: run one with procure plan run"
    case .ordersRunning(let code, let numbers):
      "campaign \(code) waits for \(numbers.joined(separator: ", "))"
    case .changedMeanwhile(let code):
      "needs, offers or ceilings of campaign \(code) changed while it was awarded; award it again"
    }
  }
}
