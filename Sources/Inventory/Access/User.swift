package import Storage

/// A person or a program that may use the service.
package struct User: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<User>
  package typealias Name = Inventory.Code<User>

  package let id: ID
  package var name: Name
  /// How others see the user; nil where nobody said.
  package var title: String?
  package var roles: Set<Role>
  package var centres: Set<Centre.Code>
  /// The issuer and the subject of the user's OpenID Connect tokens; nil for one who has none.
  package var identity: Identity?
  package var disabledAt: Instant?

  /// A user as an identity provider knows it.
  package struct Identity: Equatable, Hashable, Sendable, Codable {
    package var issuer: String
    package var subject: String

    package init(issuer: String, subject: String) {
      self.issuer = issuer
      self.subject = subject
    }
  }

  private enum CodingKeys: String, CodingKey { case id, name, title, roles, centres, identity, disabledAt }

  /// Roles and centres in their order: the same user is the same text each time.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(title, forKey: .title)
    try container.encode(roles.sorted { $0.rawValue < $1.rawValue }, forKey: .roles)
    try container.encode(centres.sorted(), forKey: .centres)
    try container.encodeIfPresent(identity, forKey: .identity)
    try container.encodeIfPresent(disabledAt, forKey: .disabledAt)
  }

  package var principal: Principal { Principal(name: name, roles: roles, centres: centres) }
  package var isActive: Bool { disabledAt == nil }
}

/// What an administrator says about a user.
package struct UserDraft: Equatable, Sendable {
  package var name: User.Name
  package var title: String?
  package var roles: Set<Role>
  package var centres: Set<Centre.Code>
  package var identity: User.Identity?

  package init(
    name: User.Name,
    title: String? = nil,
    roles: Set<Role>,
    centres: Set<Centre.Code> = [],
    identity: User.Identity? = nil
  ) {
    self.name = name
    self.title = title
    self.roles = roles
    self.centres = centres
    self.identity = identity
  }

  /// - Throws: `AccessError` where a user could do nothing, or a reporter would speak for nobody.
  func check() throws(AccessError) {
    guard !roles.isEmpty else { throw .noRole(name.rawValue) }
    guard !roles.contains(.reporter) || !centres.isEmpty else { throw .noCentre(name.rawValue) }
  }
}

extension User {
  /// Adds a user, or gives a known one other rights.
  package static func save(_ draft: UserDraft, by stamp: Stamp, in connection: any Connection) throws -> User
  {
    try draft.check()
    let before = try find(ifThere: draft.name, in: connection)
    if let before, !draft.roles.contains(.administrator) { try before.checkIsNotTheLast(in: connection) }
    let user = try store(draft, in: connection)
    try AccessMark.move(in: connection)
    try Audit.record(
      "user.save",
      subject: "user \(draft.name)",
      before: before,
      after: user,
      by: stamp,
      in: connection
    )
    return user
  }

  /// Refuses what would leave a network that has administrators without one.
  private func checkIsNotTheLast(in connection: any Connection) throws {
    func manages(_ user: User) -> Bool { user.isActive && user.roles.contains(.administrator) }
    guard manages(self), try !User.all(in: connection).contains(where: { manages($0) && $0.id != id }) else {
      return
    }
    throw AccessError.lastAdministrator(name.rawValue)
  }

  /// Ends a user's access, with all tokens, or gives it back without them.
  package static func enable(
    _ name: Name,
    _ isActive: Bool,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> User {
    var user = try find(name, in: connection)
    guard user.isActive != isActive else { return user }
    let before = user
    if !isActive { try before.checkIsNotTheLast(in: connection) }
    user.disabledAt = isActive ? nil : stamp.at
    try connection.execute("UPDATE member SET disabled_at = \(user.disabledAt) WHERE id = \(user.id)")
    try AccessMark.move(in: connection)
    if !isActive {
      try connection.execute(
        "UPDATE access_token SET revoked_at = \(stamp.at) WHERE member_id = \(user.id) AND revoked_at IS NULL"
      )
    }
    let action = isActive ? "user.enable" : "user.disable"
    try Audit.record(action, subject: "user \(name)", before: before, after: user, by: stamp, in: connection)
    return user
  }
}
