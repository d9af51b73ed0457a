package import Storage

/// The tables of users, tokens and kept answers.
package enum AccessMigrations {
  package static let migrations = [access, sessions, mark, endedSessions]

  static let access = Migration("2026-11-23-70-access") { words in
    """
    CREATE TABLE member (
      id \(words.identity),
      name \(words.text) NOT NULL UNIQUE,
      title \(words.text),
      issuer \(words.text),
      subject \(words.text),
      disabled_at \(words.integer),
      CHECK ((issuer IS NULL) = (subject IS NULL)),
      UNIQUE (issuer, subject)
    \(words.end)
    CREATE TABLE member_role (
      member_id \(words.integer) NOT NULL REFERENCES member (id),
      role \(words.text) NOT NULL
        CHECK (role IN ('reporter', 'buyer', 'planner', 'auditor', 'administrator')),
      PRIMARY KEY (member_id, role)
    \(words.end)
    CREATE TABLE member_centre (
      member_id \(words.integer) NOT NULL REFERENCES member (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      PRIMARY KEY (member_id, centre_id)
    \(words.end)
    CREATE INDEX member_centre_by_centre ON member_centre (centre_id);
    CREATE TABLE access_token (
      digest \(words.text) PRIMARY KEY,
      member_id \(words.integer) NOT NULL REFERENCES member (id),
      label \(words.text) NOT NULL,
      created_at \(words.integer) NOT NULL,
      expires_at \(words.integer) NOT NULL CHECK (expires_at > created_at),
      revoked_at \(words.integer),
      used_at \(words.integer),
      UNIQUE (member_id, label)
    \(words.end)
    CREATE TABLE kept_answer (
      member \(words.text) NOT NULL,
      key \(words.text) NOT NULL,
      digest \(words.text) NOT NULL,
      at \(words.integer) NOT NULL,
      status \(words.integer),
      content_type \(words.text),
      body \(words.text),
      PRIMARY KEY (member, key)
    \(words.end)
    CREATE INDEX kept_answer_by_age ON kept_answer (at);
    """
  }

  static let mark = Migration("2026-11-30-10-access-mark") { words in
    """
    CREATE TABLE access_mark (
      id \(words.integer) PRIMARY KEY CHECK (id = 1),
      changes \(words.integer) NOT NULL
    \(words.end)
    """
  }

  static let endedSessions = Migration("2026-11-30-70-ended-sessions") { words in
    """
    CREATE TABLE ended_session (
      digest \(words.text) PRIMARY KEY,
      until \(words.integer) NOT NULL
    \(words.end)
    """
  }

  static let sessions = Migration("2026-11-23-72-sessions") { words in
    """
    CREATE TABLE session_key (
      id \(words.integer) PRIMARY KEY CHECK (id = 1),
      secret \(words.text) NOT NULL,
      made_at \(words.integer) NOT NULL
    \(words.end)
    """
  }
}
