import HTTPTypes
import Inventory

/// Who may ask, and for which centre: the one place where it is decided.
enum Scope {
  static func allows(_ route: Route, _ principal: Principal) -> Bool {
    !route.access.roles.isDisjoint(with: principal.roles)
  }

  /// - Throws: `Problem` 403 for a user without a role that may.
  static func check(_ route: Route, _ principal: Principal) throws(Problem) {
    if allows(route, principal) { return }
    let roles = route.access.roles.sorted().map(\.rawValue).joined(separator: ", ")
    throw Problem(.forbidden, "access.role", "this takes one of the roles \(roles)")
  }

  /// Binds a request to the centres of a user who has no other business: the only one is filled in, another's is
  /// refused. The user who has also a role that sees the network is not bound.
  static func check(_ fields: inout Fields, of principal: Principal) throws(Problem) {
    guard case .centre(let name) = fields.form.route.access.scope, principal.isBoundToCentres else { return }
    guard let named = fields.values[name]?.first else {
      guard principal.centres.count == 1, let centre = principal.centres.first else {
        throw Problem(.forbidden, "access.centre-needed", "name one of your centres in “\(name)”")
      }
      return fields.fill(name, centre.rawValue)
    }
    guard let centre = Centre.Code(rawValue: named), principal.covers(centre) else {
      throw Problem(.forbidden, "access.centre", "this is another centre's")
    }
  }
}
