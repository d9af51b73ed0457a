package import HTTPTypes
import Inventory
import Tabular

/// What a request is refused with: problem details (RFC 9457) with a stable code and each thing that is wrong.
package struct Problem: Error, Sendable, Equatable {
  package var status: HTTPResponse.Status
  package var code: String
  package var detail: String
  package var errors: [Mistake] = []
  /// What the caller may do about it: `Retry-After`, `Allow`, `WWW-Authenticate`.
  package var headers: HTTPFields = [:]

  /// One thing that is wrong in what was sent.
  package struct Mistake: Sendable, Equatable, Encodable {
    /// Where in a JSON body (RFC 6901); nil elsewhere.
    package var pointer: String?
    /// The line of a table, from 1; nil elsewhere.
    package var line: Int?
    package var field: String
    package var found: String
    package var expected: String
  }

  init(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ detail: String,
    errors: [Mistake] = [],
    headers: HTTPFields = [:]
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.errors = errors
    self.headers = headers
  }
}

extension Problem {
  /// The most mistakes that are listed; the rest is counted.
  static let mistakesShown = 200

  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let code: String
    let detail: String
    let instance: String
    let errors: [Mistake]?
    let moreErrors: Int?
  }

  /// The body, `application/problem+json`.
  /// - Parameter request: the identifier under which the log knows the request.
  /// - Returns: JSON.
  /// - Throws: never in practice: texts and numbers encode.
  func json(request: String) throws -> String {
    try AnswerJSON.text(
      Document(
        type: "/docs/problems#\(code)",
        title: status.reasonPhrase,
        status: status.code,
        code: code,
        detail: detail,
        instance: "urn:request:\(request)",
        errors: errors.isEmpty ? nil : errors.prefix(Self.mistakesShown).map(\.shortened),
        moreErrors: errors.count > Self.mistakesShown ? errors.count - Self.mistakesShown : nil
      )
    )
  }
}

extension Problem.Mistake {
  /// What was found is told so far that the caller knows it again, not sent back whole.
  fileprivate var shortened: Self {
    var mistake = self
    if found.utf8.count > 400 { mistake.found = String(found.prefix(200)) + "…" }
    if field.utf8.count > 400 { mistake.field = String(field.prefix(200)) + "…" }
    return mistake
  }

  init(_ finding: Finding, pointer: String? = nil) {
    self.init(
      pointer: pointer,
      line: pointer == nil ? finding.line : nil,
      field: finding.field,
      found: finding.found,
      expected: finding.expected
    )
  }
}
