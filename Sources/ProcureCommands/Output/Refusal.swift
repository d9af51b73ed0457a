package import Inventory
import Storage
import Tabular

/// What a user is told when a command cannot do what it was asked: a sentence, then what is wrong line by line.
package struct Refusal: Equatable {
  /// Findings beyond this many are counted, not shown.
  static let findingsShown = 200

  package let sentence: String
  package let findings: [Finding]

  /// Nil for errors that are not the user's to mend by reading them here, such as a request for help.
  package init?(_ error: any Error) {
    switch error {
    case let error as any DomainError:
      sentence = error.description
      findings = error.findings
    case let error as CSVError:
      sentence = error.description
      findings = []
    case let error as DatabaseError:
      sentence = error.description
      findings = []
    case let error as ExchangeError:
      sentence = error.description
      findings = []
    case let error as SchemaError:
      sentence = error.description
      findings = []
    default:
      return nil
    }
  }

  package var text: String {
    let shown = findings.prefix(Self.findingsShown).map { "  \($0)" }
    let rest = findings.count - shown.count
    let more = rest > 0 ? ["  … and \(rest) more"] : []
    return (["error: \(sentence)"] + shown + more).joined(separator: "\n")
  }
}
