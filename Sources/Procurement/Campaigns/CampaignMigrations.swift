import Storage

extension ProcurementMigrations {
  static let campaigns = Migration("2026-11-22-23-campaigns") { words in
    """
    CREATE TABLE campaign (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      state \(words.text) NOT NULL
        CHECK (state IN ('draft', 'open', 'closed', 'awarded', 'ordered', 'completed', 'cancelled')),
      opens \(words.integer) NOT NULL,
      closes \(words.integer) NOT NULL,
      needed_by \(words.integer) NOT NULL,
      CHECK (closes >= opens),
      CHECK (needed_by >= closes)
    \(words.end)
    CREATE TABLE campaign_item (
      campaign_id \(words.integer) NOT NULL REFERENCES campaign (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      PRIMARY KEY (campaign_id, item_id)
    \(words.end)
    CREATE TABLE need (
      campaign_id \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      item_id \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity BETWEEN 0 AND 1000000000000),
      tolerance \(words.integer) NOT NULL CHECK (tolerance BETWEEN 0 AND 1000000000000),
      needed_by \(words.integer),
      justification \(words.text) NOT NULL,
      origin \(words.text) NOT NULL CHECK (origin IN ('entered', 'prefilled')),
      inputs \(words.text),
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (campaign_id, centre_id, item_id),
      FOREIGN KEY (campaign_id, item_id) REFERENCES campaign_item (campaign_id, item_id),
      CHECK (origin <> 'prefilled' OR inputs IS NOT NULL)
    \(words.end)
    CREATE INDEX need_by_item ON need (campaign_id, item_id);
    """
  }

  static let awards = Migration("2026-11-22-24-awards") { words in
    """
    CREATE TABLE award (
      id \(words.identity),
      campaign_id \(words.integer) NOT NULL REFERENCES campaign (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      method \(words.text) NOT NULL,
      goods \(words.integer) NOT NULL CHECK (goods >= 0),
      freight \(words.integer) NOT NULL CHECK (freight >= 0),
      standalone_cost \(words.integer),
      bound \(words.integer),
      gap_permillion \(words.integer),
      solver \(words.text) NOT NULL,
      inputs_digest \(words.text) NOT NULL,
      report \(words.text) NOT NULL,
      awarded_at \(words.integer) NOT NULL,
      UNIQUE (campaign_id, number)
    \(words.end)
    CREATE TABLE award_line (
      award_id \(words.integer) NOT NULL REFERENCES award (id),
      line \(words.integer) NOT NULL CHECK (line > 0),
      offer_id \(words.integer) NOT NULL REFERENCES supplier_offer (id),
      packs \(words.integer) NOT NULL CHECK (packs BETWEEN 1 AND 100000000),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (award_id, line),
      UNIQUE (award_id, offer_id)
    \(words.end)
    CREATE TABLE award_share (
      award_id \(words.integer) NOT NULL,
      line \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      packs \(words.integer) NOT NULL CHECK (packs > 0),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (award_id, line, centre_id),
      FOREIGN KEY (award_id, line) REFERENCES award_line (award_id, line)
    \(words.end)
    """
  }

  /// What an exact award proves, and what was asked of it. Awards by other rules leave all of it open.
  static let awardProofs = Migration("2026-11-23-10-award-proofs") { words in
    """
    ALTER TABLE award ADD COLUMN status \(words.text) CHECK (status IN ('optimal', 'within_gap', 'feasible'));
    ALTER TABLE award ADD COLUMN rule_version \(words.text);
    ALTER TABLE award ADD COLUMN milliseconds \(words.integer) CHECK (milliseconds >= 0);
    ALTER TABLE award ADD COLUMN budget \(words.integer) CHECK (budget >= 0);
    ALTER TABLE award ADD COLUMN maximum_share \(words.integer) CHECK (maximum_share BETWEEN 1 AND 100);
    ALTER TABLE award ADD COLUMN asked_gap_permillion \(words.integer) CHECK (asked_gap_permillion >= 0);
    ALTER TABLE award ADD COLUMN time_limit \(words.integer) CHECK (time_limit > 0);
    """
  }

  /// Several rounds of orders: their days, needs of one item by several days, and lines and orders for a later day.
  static let campaignRounds = Migration("2026-11-30-60-campaign-rounds") { words in
    """
    CREATE TABLE campaign_round (
      campaign_id \(words.integer) NOT NULL REFERENCES campaign (id),
      orders_on \(words.integer) NOT NULL,
      PRIMARY KEY (campaign_id, orders_on)
    \(words.end)
    ALTER TABLE purchase_order ADD COLUMN send_on \(words.integer);
    CREATE TABLE need_in_parts (
      campaign_id \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      item_id \(words.integer) NOT NULL,
      part \(words.integer) NOT NULL CHECK (part > 0),
      quantity \(words.integer) NOT NULL CHECK (quantity BETWEEN 0 AND 1000000000000),
      tolerance \(words.integer) NOT NULL CHECK (tolerance BETWEEN 0 AND 1000000000000),
      needed_by \(words.integer),
      justification \(words.text) NOT NULL,
      origin \(words.text) NOT NULL CHECK (origin IN ('entered', 'prefilled')),
      inputs \(words.text),
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      PRIMARY KEY (campaign_id, centre_id, item_id, part),
      FOREIGN KEY (campaign_id, item_id) REFERENCES campaign_item (campaign_id, item_id),
      CHECK (origin <> 'prefilled' OR inputs IS NOT NULL)
    \(words.end)
    INSERT INTO need_in_parts (campaign_id, centre_id, item_id, part, quantity, tolerance, needed_by, justification,
      origin, inputs, actor, recorded_at)
    SELECT campaign_id, centre_id, item_id, 1, quantity, tolerance, needed_by, justification, origin, inputs, actor,
      recorded_at FROM need;
    DROP TABLE need;
    ALTER TABLE need_in_parts RENAME TO need;
    CREATE INDEX need_by_item ON need (campaign_id, item_id);
    CREATE TABLE award_line_of_round (
      award_id \(words.integer) NOT NULL REFERENCES award (id),
      line \(words.integer) NOT NULL CHECK (line > 0),
      offer_id \(words.integer) NOT NULL REFERENCES supplier_offer (id),
      order_on \(words.integer),
      packs \(words.integer) NOT NULL CHECK (packs BETWEEN 1 AND 100000000),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (award_id, line)
    \(words.end)
    CREATE UNIQUE INDEX award_line_by_round ON award_line_of_round (award_id, offer_id, (COALESCE(order_on, 0)));
    CREATE TABLE award_share_of_round (
      award_id \(words.integer) NOT NULL,
      line \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      packs \(words.integer) NOT NULL CHECK (packs > 0),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (award_id, line, centre_id),
      FOREIGN KEY (award_id, line) REFERENCES award_line_of_round (award_id, line)
    \(words.end)
    INSERT INTO award_line_of_round (award_id, line, offer_id, packs, cost)
    SELECT award_id, line, offer_id, packs, cost FROM award_line;
    INSERT INTO award_share_of_round (award_id, line, centre_id, packs, cost)
    SELECT award_id, line, centre_id, packs, cost FROM award_share;
    DROP TABLE award_share;
    DROP TABLE award_line;
    ALTER TABLE award_line_of_round RENAME TO award_line;
    ALTER TABLE award_share_of_round RENAME TO award_share;
    """
  }
}
