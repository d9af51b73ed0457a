package import Storage

extension User {
  /// A row for each role and centre of a user.
  static let columns: SQL = "m.id, m.name, m.title, m.issuer, m.subject, m.disabled_at, r.role, p.code"
  static let source: SQL =
    """
    member m LEFT JOIN member_role r ON r.member_id = m.id
    LEFT JOIN member_centre c ON c.member_id = m.id LEFT JOIN centre p ON p.id = c.centre_id
    """

  /// Users from the rows of `columns`, those of one user one after the other.
  static func users(_ rows: some Sequence<Row>) throws(DatabaseError) -> [User] {
    var users: [User] = []
    for row in rows {
      let (id, name, title, issuer, subject, disabledAt, role, centre) = try row.decode(
        as: ID.self,
        Name.self,
        String?.self,
        String?.self,
        String?.self,
        Instant?.self,
        Role?.self,
        Centre.Code?.self
      )
      if users.last?.id != id {
        let identity = issuer.flatMap { issuer in subject.map { Identity(issuer: issuer, subject: $0) } }
        users.append(
          User(
            id: id,
            name: name,
            title: title,
            roles: [],
            centres: [],
            identity: identity,
            disabledAt: disabledAt
          )
        )
      }
      if let role { users[users.count - 1].roles.insert(role) }
      if let centre { users[users.count - 1].centres.insert(centre) }
    }
    return users
  }

  private static func find(_ condition: SQL, in connection: any Connection) throws -> User? {
    try users(connection.query("SELECT \(columns) FROM \(source) WHERE \(condition)")).first
  }

  package static func find(ifThere name: Name, in connection: any Connection) throws -> User? {
    try find("m.name = \(name)", in: connection)
  }

  package static func find(_ name: Name, in connection: any Connection) throws -> User {
    guard let user = try find(ifThere: name, in: connection) else {
      throw AccessError.noSuchUser(name.rawValue)
    }
    return user
  }

  /// The user an identity provider speaks of; nil where nobody was registered so.
  package static func find(_ identity: Identity, in connection: any Connection) throws -> User? {
    try find("m.issuer = \(identity.issuer) AND m.subject = \(identity.subject)", in: connection)
  }

  /// All users, by name.
  package static func all(in connection: any Connection) throws -> [User] {
    try users(connection.query("SELECT \(columns) FROM \(source) ORDER BY m.name"))
  }

  /// Whether anybody was registered: without, the service has a single user.
  package static func isAnybodyThere(in connection: any Connection) throws -> Bool {
    try !connection.query("SELECT 1 FROM member LIMIT 1").isEmpty
  }

  static func store(_ draft: UserDraft, in connection: any Connection) throws -> User {
    try connection.execute(
      """
      INSERT INTO member (name, title, issuer, subject)
      VALUES (\(draft.name), \(draft.title), \(draft.identity?.issuer), \(draft.identity?.subject))
      ON CONFLICT (name) DO UPDATE
      SET title = excluded.title, issuer = excluded.issuer, subject = excluded.subject
      """
    )
    let id = try connection.query("SELECT id FROM member WHERE name = \(draft.name)")[0].decode(as: ID.self)
    try connection.execute("DELETE FROM member_role WHERE member_id = \(id)")
    try connection.execute("DELETE FROM member_centre WHERE member_id = \(id)")
    for role in draft.roles.sorted() {
      try connection.execute("INSERT INTO member_role (member_id, role) VALUES (\(id), \(role))")
    }
    for code in draft.centres.sorted() {
      let centre = try Centre.find(code, in: connection)
      try connection.execute("INSERT INTO member_centre (member_id, centre_id) VALUES (\(id), \(centre.id))")
    }
    return try find(draft.name, in: connection)
  }
}
