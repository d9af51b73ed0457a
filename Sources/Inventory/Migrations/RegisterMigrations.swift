package import Storage

/// The tables of the register: who the centres are, what they hold, what is bought, and the log of every change.
package enum RegisterMigrations {
  package static let migrations = [
    centres, equipment, items, audit, planning, noWays, catalogueMark,
  ]

  static let centres = Migration("2026-11-22-01-centres") { words in
    """
    CREATE TABLE department (
      code \(words.text) PRIMARY KEY,
      name \(words.text) NOT NULL,
      region \(words.text) NOT NULL,
      population \(words.integer) CHECK (population >= 0),
      population_year \(words.integer),
      population_note \(words.text) NOT NULL,
      latitude \(words.integer),
      longitude \(words.integer)
    \(words.end)
    CREATE TABLE organisation (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      name \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE centre (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      organisation_id \(words.integer) NOT NULL REFERENCES organisation (id),
      name \(words.text) NOT NULL,
      kind \(words.text) NOT NULL CHECK (kind IN ('hospital_site', 'technical_platform', 'affiliate')),
      city \(words.text) NOT NULL,
      department \(words.text) NOT NULL,
      region \(words.text) NOT NULL,
      latitude \(words.integer),
      longitude \(words.integer),
      position_certainty \(words.text),
      address \(words.text),
      address_certainty \(words.text),
      annual_patients \(words.integer) CHECK (annual_patients >= 0),
      annual_patients_year \(words.integer),
      annual_patients_source \(words.text),
      finess \(words.text) UNIQUE,
      siret \(words.text) UNIQUE,
      gln \(words.text) UNIQUE,
      CHECK ((latitude IS NULL) = (longitude IS NULL))
    \(words.end)
    CREATE INDEX centre_by_organisation ON centre (organisation_id);
    """
  }

  static let items = Migration("2026-11-22-03-items") { words in
    """
    CREATE TABLE item (
      id \(words.identity),
      sku \(words.text) NOT NULL UNIQUE,
      name \(words.text) NOT NULL,
      name_fr \(words.text) NOT NULL,
      unit \(words.text) NOT NULL,
      criticality \(words.text) NOT NULL CHECK (criticality IN ('vital', 'essential', 'standard')),
      storage \(words.text) NOT NULL CHECK (storage IN ('ambient', 'cold', 'frozen')),
      shelf_life_days \(words.integer) CHECK (shelf_life_days > 0),
      minimum_cover_days \(words.integer) CHECK (minimum_cover_days >= 0),
      cpv \(words.text),
      atc \(words.text),
      state \(words.text) NOT NULL CHECK (state IN ('active', 'retired')),
      certainty \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE item_pack (
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      level \(words.text) NOT NULL CHECK (level IN ('each', 'inner', 'carton')),
      units \(words.integer) NOT NULL CHECK (units > 0),
      gtin \(words.text) UNIQUE,
      PRIMARY KEY (item_id, level)
    \(words.end)
    CREATE TABLE item_substitute (
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      substitute_id \(words.integer) NOT NULL REFERENCES item (id),
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      per_quantity \(words.integer) NOT NULL CHECK (per_quantity > 0),
      note \(words.text) NOT NULL,
      PRIMARY KEY (item_id, substitute_id),
      CHECK (item_id <> substitute_id)
    \(words.end)
    CREATE TABLE kit (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      name \(words.text) NOT NULL,
      name_fr \(words.text) NOT NULL,
      category_id \(words.integer) REFERENCES equipment_category (id),
      certainty \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE kit_component (
      kit_id \(words.integer) NOT NULL REFERENCES kit (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      quantity \(words.integer) NOT NULL CHECK (quantity > 0),
      per_tests \(words.integer) NOT NULL CHECK (per_tests > 0),
      PRIMARY KEY (kit_id, item_id)
    \(words.end)
    """
  }

  static let catalogueMark = Migration("2026-11-30-80-catalogue-mark") { words in
    """
    CREATE TABLE catalogue_mark (
      id \(words.integer) PRIMARY KEY CHECK (id = 1),
      mark \(words.integer) NOT NULL
    \(words.end)
    """
  }

  static let audit = Migration("2026-11-22-04-audit") { words in
    """
    CREATE TABLE audit_chain (
      name \(words.text) PRIMARY KEY,
      length \(words.integer) NOT NULL CHECK (length >= 0),
      head \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE audit_entry (
      chain \(words.text) NOT NULL REFERENCES audit_chain (name),
      sequence \(words.integer) NOT NULL CHECK (sequence > 0),
      at \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL,
      action \(words.text) NOT NULL,
      subject \(words.text) NOT NULL,
      before \(words.text),
      after \(words.text),
      hash \(words.text) NOT NULL,
      PRIMARY KEY (chain, sequence)
    \(words.end)
    CREATE INDEX audit_by_subject ON audit_entry (subject, at);
    """
  }
}
