/// Why a user or a token is refused.
package enum AccessError: DomainError, Equatable {
  case noSuchUser(String)
  case noSuchToken(String, String)
  case noRole(String)
  case noCentre(String)
  case disabled(String)
  case lastAdministrator(String)
  case labelTaken(String, String)
  case lifetime(Int64)
  case keyInUse(String)

  package var kind: ErrorKind {
    switch self {
    case .noSuchUser, .noSuchToken: .notFound
    case .noRole, .noCentre, .lifetime: .invalid
    case .disabled, .lastAdministrator, .labelTaken, .keyInUse: .conflict
    }
  }

  package var code: String {
    switch self {
    case .noSuchUser: "user.not-found"
    case .noSuchToken: "token.not-found"
    case .noRole: "user.no-role"
    case .noCentre: "user.no-centre"
    case .disabled: "user.disabled"
    case .lastAdministrator: "user.last-administrator"
    case .labelTaken: "token.label-taken"
    case .lifetime: "token.lifetime"
    case .keyInUse: "request.key-in-use"
    }
  }

  package var description: String {
    switch self {
    case .noSuchUser(let name): "there is no user \(name)"
    case .noSuchToken(let name, let label): "\(name) has no token \(label)"
    case .noRole(let name): "\(name) would have no role: name at least one"
    case .noCentre(let name): "\(name) would report for no centre: name at least one"
    case .disabled(let name): "\(name) is disabled: enable the user first"
    case .lastAdministrator(let name):
      "\(name) is the last administrator: name another one first, or nobody could manage users any more"
    case .labelTaken(let name, let label): "\(name) has a token \(label) already: choose another label"
    case .lifetime(let days): "a token lasts 1 to 3660 days, not \(days)"
    case .keyInUse(let key): "a request with the key \(key) is being answered, or was and its answer is lost"
    }
  }
}
