package import Inventory

package enum RolloutError: DomainError, Equatable {
  case noSuchRollout(String)
  case invalid([Finding])
  case notAllowed(String, RolloutPlan.Code, RolloutPlan.State)
  case noSuchWave(RolloutPlan.Code, Int64)
  case otherSubject(RolloutPlan.Code)
  case recordedDifferently(RolloutPlan.Code, wave: Int64)
  case reasonMissing

  package var kind: ErrorKind {
    switch self {
    case .noSuchRollout, .noSuchWave: .notFound
    case .invalid, .reasonMissing: .invalid
    case .notAllowed, .otherSubject, .recordedDifferently: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchRollout: "rollout.not-found"
    case .invalid: "rollout.invalid"
    case .notAllowed: "rollout.step-not-allowed"
    case .noSuchWave: "rollout.no-such-wave"
    case .otherSubject: "rollout.other-subject"
    case .recordedDifferently: "rollout.recorded-differently"
    case .reasonMissing: "rollout.reason-missing"
    }
  }
  package var findings: [Finding] {
    if case .invalid(let findings) = self { findings } else { [] }
  }
  package var description: String {
    switch self {
    case .noSuchRollout(let code): "no rollout “\(code)”"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong with the rollout; nothing was planned"
    case .notAllowed(let step, let code, let state):
      "rollout \(code) is \(state.rawValue): it cannot take the step “\(step)”"
    case .noSuchWave(let code, let wave): "rollout \(code) has no wave \(wave) that is still to go out"
    case .otherSubject(let code):
      "rollout \(code) is of another item, kit or pack; plan it under another code"
    case .recordedDifferently(let code, let wave):
      "wave \(wave) of rollout \(code) was recorded already, from another place or for other centres"
    case .reasonMissing: "to cancel a rollout takes a reason"
    }
  }
}
