import Storage

/// What a user is there to do. A user may have several.
package enum Role: String, CaseIterable, Codable, Comparable, Storable, Sendable {
  /// Reports the stock of named centres and receives their deliveries.
  case reporter
  /// Runs campaigns, places orders, shares what is scarce.
  case buyer
  /// Plans supply and equipment.
  case planner
  /// Reads everything, the log included, and changes nothing.
  case auditor
  /// Keeps the registers, the users and the tokens.
  case administrator

  package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

/// Who asks: a user whose credentials were proved, or the only user of a machine.
package struct Principal: Equatable, Sendable, Codable {
  package typealias Name = Code<User>

  package var name: Name
  package var roles: Set<Role>
  /// The centres a reporter speaks for.
  package var centres: Set<Centre.Code>

  package init(name: Name, roles: Set<Role>, centres: Set<Centre.Code> = []) {
    self.name = name
    self.roles = roles
    self.centres = centres
  }

  /// Whether everything the user may do is bound to centres of their own.
  package var isBoundToCentres: Bool { roles == [.reporter] }

  /// Whether the user may act for a centre.
  package func covers(_ centre: Centre.Code) -> Bool { !isBoundToCentres || centres.contains(centre) }
}
