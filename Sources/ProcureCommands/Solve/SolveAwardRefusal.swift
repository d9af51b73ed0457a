import Inventory
import Planning

/// Why an award could not be computed.
enum AwardRefusal: DomainError {
  case unreadable(path: String)
  case notJSON(String)
  case badFile([Finding])
  case solver(SolverError)

  var kind: ErrorKind { .invalid }

  var code: String {
    switch self {
    case .unreadable: "award.unreadable"
    case .notJSON: "award.not-json"
    case .badFile: "award.bad-file"
    case .solver: "award.solver"
    }
  }

  var description: String {
    switch self {
    case .unreadable(let path): "the file \(path) cannot be read"
    case .notJSON(let reason): "the file is not JSON: \(reason)"
    case .badFile(let findings): "the file states no group order: \(findings.count) finding(s)"
    case .solver(let error): error.description
    }
  }

  var findings: [Finding] { if case .badFile(let findings) = self { findings } else { [] } }
}
