import HTTPTypes
import Inventory
import Storage
import Tabular

extension Problem {
  /// What an error is told as. Nil for one that nobody foresaw, of which nothing is told.
  /// - Parameters:
  ///   - error: what went wrong.
  ///   - origin: where in the request stood what the operation got; nil where that is not known.
  init?(_ error: any Error, origin: RequestOrigin?) {
    switch error {
    case let problem as Problem: self = problem
    case let error as any DomainError: self.init(error, origin)
    case let error as DatabaseError: self.init(error)
    case let error as CallRefusal:
      let mistakes = error.mistakes.map { origin?.mistake($0) ?? Mistake($0) }
      self.init(.badRequest, "request.arguments", error.message, errors: mistakes)
    case is CursorGone:
      self.init(
        .gone,
        "list.cursor-gone",
        "the row that the cursor names is not in the list any more: begin again"
      )
    case let error as CSVError: self.init(.badRequest, "request.table", error.description)
    case let error as SchemaError: self.init(.serviceUnavailable, "database.schema", error.description)
    default: return nil
    }
  }

  private init(_ error: any DomainError, _ origin: RequestOrigin?) {
    let mistakes = error.findings.map { origin?.mistake($0) ?? Mistake($0) }
    self.init(error.kind.status, error.code, error.description, errors: mistakes)
  }

  /// By what the caller can do about it.
  private init(_ error: DatabaseError) {
    switch error {
    case .unstorable: self.init(.badRequest, "request.unstorable", error.description)
    case .constraint: self.init(.conflict, "database.constraint", "the request contradicts what is stored")
    case .conflict, .busy, .unreachable, .closed:
      self = .later("database.busy", "the database is busy: try again")
    case .timeout: self = .later("database.timeout", "the database took too long: ask for less, or later")
    case .outcomeUnknown:
      self.init(
        .serviceUnavailable,
        "database.outcome-unknown",
        "the connection broke during the commit: look whether it was kept before you send it again"
      )
    case .full, .readOnly:
      self.init(
        .init(code: 507, reasonPhrase: "Insufficient Storage"),
        "database.full",
        "the database takes nothing at the moment"
      )
    case .failed, .mistyped, .narrow, .corrupt:
      self.init(.internalServerError, "server.fault", "the server could not do it; the log tells why")
    }
  }

  /// The same for a caller who sent no command line: its options are called as the request's parameters.
  var inWordsOfHTTP: Problem {
    var problem = self
    problem.detail = Self.withoutDashes(detail)
    problem.errors = errors.map { mistake in
      var mistake = mistake
      mistake.expected = Self.withoutDashes(mistake.expected)
      return mistake
    }
    return problem
  }

  /// `--time-limit` is `timeLimit`.
  private static func withoutDashes(_ text: String) -> String {
    text.replacing(/--([a-z][a-z-]*[a-z])/) { Signature.Parameter.key(of: $0.output.1) }
  }

  /// A job's result that was asked for in another form.
  static func otherForm(_ type: String) -> Problem {
    Problem(
      .notAcceptable,
      "request.accept",
      "the result is \(type.prefix { $0 != ";" }), as it was asked for with the job"
    )
  }

  static func later(_ code: String, _ detail: String) -> Problem {
    Problem(.serviceUnavailable, code, detail, headers: [.retryAfter: "1"])
  }
}

extension ErrorKind {
  /// The one place where what is wrong becomes a status.
  var status: HTTPResponse.Status {
    switch self {
    case .invalid: .unprocessableContent
    case .notFound: .notFound
    case .conflict, .limit: .conflict
    case .forbidden: .forbidden
    }
  }
}
