package import Storage

/// The tables of work that is done after the answer.
package enum JobMigrations {
  package static let migrations = [jobs]

  static let jobs = Migration("2026-11-23-74-jobs") { words in
    """
    CREATE TABLE job (
      id \(words.identity),
      member \(words.text) NOT NULL,
      operation \(words.text) NOT NULL,
      route \(words.text) NOT NULL,
      request \(words.text) NOT NULL,
      state \(words.text) NOT NULL
        CHECK (state IN ('waiting', 'running', 'finished', 'failed', 'cancelled')),
      progress \(words.text),
      asked_at \(words.integer) NOT NULL,
      started_at \(words.integer),
      ended_at \(words.integer),
      changed_at \(words.integer) NOT NULL,
      cancel_asked_at \(words.integer),
      worker \(words.text),
      lease_until \(words.integer),
      attempts \(words.integer) NOT NULL DEFAULT 0,
      status \(words.integer),
      content_type \(words.text),
      body \(words.text),
      notes \(words.text)
    \(words.end)
    CREATE INDEX job_open ON job (id) WHERE state IN ('waiting', 'running');
    CREATE INDEX job_by_member ON job (member, id);
    CREATE INDEX job_by_change ON job (changed_at);
    CREATE TABLE job_effect (
      job_id \(words.integer) PRIMARY KEY REFERENCES job (id),
      at \(words.integer) NOT NULL
    \(words.end)
    """
  }
}
