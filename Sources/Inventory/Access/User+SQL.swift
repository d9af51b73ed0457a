package import Storage

extension User {
  private static let columns: SQL = "id, name, title, issuer, subject, disabled_at"

  private init(row: Row, in connection: any Connection) throws {
    let issuer: String?
    let subject: String?
    (id, name, title, issuer, subject, disabledAt) = try row.decode(
      as: ID.self,
      Name.self,
      String?.self,
      String?.self,
      String?.self,
      Instant?.self
    )
    identity = issuer.flatMap { issuer in subject.map { Identity(issuer: issuer, subject: $0) } }
    roles = Set(
      try connection.query("SELECT role FROM member_role WHERE member_id = \(id)").map {
        try $0.decode(as: Role.self)
      }
    )
    centres = Set(
      try connection.query(
        """
        SELECT c.code FROM member_centre m JOIN centre c ON c.id = m.centre_id WHERE m.member_id = \(id)
        """
      ).map { try $0.decode(as: Centre.Code.self) }
    )
  }

  package static func find(ifThere name: Name, in connection: any Connection) throws -> User? {
    try connection.query("SELECT \(columns) FROM member WHERE name = \(name)").first
      .map { try User(row: $0, in: connection) }
  }

  package static func find(_ name: Name, in connection: any Connection) throws -> User {
    guard let user = try find(ifThere: name, in: connection) else {
      throw AccessError.noSuchUser(name.rawValue)
    }
    return user
  }

  /// The user an identity provider speaks of; nil where nobody was registered so.
  package static func find(_ identity: Identity, in connection: any Connection) throws -> User? {
    try connection.query(
      "SELECT \(columns) FROM member WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)"
    ).first.map { try User(row: $0, in: connection) }
  }

  static func find(_ id: ID, in connection: any Connection) throws -> User? {
    try connection.query("SELECT \(columns) FROM member WHERE id = \(id)").first
      .map { try User(row: $0, in: connection) }
  }

  /// All users, by name.
  package static func all(in connection: any Connection) throws -> [User] {
    try connection.query("SELECT \(columns) FROM member ORDER BY name").map {
      try User(row: $0, in: connection)
    }
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
