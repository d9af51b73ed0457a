/// A refusal that a user can understand and act on. Each noun of the domain has one enum of them.
///
/// The command line and the HTTP interface show any of them without knowing which: the kind gives the exit code or
/// the status, the code is stable and documented, the message is one sentence.
package protocol DomainError: Error, Sendable, CustomStringConvertible {
  var kind: ErrorKind { get }
  /// Stable and never reused: `stock.report-differs`.
  var code: String { get }
  /// What is wrong, line by line and field by field; empty where the message says it all.
  var findings: [Finding] { get }
}

extension DomainError {
  package var findings: [Finding] { [] }
}

package enum ErrorKind: String, Sendable, Codable {
  /// The input does not say what it must.
  case invalid
  /// What it names does not exist.
  case notFound
  /// It contradicts what is stored, or the state does not allow it.
  case conflict
  /// A stated limit would be passed: a ceiling, a stock, a capacity.
  case limit
  /// The user may not do it.
  case forbidden
}

/// One thing wrong in a file or a form.
package struct Finding: Equatable, Sendable, Codable {
  /// The line of the file, from 1; nil where there are no lines.
  package var line: Int?
  package var field: String
  package var found: String
  package var expected: String

  package init(line: Int? = nil, field: String, found: String, expected: String) {
    self.line = line
    self.field = field
    self.found = found
    self.expected = expected
  }
}

extension Finding: CustomStringConvertible {
  package var description: String {
    let place = line.map { "line \($0), " } ?? ""
    return "\(place)\(field): found \(found.isEmpty ? "nothing" : "“\(found)”"), expected \(expected)"
  }
}
