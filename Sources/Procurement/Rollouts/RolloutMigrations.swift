package import Storage

/// The tables of rollouts: each revision keeps what it was planned from, its waves and how each centre ends; what was
/// delivered is kept beside them and belongs to no revision.
package enum RolloutMigrations {
  package static let migrations = [rollouts, kept]

  /// What each planned wave leaves in hand, and why.
  static let kept = Migration("2026-11-30-64-rollout-kept") { words in
    """
    CREATE TABLE rollout_kept (
      rollout_id \(words.integer) NOT NULL,
      revision \(words.integer) NOT NULL,
      wave \(words.integer) NOT NULL CHECK (wave > 0),
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      why \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, revision, wave),
      FOREIGN KEY (rollout_id, revision) REFERENCES rollout_revision (rollout_id, number)
    \(words.end)
    """
  }

  static let rollouts = Migration("2026-11-23-63-rollouts") { words in
    """
    CREATE TABLE rollout (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      item_id \(words.integer) REFERENCES item (id),
      kit_id \(words.integer) REFERENCES kit (id),
      pack_units \(words.integer) NOT NULL CHECK (pack_units > 0),
      state \(words.text) NOT NULL
        CHECK (state IN ('draft', 'approved', 'running', 'revised', 'completed', 'cancelled')),
      revision \(words.integer) NOT NULL CHECK (revision >= 0),
      cancelled_because \(words.text),
      CHECK ((item_id IS NULL) <> (kit_id IS NULL)),
      CHECK ((state = 'cancelled') = (cancelled_because IS NOT NULL))
    \(words.end)
    CREATE TABLE rollout_revision (
      rollout_id \(words.integer) NOT NULL REFERENCES rollout (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      planned_on \(words.integer) NOT NULL,
      because \(words.text) NOT NULL,
      supply \(words.text) NOT NULL CHECK (supply IN ('stated', 'orders')),
      last_first_day \(words.integer),
      bound \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, number)
    \(words.end)
    CREATE TABLE rollout_target (
      rollout_id \(words.integer) NOT NULL,
      revision \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      ready_on \(words.integer) NOT NULL,
      first_tranche \(words.integer) NOT NULL CHECK (first_tranche >= 0),
      target \(words.integer) NOT NULL CHECK (target >= first_tranche),
      used_units \(words.integer) CHECK (used_units >= 0),
      used_days \(words.integer) CHECK (used_days > 0),
      first_day \(words.integer),
      planned \(words.integer) NOT NULL CHECK (planned >= 0),
      reason \(words.text) NOT NULL,
      sentence \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, revision, centre_id),
      FOREIGN KEY (rollout_id, revision) REFERENCES rollout_revision (rollout_id, number),
      CHECK ((used_units IS NULL) = (used_days IS NULL))
    \(words.end)
    CREATE TABLE rollout_arrival (
      rollout_id \(words.integer) NOT NULL,
      revision \(words.integer) NOT NULL,
      number \(words.integer) NOT NULL CHECK (number > 0),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity >= 0),
      origin \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, revision, number),
      FOREIGN KEY (rollout_id, revision) REFERENCES rollout_revision (rollout_id, number)
    \(words.end)
    CREATE TABLE rollout_line (
      rollout_id \(words.integer) NOT NULL,
      revision \(words.integer) NOT NULL,
      wave \(words.integer) NOT NULL CHECK (wave > 0),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      total \(words.integer) NOT NULL CHECK (total >= quantity),
      progress \(words.text) NOT NULL,
      reason \(words.text) NOT NULL,
      sentence \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, revision, wave, centre_id),
      FOREIGN KEY (rollout_id, revision) REFERENCES rollout_revision (rollout_id, number)
    \(words.end)
    CREATE TABLE rollout_delivery (
      rollout_id \(words.integer) NOT NULL REFERENCES rollout (id),
      wave \(words.integer) NOT NULL CHECK (wave > 0),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      document \(words.text) NOT NULL,
      PRIMARY KEY (rollout_id, wave, centre_id)
    \(words.end)
    """
  }
}
