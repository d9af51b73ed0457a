package import Storage

/// The tables of stock: lots and their holds, the ledger with its balances, the centres' reports and their calendar.
package enum StockMigrations {
  package static let migrations = [lots, ledger, reports, lighterLedger, marks, reportChecks]

  static let lots = Migration("2026-11-22-10-lots") { words in
    """
    CREATE TABLE lot (
      id \(words.identity),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      number \(words.text) NOT NULL,
      expiry \(words.integer),
      UNIQUE (item_id, number),
      UNIQUE (item_id, id),
      CHECK (number <> '' OR expiry IS NULL)
    \(words.end)
    CREATE INDEX lot_by_expiry ON lot (expiry) WHERE expiry IS NOT NULL;
    CREATE TABLE lot_hold (
      id \(words.identity),
      lot_id \(words.integer) NOT NULL REFERENCES lot (id),
      centre_id \(words.integer) REFERENCES centre (id),
      kind \(words.text) NOT NULL CHECK (kind IN ('quarantine', 'recall')),
      since \(words.integer) NOT NULL,
      until \(words.integer) CHECK (until >= since),
      reason \(words.text) NOT NULL
    \(words.end)
    CREATE INDEX lot_hold_by_lot ON lot_hold (lot_id);
    """
  }

  /// An entry is what one document did to one centre's stock on one day; its movements are the ledger. A balance
  /// holds the keys of its movements, so that only the first movement of a lot at a centre pays for checking them.
  static let ledger = Migration("2026-11-22-11-ledger") { words in
    """
    CREATE TABLE stock_entry (
      id \(words.identity),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      day \(words.integer) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL,
      document \(words.text),
      reverses \(words.integer) UNIQUE REFERENCES stock_entry (id),
      restates \(words.integer) REFERENCES stock_entry (id)
    \(words.end)
    CREATE INDEX stock_entry_by_day ON stock_entry (centre_id, day);
    CREATE INDEX stock_entry_by_count ON stock_entry (restates) WHERE restates IS NOT NULL;
    CREATE INDEX stock_entry_by_document ON stock_entry (document) WHERE document IS NOT NULL;
    CREATE TABLE stock_movement (
      centre_id \(words.integer) NOT NULL,
      entry_id \(words.integer) NOT NULL,
      line \(words.integer) NOT NULL,
      reason \(words.text) NOT NULL CHECK (reason IN (\(MovementReason.list))),
      item_id \(words.integer) NOT NULL,
      lot_id \(words.integer) NOT NULL,
      day \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity <> 0 OR reason IN ('use', 'count')),
      PRIMARY KEY (centre_id, entry_id, line, reason)
    \(words.clusteredEnd)
    CREATE INDEX stock_movement_by_lot ON stock_movement (centre_id, item_id, lot_id, day);
    CREATE TABLE stock_balance (
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      lot_id \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity >= 0),
      last_day \(words.integer) NOT NULL,
      reported_day \(words.integer),
      PRIMARY KEY (centre_id, item_id, lot_id),
      FOREIGN KEY (item_id, lot_id) REFERENCES lot (item_id, id)
    \(words.clusteredEnd)
    CREATE INDEX stock_balance_by_lot ON stock_balance (lot_id, centre_id);
    \(words.appendOnly("stock_entry"))
    \(words.appendOnly("stock_movement"))
    """
  }

  static let reports = Migration("2026-11-22-12-reports") { words in
    """
    CREATE TABLE stock_report (
      id \(words.integer) PRIMARY KEY REFERENCES stock_entry (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      report_key \(words.text) NOT NULL,
      origin \(words.text) NOT NULL CHECK (origin IN ('file', 'form', 'interface', 'line')),
      digest \(words.text) NOT NULL,
      lines \(words.integer) NOT NULL CHECK (lines > 0),
      corrects \(words.integer) UNIQUE REFERENCES stock_report (id),
      UNIQUE (centre_id, report_key)
    \(words.end)
    CREATE TABLE stock_report_line (
      report_id \(words.integer) NOT NULL,
      item_id \(words.integer) NOT NULL,
      lot_number \(words.text) NOT NULL,
      line \(words.integer) NOT NULL,
      expiry \(words.integer),
      counted \(words.integer) CHECK (counted >= 0),
      received \(words.integer) CHECK (received >= 0),
      used \(words.integer) CHECK (used >= 0),
      lost \(words.integer) CHECK (lost >= 0),
      adjusted \(words.integer),
      PRIMARY KEY (report_id, item_id, lot_number)
    \(words.clusteredEnd)
    \(words.appendOnly("stock_report"))
    \(words.appendOnly("stock_report_line"))
    CREATE TABLE reporting_schedule (
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      from_day \(words.integer) NOT NULL,
      until_day \(words.integer) CHECK (until_day >= from_day),
      weekday \(words.text) NOT NULL,
      grace_days \(words.integer) NOT NULL CHECK (grace_days BETWEEN 0 AND 6),
      PRIMARY KEY (centre_id, from_day)
    \(words.end)
    """
  }

  /// The same rules at less cost. SQLite builds a set anew for each row that an `IN` of a CHECK meets, which was a third
  /// of what a movement cost. PostgreSQL gets room in the pages of balances, so that moving one touches no index.
  static let lighterLedger = Migration("2026-11-23-70-lighter-ledger") { words in
    switch words {
    case .sqlite:
      """
      CREATE TABLE stock_movement_lighter (
        centre_id INTEGER NOT NULL,
        entry_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (\(MovementReason.isKnown)),
        item_id INTEGER NOT NULL,
        lot_id INTEGER NOT NULL,
        day INTEGER NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity <> 0 OR reason = 'use' OR reason = 'count'),
        PRIMARY KEY (centre_id, entry_id, line, reason)
      \(words.clusteredEnd)
      INSERT INTO stock_movement_lighter (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
      SELECT centre_id, entry_id, line, reason, item_id, lot_id, day, quantity FROM stock_movement
      ORDER BY centre_id, entry_id, line, reason;
      DROP TABLE stock_movement;
      ALTER TABLE stock_movement_lighter RENAME TO stock_movement;
      CREATE INDEX stock_movement_by_lot ON stock_movement (centre_id, item_id, lot_id, day);
      \(words.appendOnly("stock_movement"))
      """
    case .postgres:
      """
      ALTER TABLE stock_balance SET (fillfactor = 50);
      CLUSTER stock_balance USING stock_balance_pkey;
      """
    }
  }

  /// That a report has its entry is checked when the transaction is committed, as ever before anybody can see the report.
  /// The check reads where the next entry of any centre will stand in the index: done at once, it put a report in the way
  /// of all that were taken beside it until its commit.
  static let reportChecks = Migration("2026-11-30-81-report-checks") { words in
    switch words {
    case .sqlite: ""
    case .postgres:
      "ALTER TABLE stock_report ALTER CONSTRAINT stock_report_id_fkey DEFERRABLE INITIALLY DEFERRED;"
    }
  }

  /// How far each centre's book has come, by its last entry, and under 0 how often a lot changed for everybody.
  static let marks = Migration("2026-11-24-10-stock-marks") { words in
    """
    CREATE TABLE stock_mark (
      centre_id \(words.integer) PRIMARY KEY,
      mark \(words.integer) NOT NULL
    \(words.end)
    INSERT INTO stock_mark (centre_id, mark) SELECT centre_id, MAX(id) FROM stock_entry GROUP BY centre_id;
    """
  }
}

extension Dialect {
  /// Closes a table whose rows lie in the order of their key.
  fileprivate var clusteredEnd: String {
    switch self {
    case .sqlite: ") STRICT, WITHOUT ROWID;"
    case .postgres: ");"
    }
  }

  /// Refuses to change or remove rows of a table, whoever asks.
  fileprivate func appendOnly(_ table: String) -> String {
    let message = "\(table) is append-only: reverse it and write anew"
    switch self {
    case .sqlite:
      return ["UPDATE", "DELETE"].map { change in
        """
        CREATE TRIGGER \(table)_refuses_\(change.lowercased()) BEFORE \(change) ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(message)'); END;
        """
      }.joined(separator: "\n")
    case .postgres:
      return """
        CREATE FUNCTION \(table)_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION '\(message)'; END $body$;
        CREATE TRIGGER \(table)_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION \(table)_refuses_change();
        """
    }
  }
}
