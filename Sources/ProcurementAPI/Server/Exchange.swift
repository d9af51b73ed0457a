import HTTPTypes
import Hummingbird
import Inventory
import Synchronization

/// A request under way, as the log and the metrics know it.
final class Exchange: Sendable {
  let identifier: String
  let method: String
  let context: CallerContext
  let moment: Instant
  let started: ContinuousClock.Instant
  /// The path with its parameters' names; never the values.
  let route = Mutex("other")
  let roles = Mutex<Set<Role>?>(nil)
  /// Where in the request stood what the operation got.
  let origin = Mutex<RequestOrigin?>(nil)
  private let caller: String?
  private let traced = Mutex<TraceParent?>(nil)

  init(
    _ request: Request,
    from context: CallerContext,
    at moment: Instant,
    started: ContinuousClock.Instant
  ) {
    self.context = context
    identifier = Self.identifier(given: request.headers[.requestID])
    method = request.method.rawValue
    self.moment = moment
    caller = request.headers[.traceParent]
    self.started = started
  }

  /// Whose call it is a part of, read when the log or a trace asks.
  var parent: TraceParent {
    traced.withLock { traced in
      let parent = traced ?? TraceParent(header: caller)
      traced = parent
      return parent
    }
  }

  /// The caller's own, where it is one that a log can take.
  private static func identifier(given: String?) -> String {
    let allowed = given.map { text in
      (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy {
          ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x2D
        }
    }
    if let given, allowed == true { return given }
    return newIdentifier
  }

  /// 16 hexadecimal digits.
  static var newIdentifier: String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name.made("X-Request-Id")
  static let idempotencyKey = HTTPField.Name.made("Idempotency-Key")
  static let idempotencyReplayed = HTTPField.Name.made("Idempotency-Replayed")
  static let permissionsPolicy = HTTPField.Name.made("Permissions-Policy")
  static let referrerPolicy = HTTPField.Name.made("Referrer-Policy")
  static let frameOptions = HTTPField.Name.made("X-Frame-Options")
  static let traceParent = HTTPField.Name.made("traceparent")
  static let lastEventID = HTTPField.Name.made("Last-Event-ID")
  static let prefer = HTTPField.Name.made("Prefer")
  static let preferenceApplied = HTTPField.Name.made("Preference-Applied")
  /// What a person would be told beside the answer, percent-encoded.
  static let notes = HTTPField.Name.made("Procure-Notes")
  static let link = HTTPField.Name.made("Link")
  static let fetchSite = HTTPField.Name.made("Sec-Fetch-Site")
  static let forwardedProtocol = HTTPField.Name.made("X-Forwarded-Proto")

  /// The names above are valid; one that were not would be seen by every test.
  private static func made(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
