import Storage

extension RegisterMigrations {
  /// What equipment planning needs beside the register: journeys, makers, activity, and the plans themselves.
  static let planning = Migration("2026-11-23-20-equipment-planning") { words in
    """
    CREATE TABLE travel_time (
      origin \(words.text) NOT NULL,
      destination \(words.text) NOT NULL,
      source \(words.text) NOT NULL CHECK (source IN ('sea', 'imported', 'routed')),
      seconds \(words.integer) NOT NULL CHECK (seconds >= 0),
      detail \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (origin, destination, source)
    \(words.end)
    CREATE TABLE maker (
      name \(words.text) PRIMARY KEY,
      state \(words.text) NOT NULL CHECK (state IN ('active', 'ceased')),
      since \(words.text),
      note \(words.text) NOT NULL,
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE equipment_activity (
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      category_id \(words.integer) NOT NULL REFERENCES equipment_category (id),
      year \(words.integer) NOT NULL,
      treated \(words.integer) NOT NULL CHECK (treated >= 0),
      unit \(words.text) NOT NULL,
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL,
      PRIMARY KEY (centre_id, category_id, year)
    \(words.end)
    CREATE TABLE siting_plan (
      code \(words.text) PRIMARY KEY,
      category \(words.text) NOT NULL,
      made_at \(words.integer) NOT NULL,
      made_by \(words.text) NOT NULL,
      rule \(words.text) NOT NULL,
      inputs \(words.text) NOT NULL,
      question \(words.text) NOT NULL,
      answer \(words.text) NOT NULL
    \(words.end)
    """
  }

  /// Where a routing server was asked and found no way: kept like a time, so that no formula stands in for it.
  static let noWays = Migration("2026-11-30-20-travel-no-ways") { words in
    """
    CREATE TABLE travel_no_way (
      origin \(words.text) NOT NULL,
      destination \(words.text) NOT NULL,
      source \(words.text) NOT NULL CHECK (source IN ('routed')),
      detail \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (origin, destination, source)
    \(words.end)
    """
  }
}
