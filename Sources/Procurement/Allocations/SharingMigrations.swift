package import Storage

/// The tables behind a shared supply: what was declared before it became scarce, what each delivery gives to whom,
/// and the rule by which a short delivery is shared.
package enum SharingMigrations {
  package static let migrations = [terms, decisions, rules, plannedLots]

  static let terms = Migration("2026-11-23-60-sharing-terms") { words in
    """
    CREATE TABLE sharing_terms (
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      starts_on \(words.integer) NOT NULL,
      baseline_units \(words.integer) CHECK (baseline_units BETWEEN 0 AND 1000000000),
      baseline_days \(words.integer) CHECK (baseline_days BETWEEN 1 AND 1000000),
      priority \(words.integer) NOT NULL CHECK (priority BETWEEN 1 AND 1000),
      floor \(words.integer) NOT NULL CHECK (floor BETWEEN 0 AND 1000000000),
      source \(words.text) NOT NULL CHECK (length(source) > 0),
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (item_id, centre_id, starts_on),
      CHECK ((baseline_units IS NULL) = (baseline_days IS NULL))
    \(words.end)
    """
  }

  /// A decision that nobody asked with a question (`question` is null) was computed from figures that its caller
  /// gave: it promises nothing by itself.
  static let decisions = Migration("2026-11-23-61-allocation-deliveries") { words in
    """
    ALTER TABLE allocation ADD COLUMN state \(words.text) NOT NULL DEFAULT 'decided'
      CHECK (state IN ('decided', 'cancelled'));
    ALTER TABLE allocation ADD COLUMN question \(words.text);
    ALTER TABLE allocation ADD COLUMN cancelled_because \(words.text);
    ALTER TABLE allocation_line ADD COLUMN asked \(words.integer);
    ALTER TABLE allocation_line ADD COLUMN baseline \(words.integer);
    ALTER TABLE allocation_line ADD COLUMN floor \(words.integer) NOT NULL DEFAULT 0;
    ALTER TABLE allocation_line ADD COLUMN priority \(words.integer) NOT NULL DEFAULT 1;
    ALTER TABLE allocation_line ADD COLUMN used_units \(words.integer);
    ALTER TABLE allocation_line ADD COLUMN used_days \(words.integer);
    ALTER TABLE allocation_line ADD COLUMN cover_before \(words.integer);
    CREATE TABLE allocation_delivery (
      allocation_id \(words.integer) NOT NULL REFERENCES allocation (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity >= 0),
      expiry \(words.integer),
      order_id \(words.integer),
      line \(words.integer),
      PRIMARY KEY (allocation_id, number),
      FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, line),
      CHECK ((order_id IS NULL) = (line IS NULL))
    \(words.end)
    CREATE INDEX allocation_delivery_by_order ON allocation_delivery (order_id, line);
    CREATE TABLE allocation_share (
      allocation_id \(words.integer) NOT NULL,
      delivery \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      received \(words.integer) NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND quantity),
      is_reserve \(words.integer) NOT NULL CHECK (is_reserve IN (0, 1)),
      exact_packs \(words.text),
      cover_before \(words.integer),
      cover_after \(words.integer),
      reason \(words.text) NOT NULL,
      sentence \(words.text) NOT NULL,
      PRIMARY KEY (allocation_id, delivery, centre_id, is_reserve),
      FOREIGN KEY (allocation_id, delivery) REFERENCES allocation_delivery (allocation_id, number)
    \(words.end)
    """
  }

  static let rules = Migration("2026-11-23-62-sharing-rules") { words in
    """
    CREATE TABLE order_sharing (
      order_id \(words.integer) PRIMARY KEY REFERENCES purchase_order (id),
      rule \(words.text) NOT NULL,
      reason \(words.text) NOT NULL CHECK (length(reason) > 0),
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL
    \(words.end)
    CREATE TABLE lot_sharing (
      lot_id \(words.integer) PRIMARY KEY REFERENCES agreement_lot (id),
      rule \(words.text) NOT NULL,
      reason \(words.text) NOT NULL CHECK (length(reason) > 0),
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL
    \(words.end)
    """
  }

  /// The lots that a planned transfer means to send.
  static let plannedLots = Migration("2026-11-23-64-planned-lots") { words in
    """
    CREATE TABLE transfer_planned_lot (
      transfer_id \(words.integer) NOT NULL REFERENCES transfer (id),
      lot_id \(words.integer) NOT NULL REFERENCES lot (id),
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      PRIMARY KEY (transfer_id, lot_id)
    \(words.end)
    """
  }
}
