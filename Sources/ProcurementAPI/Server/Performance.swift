import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Storage
import Synchronization

/// Carries out what a request asks for.
struct Performance {
  let service: ServedSystem
  let exchange: Exchange
  let admission: Admission
  var principal: Principal { admission.principal }

  init(service: ServedSystem, exchange: Exchange, admission: Admission) {
    (self.service, self.exchange, self.admission) = (service, exchange, admission)
  }

  func response(to incoming: Incoming, _ request: Request) async throws -> Response {
    let understood = try comparing { try incoming.understood(for: principal) }
    exchange.origin.withLock { $0 = understood.origin }
    guard incoming.route.method != .get else {
      return try await read(incoming, understood, request)
    }
    let guarded = try GuardedWrite(incoming, principal, request, at: exchange.moment)
    let database = ConditionalDatabase(
      base: service.database,
      entry: admission.condition,
      conditions: guarded.conditions
    )
    if let kept = try await guarded.kept(in: database) { return kept.response }
    let done =
      if Self.isLeft(incoming, request) {
        try await leave(incoming, understood, on: database)
      } else {
        Written(
          try await compared(on: database) { try await perform(incoming, understood, on: database) },
          incoming.route,
          understood.form
        )
      }
    try await database.enter()
    let written = guarded.answered(done)
    try await guarded.keep(written, in: service.database)
    return written.response
  }

  private func read(_ incoming: Incoming, _ understood: Understood, _ request: Request) async throws
    -> Response
  {
    let version = SeenVersion(of: incoming.route.subject(of: incoming.pathValues))
    let (answer, age) = try await found(incoming, understood, version)
    // What came of a job has the form that was asked for with the job.
    if let own = answer.type, answer.status == nil, try !incoming.takes(own) { throw Problem.otherForm(own) }
    var written = Written(answer, incoming.route, understood.form)
    if let age { written.headers[.age] = "\(age)" }
    if let next = answer.next {
      written.headers[.link] = "<\(Self.link(request.uri.string, next))>; rel=\"next\""
    }
    let tag = written.tag(version: version.value).text
    written.headers[.eTag] = tag
    written.headers[.cacheControl] = "private, no-cache"
    if understood.form == .xlsx { written.headers[.contentDisposition] = incoming.route.attachment }
    written.headers[.vary] = "Accept, Authorization"
    if let known = request.headers[.ifNoneMatch], EntityTag.matches(tag, in: known) {
      return Response(status: .notModified, headers: written.headers)
    }
    return written.response
  }

  /// A refusal by rights of a moment ago is none: they are read again first.
  private func comparing<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch {
      if admission.mark != nil, Problem(error, origin: nil)?.status == .forbidden { throw AdmissionChanged() }
      throw error
    }
  }

  /// The same for work whose first transaction compares them: what it refuses later, it refuses by what holds.
  private func compared(
    on database: ConditionalDatabase,
    _ work: () async throws -> Answer
  ) async throws -> Answer {
    do { return try await work() } catch {
      if database.wasEntered { throw error }
      return try comparing { throw error }
    }
  }

  /// What is read, and how many seconds old it may be where it was read from the standby.
  ///
  /// The standby refuses nothing: what it does not hold may be on its way to it, so the primary is asked.
  private func found(
    _ incoming: Incoming,
    _ understood: Understood,
    _ version: SeenVersion
  ) async throws -> (Answer, age: Int64?) {
    if incoming.route.mayLag, let replica = service.replica, let age = await replica.age() {
      // Rights are those of the primary: a token that was revoked ends at once.
      if let condition = admission.condition { try await service.database.read { try condition.check($0) } }
      do {
        let standby = ConditionalDatabase(base: replica.database, entry: version.reading)
        return (try await perform(incoming, understood, on: standby), age)
      } catch let error as DatabaseError {
        if error.isOutage { replica.failed() }
      } catch {}
    }
    let database = ConditionalDatabase(
      base: incoming.isQuick ? service.quickReads : service.database,
      entry: version.reading(after: admission.condition)
    )
    let answer = try await compared(on: database) { try await perform(incoming, understood, on: database) }
    try await database.enter()
    return (answer, nil)
  }

  private func perform(
    _ incoming: Incoming,
    _ understood: Understood,
    on database: any Database
  ) async throws -> Answer {
    let stamp = Stamp(actor: principal.name.rawValue, at: exchange.moment)
    return try await service.perform(incoming.route, understood, by: principal, at: stamp, on: database)
  }

  /// The same request for the page after `cursor`.
  private static func link(_ target: String, _ cursor: Cursor) -> String {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = parts.count == 2 ? parts[1].split(separator: "&").filter { !$0.hasPrefix("after=") } : []
    return "\(parts[0])?" + (query.map(String.init) + ["after=\(cursor.text)"]).joined(separator: "&")
  }
}

extension ServedSystem {
  /// Does what a request that was read asks for, on threads that may compute unless it is quick.
  func perform(
    _ route: Route,
    _ understood: Understood,
    by principal: Principal,
    at stamp: Stamp,
    on database: any Database,
    watch: CallWatch? = nil
  ) async throws -> Answer {
    var call = Call(
      words: route.words,
      values: understood.values,
      files: understood.files,
      form: understood.form,
      page: understood.page,
      principal: principal,
      stamp: stamp,
      database: database,
      watch: watch
    )
    call.allowsPlainWebhooks = options.allowsPrivateWebhooks
    let (operations, asked) = (operations, call)
    if route.isQuick { return try await operations.perform(asked) }
    return try await withTaskExecutorPreference(work) { try await operations.perform(asked) }
  }
}

/// The last change of what a request reads, seen in the first snapshot of the work: what a later change is measured
/// against is no newer than what was shown.
private final class SeenVersion: Sendable {
  private let subject: String?
  private let seen = Mutex<String?>(nil)

  /// - Parameter subject: how the log calls it; nil for what is no single entity.
  init(of subject: String?) { self.subject = subject }

  var value: String? { seen.withLock(\.self) }

  var reading: JointCondition? { reading(after: nil) }

  /// Reads it behind a condition; nil where there is neither.
  func reading(after condition: JointCondition?) -> JointCondition? {
    guard let subject else { return condition }
    return JointCondition(subject) { connection in
      try condition?.check(connection)
      let version = try AuditEntry.version(of: subject, in: connection)
      self.seen.withLock { $0 = version }
    }
  }
}

extension DatabaseError {
  /// Whether the next transaction would fail as well.
  fileprivate var isOutage: Bool {
    switch self {
    case .unreachable, .busy, .timeout, .closed: true
    default: false
    }
  }
}

extension Route {
  /// How a browser calls the file that it keeps: by the last word of the path that is no value.
  fileprivate var attachment: String {
    let name = segments.last { $0.first != "{" } ?? "procure"
    return "attachment; filename=\"\(name).xlsx\""
  }
}
