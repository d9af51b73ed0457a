package import Inventory

/// What innovations, pitches, surveys and early-access programmes refuse.
package enum InnovationError: DomainError, Equatable {
  case notFound(noun: String, code: String)
  case codeTaken(noun: String, code: String)
  case notAllowed(step: String, noun: String, code: String, state: String)
  case notReleased(Innovation.Code, Innovation.State)
  case centresUnderWay(Innovation.Code, [String])
  case notAnswering(PracticeSurvey.Code, PracticeSurvey.State)
  case answeredAlready(PracticeSurvey.Code, Centre.Code)
  case programmeNotOpen(AccessProgramme.Code, AccessProgramme.State)
  case invalid([Finding])

  package var kind: ErrorKind {
    switch self {
    case .notFound: .notFound
    case .invalid: .invalid
    case .codeTaken, .notAllowed, .notReleased, .centresUnderWay, .notAnswering, .answeredAlready,
      .programmeNotOpen:
      .conflict
    }
  }

  package var code: String {
    switch self {
    case .notFound: "innovation.not-found"
    case .codeTaken: "innovation.code-taken"
    case .notAllowed: "innovation.step-not-allowed"
    case .notReleased: "innovation.not-released"
    case .centresUnderWay: "innovation.centres-under-way"
    case .notAnswering: "survey.not-open"
    case .answeredAlready: "survey.answered-already"
    case .programmeNotOpen: "access.not-granted"
    case .invalid: "innovation.invalid"
    }
  }

  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }

  package var description: String {
    switch self {
    case .notFound(let noun, let code): "no \(noun) “\(code)”"
    case .codeTaken(let noun, let code): "there is another \(noun) \(code)"
    case .notAllowed(let step, let noun, let code, let state):
      "\(noun) \(code) is \(state); it cannot \(step) now"
    case .notReleased(let code, let state):
      "innovation \(code) is \(state.rawValue); centres train and go live once it is released"
    case .centresUnderWay(let code, let centres):
      centres.isEmpty
        ? "no centre is live with innovation \(code)"
        : "innovation \(code) waits for \(centres.joined(separator: ", "))"
    case .notAnswering(let code, let state):
      "survey \(code) is \(state.rawValue); answers are taken while it is open"
    case .answeredAlready(let code, let centre): "\(centre) has answered survey \(code) already, otherwise"
    case .programmeNotOpen(let code, let state):
      "access programme \(code) is \(state.rawValue); centres open while it is granted"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong; nothing was taken"
    }
  }
}
