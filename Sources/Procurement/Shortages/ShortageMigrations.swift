package import Storage

/// The tables of shortage alerts, allocations of what is scarce, and transfers between centres.
package enum ShortageMigrations {
  package static let migrations = [alerts, allocations, transfers]

  static let alerts = Migration("2026-11-22-30-alerts") { words in
    """
    CREATE TABLE alert_policy (
      criticality \(words.text) PRIMARY KEY,
      watch_days \(words.integer) NOT NULL,
      alert_days \(words.integer) NOT NULL,
      critical_days \(words.integer) NOT NULL CHECK (critical_days > 0),
      clear_days \(words.integer) NOT NULL CHECK (clear_days >= 0),
      stale_days \(words.integer) NOT NULL CHECK (stale_days > 0),
      source \(words.text) NOT NULL,
      CHECK (watch_days > alert_days AND alert_days > critical_days)
    \(words.end)
    INSERT INTO alert_policy VALUES
      ('vital', 30, 14, 7, 2, 7, 'proposed default'),
      ('essential', 21, 10, 5, 2, 7, 'proposed default'),
      ('standard', 14, 7, 3, 2, 14, 'proposed default');
    CREATE TABLE shortage_alert (
      id \(words.identity),
      centre_id \(words.integer) REFERENCES centre (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      severity \(words.text) NOT NULL CHECK (severity IN ('watch', 'alert', 'critical', 'stock_out')),
      state \(words.text) NOT NULL CHECK (state IN ('open', 'acknowledged', 'mitigated', 'resolved')),
      opened_on \(words.integer) NOT NULL,
      changed_on \(words.integer) NOT NULL,
      resolved_on \(words.integer),
      times_reopened \(words.integer) NOT NULL CHECK (times_reopened >= 0),
      evidence \(words.text) NOT NULL,
      CHECK ((state = 'resolved') = (resolved_on IS NOT NULL))
    \(words.end)
    CREATE UNIQUE INDEX shortage_alert_current ON shortage_alert (COALESCE(centre_id, 0), item_id)
      WHERE state <> 'resolved';
    CREATE INDEX shortage_alert_by_item ON shortage_alert (item_id, centre_id);
    CREATE TABLE shortage_alert_event (
      alert_id \(words.integer) NOT NULL REFERENCES shortage_alert (id),
      sequence \(words.integer) NOT NULL,
      at \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL,
      state \(words.text) NOT NULL,
      severity \(words.text) NOT NULL,
      note \(words.text) NOT NULL,
      PRIMARY KEY (alert_id, sequence)
    \(words.end)
    """
  }

  static let allocations = Migration("2026-11-22-31-allocations") { words in
    """
    CREATE TABLE allocation (
      id \(words.identity),
      key \(words.text) NOT NULL UNIQUE,
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      rule \(words.text) NOT NULL,
      pack_units \(words.integer) NOT NULL CHECK (pack_units > 0),
      supply \(words.integer) NOT NULL CHECK (supply >= 0),
      reserve \(words.integer) NOT NULL CHECK (reserve >= 0),
      left_over \(words.integer) NOT NULL CHECK (left_over >= 0),
      decided_on \(words.integer) NOT NULL,
      reason \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE allocation_line (
      allocation_id \(words.integer) NOT NULL REFERENCES allocation (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      need \(words.integer) CHECK (need >= 0),
      stock \(words.integer) NOT NULL CHECK (stock >= 0),
      quantity \(words.integer) NOT NULL CHECK (quantity >= 0),
      cover_after \(words.integer),
      reason \(words.text) NOT NULL,
      sentence \(words.text) NOT NULL,
      PRIMARY KEY (allocation_id, centre_id)
    \(words.end)
    """
  }

  static let transfers = Migration("2026-11-22-32-transfers") { words in
    """
    CREATE TABLE transfer_sequence (
      year \(words.integer) PRIMARY KEY,
      last \(words.integer) NOT NULL
    \(words.end)
    CREATE TABLE transfer (
      id \(words.identity),
      number \(words.text) NOT NULL UNIQUE,
      key \(words.text) NOT NULL UNIQUE,
      from_id \(words.integer) NOT NULL REFERENCES centre (id),
      to_id \(words.integer) NOT NULL REFERENCES centre (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      keep \(words.integer) NOT NULL CHECK (keep >= 0),
      state \(words.text) NOT NULL
        CHECK (state IN ('proposed', 'agreed', 'sent', 'received', 'cancelled')),
      proposed_on \(words.integer) NOT NULL,
      sent_on \(words.integer),
      received_on \(words.integer),
      reason \(words.text) NOT NULL,
      CHECK (from_id <> to_id)
    \(words.end)
    CREATE INDEX transfer_by_item ON transfer (item_id, state);
    CREATE TABLE transfer_lot (
      transfer_id \(words.integer) NOT NULL REFERENCES transfer (id),
      lot_id \(words.integer) NOT NULL REFERENCES lot (id),
      sent \(words.integer) NOT NULL CHECK (sent > 0),
      received \(words.integer) CHECK (received BETWEEN 0 AND sent),
      reason \(words.text),
      PRIMARY KEY (transfer_id, lot_id),
      CHECK (received IS NULL OR received = sent OR reason IS NOT NULL)
    \(words.end)
    """
  }
}
