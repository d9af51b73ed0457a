package import Storage

/// The tables of purchasing: who sells, under which agreement and at what price; what the centres need; what was
/// awarded, ordered and received.
package enum ProcurementMigrations {
  package static let migrations = [
    suppliers, agreements, offers, campaigns, awards, orders, receipts, awardProofs, ceilingMoves,
    campaignRounds,
  ]

  static let suppliers = Migration("2026-11-22-20-suppliers") { words in
    """
    CREATE TABLE supplier (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      name \(words.text) NOT NULL,
      siret \(words.text) UNIQUE,
      gln \(words.text) UNIQUE,
      vat \(words.text),
      country \(words.text) NOT NULL CHECK (length(country) = 2),
      supply_status \(words.text) NOT NULL CHECK (supply_status IN ('normal', 'tension', 'rupture')),
      active \(words.integer) NOT NULL CHECK (active IN (0, 1)),
      certainty \(words.text)
    \(words.end)
    """
  }

  static let agreements = Migration("2026-11-22-21-agreements") { words in
    """
    CREATE TABLE framework_agreement (
      id \(words.identity),
      reference \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      cpv \(words.text),
      starts \(words.integer) NOT NULL,
      ends \(words.integer) NOT NULL,
      currency \(words.text) NOT NULL CHECK (length(currency) = 3),
      payment_days \(words.integer) NOT NULL CHECK (payment_days BETWEEN 0 AND 365),
      revision_formula \(words.text),
      revision_fixed_permille \(words.integer) CHECK (revision_fixed_permille BETWEEN 0 AND 1000),
      revision_cap_permille \(words.integer) CHECK (revision_cap_permille >= 0),
      legal_basis \(words.text),
      buyer_name \(words.text),
      buyer_siret \(words.text),
      notified_on \(words.integer),
      publication \(words.text) NOT NULL,
      certainty \(words.text),
      CHECK (ends >= starts)
    \(words.end)
    CREATE TABLE agreement_lot (
      id \(words.identity),
      agreement_id \(words.integer) NOT NULL REFERENCES framework_agreement (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      title \(words.text) NOT NULL,
      cpv \(words.text),
      rule \(words.text) NOT NULL CHECK (rule IN ('sole', 'cascade', 'share', 'best_offer')),
      maximum_value \(words.integer) CHECK (maximum_value > 0),
      maximum_quantity \(words.integer) CHECK (maximum_quantity > 0),
      minimum_value \(words.integer) CHECK (minimum_value >= 0),
      minimum_quantity \(words.integer) CHECK (minimum_quantity >= 0),
      committed_value \(words.integer) NOT NULL DEFAULT 0 CHECK (committed_value >= 0),
      committed_quantity \(words.integer) NOT NULL DEFAULT 0 CHECK (committed_quantity >= 0),
      UNIQUE (agreement_id, number),
      CHECK (maximum_value IS NOT NULL OR maximum_quantity IS NOT NULL),
      CHECK (maximum_value IS NULL OR committed_value <= maximum_value),
      CHECK (maximum_quantity IS NULL OR committed_quantity <= maximum_quantity)
    \(words.end)
    CREATE TABLE lot_holder (
      lot_id \(words.integer) NOT NULL REFERENCES agreement_lot (id),
      supplier_id \(words.integer) NOT NULL REFERENCES supplier (id),
      rank \(words.integer) NOT NULL CHECK (rank > 0),
      share_permille \(words.integer) CHECK (share_permille BETWEEN 1 AND 1000),
      PRIMARY KEY (lot_id, supplier_id),
      UNIQUE (lot_id, rank)
    \(words.end)
    CREATE INDEX lot_holder_by_supplier ON lot_holder (supplier_id);
    CREATE TABLE ceiling_alert (
      lot_id \(words.integer) NOT NULL REFERENCES agreement_lot (id),
      level \(words.integer) NOT NULL CHECK (level IN (70, 90, 100)),
      raised_at \(words.integer) NOT NULL,
      cause \(words.text) NOT NULL,
      PRIMARY KEY (lot_id, level)
    \(words.end)
    """
  }

  /// Every step along a ceiling. Of what was drawn before it was noted, the sum stands first.
  static let ceilingMoves = Migration("2026-11-30-20-ceiling-moves") { words in
    """
    CREATE TABLE ceiling_move (
      id \(words.identity),
      lot_id \(words.integer) NOT NULL REFERENCES agreement_lot (id),
      at \(words.integer) NOT NULL,
      value \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL,
      cause \(words.text) NOT NULL
    \(words.end)
    CREATE INDEX ceiling_move_by_lot ON ceiling_move (lot_id, at);
    INSERT INTO ceiling_move (lot_id, at, value, quantity, cause)
    SELECT id, 0, committed_value, committed_quantity, 'drawn before moves were noted' FROM agreement_lot
    WHERE committed_value <> 0 OR committed_quantity <> 0 ORDER BY id;
    """
  }

  static let offers = Migration("2026-11-22-22-offers") { words in
    """
    CREATE TABLE supplier_offer (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      lot_id \(words.integer) NOT NULL,
      supplier_id \(words.integer) NOT NULL,
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      supplier_reference \(words.text),
      valid_from \(words.integer) NOT NULL,
      valid_until \(words.integer) NOT NULL,
      pack_units \(words.integer) NOT NULL CHECK (pack_units > 0),
      minimum_packs \(words.integer) NOT NULL CHECK (minimum_packs BETWEEN 1 AND 100000000),
      multiple_packs \(words.integer) NOT NULL CHECK (multiple_packs BETWEEN 1 AND 100000000),
      minimum_value \(words.integer) NOT NULL CHECK (minimum_value >= 0),
      capacity_packs \(words.integer) CHECK (capacity_packs > 0),
      capacity_days \(words.integer) CHECK (capacity_days > 0),
      lead_days \(words.integer) NOT NULL CHECK (lead_days >= 0),
      tier_mode \(words.text) NOT NULL CHECK (tier_mode IN ('all_units', 'incremental')),
      freight_charge \(words.integer) NOT NULL CHECK (freight_charge >= 0),
      freight_threshold \(words.integer) CHECK (freight_threshold >= 0),
      certainty \(words.text),
      FOREIGN KEY (lot_id, supplier_id) REFERENCES lot_holder (lot_id, supplier_id),
      UNIQUE (lot_id, supplier_id, item_id, valid_from),
      CHECK (valid_until >= valid_from),
      CHECK ((capacity_packs IS NULL) = (capacity_days IS NULL))
    \(words.end)
    CREATE INDEX supplier_offer_by_item ON supplier_offer (item_id, valid_until);
    CREATE TABLE offer_tier (
      offer_id \(words.integer) NOT NULL REFERENCES supplier_offer (id),
      from_packs \(words.integer) NOT NULL CHECK (from_packs BETWEEN 1 AND 100000000),
      price \(words.integer) NOT NULL CHECK (price BETWEEN 0 AND 10000000000),
      PRIMARY KEY (offer_id, from_packs)
    \(words.end)
    """
  }
}
