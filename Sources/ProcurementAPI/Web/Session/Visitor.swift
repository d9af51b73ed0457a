import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Storage

/// What the cookies of a request say about who looks and how.
struct Visitor: Sendable {
  /// Nil for one who has not signed in, whose session is over, or whose rights were taken away; and until it is looked up.
  var user: SignedIn?
  let claim: Claim
  let service: ServedSystem
  let now: Instant
  let language: Language
  /// The day that the visitor looks back to; nil for today.
  let lookingBack: Day?
  let notice: Visit.Outcome?
  /// What cookies are signed with.
  let key: String
  let isSecure: Bool

  struct SignedIn: Sendable {
    var session: WebSession
    var principal: Principal
    var title: String?
    /// A session that the answer must hand out.
    var isNew = false
  }

  /// The visitor as the cookies have it; who it is has yet to be looked up.
  static func of(_ request: Request, service: ServedSystem, at now: Instant) async throws -> Visitor {
    let cookies = Cookies(request.headers[.cookie])
    let key = try await service.sessionKey(at: now)
    let session = cookies[WebSession.cookie].flatMap { WebSession($0, key: key, at: now) }
    let isSecure =
      service.options.certificate != nil || request.headers[.forwardedProtocol]?.lowercased() == "https"
    return Visitor(
      user: nil,
      claim: Claim(
        session: session,
        mayBeAlone: service.options.isLoopback && Authentication.isLocal(request.head.authority),
        now: now
      ),
      service: service,
      now: now,
      language: cookies["procure_language"].flatMap(Language.init(rawValue:))
        ?? Language(accepting: request.headers[.acceptLanguage]),
      lookingBack: cookies["procure_day"].flatMap(Day.init),
      notice: cookies[Notices.cookie].flatMap(Notices.notes(in:)).map { Visit.Outcome(notes: $0) },
      key: key,
      isSecure: isSecure
    )
  }

  /// The same with the user looked up.
  func known() async throws -> Visitor {
    guard user == nil, claim.isAnything else { return self }
    var visitor = self
    visitor.user = try await service.database.read { [claim] in try claim.user(in: $0) }
    return visitor
  }

  /// Whether a form came from a page of this server, as the browser says it (Fetch Metadata, Origin).
  static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[.fetchSite], !["same-origin", "none"].contains(site) { return false }
    guard let origin = request.headers[.origin], let host = request.head.authority else { return true }
    return origin.components(separatedBy: "://").last == host
  }

  func visit(of user: SignedIn, _ target: RequestTarget, address: String) -> Visit {
    Visit(
      principal: user.principal,
      title: user.title,
      language: language,
      day: min((try? target.day) ?? lookingBack ?? now.day, now.day),
      today: now.day,
      now: now,
      query: Dictionary(target.query.map { ($0.name, $0.value) }) { first, _ in first },
      address: target["day"] == nil ? address : target.withoutDay,
      formToken: user.session.formToken(key: key)
    )
  }
}

// MARK: - Answers

extension Visitor {
  func response(_ markup: HTML, status: HTTPResponse.Status, showing outcome: Visit.Outcome? = nil)
    -> Response
  {
    var written = Written(status: status, type: "text/html; charset=utf-8", body: markup.text)
    written.headers[.contentSecurityPolicy] = Self.policy
    written.headers[.vary] = "Accept-Language, Cookie"
    written.headers[.cacheControl] = "private, no-store"
    var response = written.response
    if let user, user.isNew { set(&response, WebSession.cookie, user.session.signed(with: key)) }
    if notice != nil { set(&response, Notices.cookie, "") }
    return response
  }

  /// Nothing from elsewhere, nothing inline, no frame around it.
  private static let policy = """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'
    """

  func redirect(to path: String, notes: [String]? = nil) -> Response {
    var response = Response(status: .seeOther, headers: [.location: path])
    if let notes { set(&response, Notices.cookie, Notices.text(notes), lasting: 60) }
    return response
  }

  func signingIn(back: String) -> Response {
    let path = WebPath(returning: back).description
    return redirect(to: WebPath("signin", query: [("back", path == "/" ? nil : path)]).description)
  }

  /// Ends the session for everybody who holds its cookie, and takes it from the browser.
  func signingOut() async throws -> Response {
    if let session = user?.session {
      try await service.database.write { [now] connection in
        try EndedSession.end(session.digest, until: session.until, at: now, in: connection)
      }
    }
    var response = redirect(to: "/signin")
    set(&response, WebSession.cookie, "")
    return response
  }

  /// Keeps what the visitor prefers: a language, a day to look back to.
  func preferring(_ form: SentForm) -> Response {
    var response = redirect(to: WebPath(returning: form["_back"]).description)
    if let language = form["language"].flatMap(Language.init(rawValue:)) {
      set(&response, "procure_language", language.rawValue, lasting: 31_536_000)
    }
    if form["today"] != nil {
      set(&response, "procure_day", "")
    } else if let day = form["day"].flatMap(Day.init) {
      keep(&response, day)
    }
    return response
  }

  /// The pages after this one are of that day too, until the visitor comes back to today.
  func keep(_ response: inout Response, _ day: Day) {
    set(&response, "procure_day", day < now.day ? day.description : "")
  }

  func set(_ response: inout Response, _ name: String, _ value: String, lasting seconds: Int64? = nil) {
    let cookie = Cookies.set(name, value, lasting: seconds, isSecure: isSecure)
    response.headers.append(HTTPField(name: .setCookie, value: cookie))
  }
}
