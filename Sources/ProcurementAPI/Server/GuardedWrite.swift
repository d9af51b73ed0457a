import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import Storage

/// What a caller ties a write to: a key under which it counts once, and the state that the caller saw.
struct GuardedWrite {
  private let key: String?
  private let digest: String
  private let principal: Principal
  private let stamp: Stamp
  private let subject: String?
  private let expected: String?
  /// What must not be there: `*` for nothing at all.
  private let unexpected: String?
  /// Whether what is there may only be replaced by who says what they saw.
  private let mustExpect: Bool
  /// Whether nothing was there in the transaction that put something there.
  private let isNew = Flag()
  /// What shows a secret is kept nowhere: the request sent again is refused instead.
  private let showsSecret: Bool

  init(_ incoming: Incoming, _ principal: Principal, _ request: Request, at moment: Instant) throws(Problem) {
    key = request.headers[.idempotencyKey]
    if let key, !(1...128).contains(key.utf8.count) || !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      let mistake = Problem.Mistake(
        field: "Idempotency-Key",
        found: key,
        expected: "1 to 128 visible ASCII characters"
      )
      throw Problem(.badRequest, "request.key", "the key cannot be used", errors: [mistake])
    }
    digest = key == nil ? "" : Self.digest(of: incoming, request)
    self.principal = principal
    stamp = Stamp(actor: principal.name.rawValue, at: moment)
    subject = incoming.route.subject(of: incoming.pathValues)
    expected = request.headers[.ifMatch]
    unexpected = request.headers[.ifNoneMatch]
    if expected != nil || unexpected != nil, subject == nil {
      throw Problem(
        .badRequest,
        "request.if-match-alone",
        "this request changes no single thing that has an ETag: nothing could be compared with If-Match or If-None-Match"
      )
    }
    mustExpect = incoming.route.replacesItsSubject
    showsSecret = incoming.route.showsSecret
  }

  /// What tells two requests with one key apart.
  private static func digest(of incoming: Incoming, _ request: Request) -> String {
    var hash = SHA256()
    for text in [
      request.method.rawValue, request.uri.string, incoming.contentType ?? "", incoming.accept ?? "",
    ] {
      hash.update(text.utf8)
      hash.update([0])
    }
    hash.update(incoming.body)
    return hash.hex()
  }

  /// What was answered to the same request before.
  func kept(in database: any Database) async throws -> Written? {
    guard let key else { return nil }
    let name = principal.name
    guard let answer = try await database.read({ try KeptAnswer.find(key, of: name, in: $0) }) else {
      return nil
    }
    guard answer.digest == digest else {
      throw Problem(
        .unprocessableContent,
        "request.key-reused",
        "the key stands for another request of yours"
      )
    }
    guard let status = answer.status, let body = answer.body else { throw AccessError.keyInUse(key) }
    var written =
      if status == 202, let job = Self.job(in: body) {
        Written.accepted(body, job: job)
      } else {
        Written(
          status: .init(code: Int(status)),
          type: answer.contentType ?? "application/json",
          body: body
        )
      }
    written.headers[.idempotencyReplayed] = "true"
    return written
  }

  private static func job(in body: String) -> Int64? {
    struct Known: Decodable { var id: Int64 }
    return try? JSONDecoder().decode(Known.self, from: Data(body.utf8)).id
  }

  /// Checked in the transaction of the work itself; nil where nothing ties it.
  var conditions: ConditionalDatabase.Condition? {
    let (key, digest, name, stamp) = (key, digest, principal.name, stamp)
    let (subject, expected, unexpected, mustExpect) = (subject, expected, unexpected, mustExpect)
    let isNew = isNew
    guard key != nil || expected != nil || unexpected != nil || mustExpect else { return nil }
    return { connection in
      if let key { try KeptAnswer.claim(key, of: name, digest: digest, by: stamp, in: connection) }
      guard let subject, expected != nil || unexpected != nil || mustExpect else { return }
      let version = try AuditEntry.version(of: subject, in: connection)
      isNew.set(to: mustExpect && version == nil)
      if let unexpected, let version, EntityTag.names(version, in: unexpected) { throw Self.there(subject) }
      guard let expected else {
        guard version == nil else { throw Self.unseen(subject) }
        return
      }
      guard expected == "*" ? version != nil : version != nil && EntityTag.version(in: expected) == version
      else {
        throw Problem(
          .preconditionFailed,
          "request.if-match",
          "\(subject) has changed since you read it: read it again"
        )
      }
    }
  }

  private static func there(_ subject: String) -> Problem {
    Problem(.preconditionFailed, "request.if-none-match", "\(subject) is there already: nothing was changed")
  }

  private static func unseen(_ subject: String) -> Problem {
    Problem(
      .preconditionRequired,
      "request.if-match-needed",
      "\(subject) is there already: send If-Match with the ETag of what you read, or * to replace whatever is there"
    )
  }

  /// What was done, as it is answered: what a `PUT` has made is said to be new (RFC 9110, section 9.3.4).
  func answered(_ written: Written) -> Written {
    guard isNew.isSet, written.status == .ok else { return written }
    var written = written
    written.status = .created
    return written
  }

  func keep(_ written: Written, in database: any Database) async throws {
    guard let key, !showsSecret else { return }
    let answer = KeptAnswer(
      digest: digest,
      status: Int64(written.status.code),
      contentType: written.headers[.contentType],
      body: written.body
    )
    let name = principal.name
    try await database.write { try KeptAnswer.keep(answer, under: key, of: name, in: $0) }
  }
}
