import Storage

extension RegisterMigrations {
  static let equipment = Migration("2026-11-22-02-equipment") { words in
    """
    CREATE TABLE equipment_category (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      name \(words.text) NOT NULL,
      name_fr \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE category_norm (
      category \(words.text) NOT NULL,
      name \(words.text) NOT NULL,
      valid_from \(words.integer) NOT NULL,
      value \(words.text) NOT NULL,
      low \(words.text),
      high \(words.text),
      unit \(words.text) NOT NULL,
      source \(words.text) NOT NULL,
      source_date \(words.text),
      certainty \(words.text) NOT NULL,
      note \(words.text) NOT NULL,
      PRIMARY KEY (category, name, valid_from)
    \(words.end)
    CREATE TABLE equipment (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      organisation_id \(words.integer) NOT NULL REFERENCES organisation (id),
      centre_id \(words.integer) REFERENCES centre (id),
      category_id \(words.integer) NOT NULL REFERENCES equipment_category (id),
      manufacturer \(words.text),
      model \(words.text),
      serial \(words.text),
      udi \(words.text) UNIQUE,
      commissioned_year \(words.integer),
      commissioned_day \(words.integer),
      price \(words.integer) CHECK (price >= 0),
      weekly_capacity \(words.integer) CHECK (weekly_capacity >= 0),
      lifecycle \(words.text) NOT NULL
        CHECK (lifecycle IN ('planned', 'ordered', 'installing', 'in_service', 'retired', 'unknown')),
      confirmed \(words.integer) NOT NULL CHECK (confirmed IN (0, 1)),
      function \(words.text) NOT NULL CHECK (function IN ('up', 'degraded', 'down', 'unknown')),
      note \(words.text) NOT NULL,
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL
    \(words.end)
    CREATE INDEX equipment_by_place ON equipment (organisation_id, category_id);
    CREATE TABLE equipment_status (
      equipment_id \(words.integer) NOT NULL REFERENCES equipment (id),
      since \(words.integer) NOT NULL,
      sequence \(words.integer) NOT NULL,
      axis \(words.text) NOT NULL CHECK (axis IN ('lifecycle', 'function')),
      state \(words.text) NOT NULL,
      reason \(words.text) NOT NULL,
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (equipment_id, sequence)
    \(words.end)
    CREATE TABLE presence_statement (
      organisation_id \(words.integer) NOT NULL REFERENCES organisation (id),
      centre_id \(words.integer) REFERENCES centre (id),
      category_id \(words.integer) NOT NULL REFERENCES equipment_category (id),
      stated_on \(words.integer) NOT NULL,
      present \(words.integer) NOT NULL CHECK (present IN (0, 1)),
      note \(words.text) NOT NULL,
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL,
      PRIMARY KEY (organisation_id, category_id, stated_on)
    \(words.end)
    """
  }
}
