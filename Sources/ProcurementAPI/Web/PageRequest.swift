import HTTPTypes
import Inventory
import Storage

/// A page that somebody asks for.
struct PageRequest: Sendable {
  let target: RequestTarget
  let address: String
  /// What the form that was sent came to, where the page is shown because of it.
  let outcome: Visit.Outcome?

  /// What was made of it, and for whom.
  struct Seen: Sendable {
    var visit: Visit
    var visitor: Visitor
    var page: Result<WebPage, any Error>
  }

  func visit(of user: Visitor.SignedIn, _ visitor: Visitor) -> Visit {
    var visit = visitor.visit(of: user, target, address: address)
    visit.outcome = outcome
    return visit
  }

  /// Looks up the visitor and makes the page, from one snapshot and, where the same was asked before, in one round trip.
  ///
  /// - Returns: nil for one who has to sign in.
  /// - Throws: what the database refused; everything else is the page's.
  func seen(by visitor: Visitor, in connection: any Connection) throws -> Seen? {
    let found = WebRoute.find(target.segments)
    let name = (visitor.user?.session ?? visitor.claim.session)?.user.rawValue ?? ""
    let day = visitor.lookingBack.map(\.description) ?? ""
    try connection.foretell(
      "\(name) \(day) \(address)",
      of: found.map { $0.route.segments.joined(separator: "/") } ?? ""
    )
    guard let user = try visitor.user ?? visitor.claim.user(in: connection) else { return nil }
    var visitor = visitor
    visitor.user = user
    let visit = visit(of: user, visitor)
    do {
      let page = try page(of: found, visit, in: connection)
      return Seen(visit: visit, visitor: visitor, page: .success(page))
    } catch let error as DatabaseError {
      throw error
    } catch {
      return Seen(visit: visit, visitor: visitor, page: .failure(error))
    }
  }

  private func page(
    of found: (route: WebRoute, values: [String: String])?,
    _ visit: Visit,
    in connection: any Connection
  ) throws -> WebPage {
    guard let (route, values) = found else { throw Problem.noSuchPage }
    _ = try target.day
    guard !route.roles.isDisjoint(with: visit.principal.roles) else {
      let t = visit.language
      let roles = route.roles.sorted().map { $0.name(t) }.joined(separator: ", ")
      throw Problem(
        .forbidden,
        "access.role",
        t("this page is for the roles \(roles)", "cette page est réservée aux rôles : \(roles)")
      )
    }
    var visit = visit
    visit.values = values
    var page = try route.make(visit, connection)
    if visit.outcome != nil { page.register = try Register(in: connection) }
    return page
  }
}
