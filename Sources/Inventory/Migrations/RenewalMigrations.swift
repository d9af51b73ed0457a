package import Storage

/// The tables of renewal: what machines cost, the plans that were made, and what-ifs.
package enum RenewalMigrations {
  package static let migrations = [prices, plans, scenarios]

  static let prices = Migration("2026-11-23-40-machine-prices") { words in
    """
    CREATE TABLE machine_price (
      category_id \(words.integer) NOT NULL REFERENCES equipment_category (id),
      purpose \(words.text) NOT NULL CHECK (purpose IN ('purchase', 'upgrade', 'move')),
      from_machines \(words.integer) NOT NULL CHECK (from_machines BETWEEN 1 AND 1000),
      valid_from \(words.integer) NOT NULL,
      price \(words.integer) NOT NULL CHECK (price BETWEEN 0 AND 100000000000),
      source \(words.text) NOT NULL,
      source_date \(words.text),
      certainty \(words.text) NOT NULL,
      note \(words.text) NOT NULL,
      PRIMARY KEY (category_id, purpose, valid_from, from_machines)
    \(words.end)
    """
  }

  static let plans = Migration("2026-11-23-41-renewal-plans") { words in
    """
    CREATE TABLE renewal_plan (
      id \(words.identity),
      scenario \(words.text),
      first_year \(words.integer) NOT NULL,
      years \(words.integer) NOT NULL CHECK (years BETWEEN 1 AND 30),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      proven \(words.integer) NOT NULL CHECK (proven IN (0, 1)),
      solver \(words.text) NOT NULL,
      rule_version \(words.integer) NOT NULL,
      inputs_digest \(words.text) NOT NULL,
      inputs \(words.text) NOT NULL,
      report \(words.text) NOT NULL,
      actor \(words.text) NOT NULL,
      made_at \(words.integer) NOT NULL
    \(words.end)
    CREATE INDEX renewal_plan_by_inputs ON renewal_plan (inputs_digest);
    """
  }

  static let scenarios = Migration("2026-11-23-42-scenarios") { words in
    """
    CREATE TABLE scenario (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      version \(words.integer) NOT NULL CHECK (version > 0)
    \(words.end)
    CREATE TABLE scenario_change (
      scenario_id \(words.integer) NOT NULL REFERENCES scenario (id),
      kind \(words.text) NOT NULL
        CHECK (kind IN ('withdraw', 'maker_gone', 'budget', 'new_centre', 'need', 'price')),
      subject \(words.text) NOT NULL,
      category \(words.text) NOT NULL,
      amount \(words.integer) NOT NULL,
      PRIMARY KEY (scenario_id, kind, subject, category)
    \(words.end)
    """
  }
}
