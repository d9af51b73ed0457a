package import Inventory

package enum PlanError: DomainError, Equatable {
  case noSuchRun(Int64)
  case noFinishedRun(Day?)
  case noSuchLine(run: Int64, item: String, centre: String?)
  case notRunning(Int64, state: String)
  case notFinished(Int64, state: String)
  case laterRun(Int64, asOf: Day, day: Day)
  case inputsChanged(Int64, task: Int64)
  case noSuchScenario(Int64)
  case noLedger(String, centre: String?)
  case invalid([Finding])

  package var kind: ErrorKind {
    switch self {
    case .noSuchRun, .noFinishedRun, .noSuchLine, .noSuchScenario, .noLedger: .notFound
    case .notRunning, .notFinished, .laterRun, .inputsChanged: .conflict
    case .invalid: .invalid
    }
  }
  package var code: String {
    switch self {
    case .noSuchRun: "plan.not-found"
    case .noFinishedRun: "plan.none-finished"
    case .noSuchLine: "plan.no-such-line"
    case .notRunning: "plan.not-running"
    case .notFinished: "plan.not-finished"
    case .laterRun: "plan.later-run"
    case .inputsChanged: "plan.inputs-changed"
    case .noSuchScenario: "scenario.not-found"
    case .noLedger: "forecast.no-ledger"
    case .invalid: "plan.invalid"
    }
  }
  /// A day of which no plan can be made.
  static func notADay(_ day: Day, expected: String) -> PlanError {
    .invalid([Finding(field: "asOf", found: "\(day)", expected: expected)])
  }

  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }
  package var description: String {
    switch self {
    case .noSuchRun(let run): "no plan run \(run)"
    case .noFinishedRun(let day):
      "no finished plan run\(day.map { " as of \($0)" } ?? ""): make one with “procure plan run”"
    case .noSuchLine(let run, let item, let centre):
      "plan run \(run) says nothing of \(item) at \(centre ?? "the network")"
    case .notRunning(let run, let state), .notFinished(let run, let state): "plan run \(run) is \(state)"
    case .laterRun(let run, let asOf, let day):
      "plan run \(run) is as of \(asOf): the day \(day) cannot be judged by what was known later"
    case .inputsChanged(let run, let task):
      "the ledger changed under task \(task) of plan run \(run): start a new run"
    case .noSuchScenario(let id): "no scenario \(id)"
    case .noLedger(let item, let centre):
      "the ledger says nothing of \(item)\(centre.map { " at \($0)" } ?? "")"
    case .invalid: "what was given cannot be used"
    }
  }
}
