import Foundation
import Inventory

/// Why a command cannot be done by a server, or what the server said.
enum RemoteRefusal: DomainError, Equatable {
  case unknown(String)
  case local(String)
  case withheld(String)
  case unreachable(String, String)
  case refused(code: String, detail: String, findings: [Finding])

  var kind: ErrorKind {
    switch self {
    case .unknown, .local, .withheld: .invalid
    case .unreachable, .refused: .conflict
    }
  }

  var code: String {
    switch self {
    case .unknown, .local, .withheld: "remote.not-offered"
    case .unreachable: "remote.unreachable"
    case .refused(let code, _, _): code
    }
  }

  var description: String {
    switch self {
    case .unknown(let argument): "\(argument) is no option of this command"
    case .local(let words):
      "“procure \(words)” works on a database itself: use --database instead of --server"
    case .withheld(let name): "--\(name) writes a file here: use it with --database"
    case .unreachable(let server, let reason): "the server \(server) cannot be reached: \(reason)"
    case .refused(_, let detail, _): detail
    }
  }

  var findings: [Finding] {
    if case .refused(_, _, let findings) = self { findings } else { [] }
  }
}

extension RemoteRefusal {
  /// What a problem document tells; its status alone where it is none.
  init(told text: String, status: Int) {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8)) else {
      self = .refused(code: "remote.answer", detail: "the server answered \(status)", findings: [])
      return
    }
    let findings = (document.errors ?? []).map {
      Finding(line: $0.line, field: $0.field, found: $0.found, expected: $0.expected)
    }
    self = .refused(code: document.code, detail: document.detail, findings: findings)
  }

  private struct Document: Decodable {
    struct Mistake: Decodable {
      var line: Int?
      var field: String
      var found: String
      var expected: String
    }
    var code: String
    var detail: String
    var errors: [Mistake]?
  }
}
