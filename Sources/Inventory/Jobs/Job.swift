import Storage

/// Work that was asked for and that a server does after it has said so.
package struct Job: Equatable, Sendable, Encodable {
  package typealias ID = Inventory.ID<Job>

  package enum State: String, CaseIterable, Codable, Storable, Sendable {
    case waiting, running, finished
    /// Refused or gone wrong: its result says why.
    case failed
    case cancelled

    package var isOver: Bool { [.finished, .failed, .cancelled].contains(self) }
  }

  package let id: ID
  /// Who asked, and in whose name it is done.
  package let user: User.Name
  /// The operation's words: `plan run`.
  package let operation: String
  package let state: State
  /// How far it has come, in words; nil where the work does not say.
  package let progress: String?
  package let askedAt: Instant
  package let startedAt: Instant?
  package let endedAt: Instant?
  /// When somebody asked to stop it.
  package let cancelAskedAt: Instant?
  /// How often a server took it up: more than once after a server died.
  package let attempts: Int64
  /// The HTTP status of its result; nil while there is none.
  package let status: Int64?

  /// How long a job is known after its end.
  package static let lifetime: Int64 = 30 * 86_400_000
}

/// What is asked for: the rest is the server's own business and only it can read it.
package struct JobDraft: Sendable {
  package var user: User.Name
  package var operation: String
  /// The route, as the server knows it.
  package var route: String
  package var request: String

  package init(user: User.Name, operation: String, route: String, request: String) {
    (self.user, self.operation, self.route, self.request) = (user, operation, route, request)
  }
}

/// What came of a job: the answer that a caller who had waited would have got.
package struct JobResult: Equatable, Sendable {
  package var status: Int64
  package var contentType: String
  package var body: String
  package var notes: [String]

  package init(status: Int64, contentType: String, body: String, notes: [String]) {
    (self.status, self.contentType, self.body, self.notes) = (status, contentType, body, notes)
  }
}

package enum JobError: DomainError, Equatable {
  case noSuchJob(Int64)
  case unfinished(Int64, state: String)
  case cancelled(Int64)
  case over(Int64, state: String)
  case interrupted(Int64)

  package var kind: ErrorKind { if case .noSuchJob = self { .notFound } else { .conflict } }

  package var code: String {
    switch self {
    case .noSuchJob: "job.not-found"
    case .unfinished: "job.unfinished"
    case .cancelled: "job.cancelled"
    case .over: "job.over"
    case .interrupted: "job.interrupted"
    }
  }

  package var description: String {
    switch self {
    case .noSuchJob(let job): "you have no job \(job)"
    case .unfinished(let job, let state): "job \(job) is \(state): it has no result yet"
    case .cancelled(let job): "job \(job) was cancelled: it has no result"
    case .over(let job, let state): "job \(job) is \(state) already"
    case .interrupted(let job):
      "the server of job \(job) stopped after the work was stored and before it was answered: look what is there"
    }
  }
}
