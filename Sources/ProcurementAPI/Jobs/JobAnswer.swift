import HTTPTypes
import Hummingbird
import Inventory
import Storage

extension Performance {
  /// Whether the caller would rather come back for the answer (RFC 7240 §4.1).
  static func isLeft(_ incoming: Incoming, _ request: Request) -> Bool {
    guard incoming.route.mayBeLeft else { return false }
    return request.headers[values: .prefer].contains { header in
      header.split(separator: ",").contains { $0.filter { $0 != " " }.lowercased() == "respond-async" }
    }
  }

  /// Keeps the request as a job, and says where it is found.
  func leave(_ incoming: Incoming, _ understood: Understood, on database: any Database) async throws
    -> Written
  {
    let draft = try JobDraft(understood, incoming.route, of: principal)
    let moment = exchange.moment
    let job = try await database.write { try Job.ask(draft, at: moment, in: $0) }
    return Written.accepted(try AnswerJSON.text(job), job: job.id.rawValue)
  }
}

extension JobDraft {
  /// A request that was read, as a job.
  init(_ understood: Understood, _ route: Route, of principal: Principal) throws {
    self.init(
      user: principal.name,
      operation: route.words.joined(separator: " "),
      route: route.name,
      request: try AnswerJSON.text(JobRequest(understood))
    )
  }
}

extension Written {
  /// The answer to a request that is left to be done.
  static func accepted(_ body: String, job: Int64) -> Written {
    var written = Written(status: .accepted, type: "application/json", body: body)
    written.headers[.location] = "/v1/jobs/\(job)"
    written.headers[.preferenceApplied] = "respond-async"
    return written
  }
}
