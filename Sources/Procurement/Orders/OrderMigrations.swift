import Storage

extension ProcurementMigrations {
  /// `drawn_value` and `drawn_quantity` are what the order holds of its lot's ceiling: set at approval, given back at
  /// cancellation and at closing short. `goods` is the sum of the lines, kept because every list shows it.
  static let orders = Migration("2026-11-22-25-orders") { words in
    """
    CREATE TABLE order_sequence (
      year \(words.integer) PRIMARY KEY,
      last \(words.integer) NOT NULL CHECK (last > 0)
    \(words.end)
    CREATE TABLE purchase_order (
      id \(words.identity),
      number \(words.text) NOT NULL UNIQUE,
      key \(words.text) NOT NULL UNIQUE,
      supplier_id \(words.integer) NOT NULL,
      lot_id \(words.integer) NOT NULL,
      campaign_id \(words.integer) REFERENCES campaign (id),
      state \(words.text) NOT NULL CHECK (state IN ('draft', 'approved', 'sent', 'acknowledged',
        'partly_received', 'received', 'closed', 'cancelled')),
      ordered_on \(words.integer) NOT NULL,
      expected_on \(words.integer),
      supplier_reference \(words.text),
      goods \(words.integer) NOT NULL CHECK (goods >= 0),
      freight \(words.integer) NOT NULL CHECK (freight >= 0),
      units \(words.integer) NOT NULL CHECK (units > 0),
      drawn_value \(words.integer) NOT NULL CHECK (drawn_value >= 0),
      drawn_quantity \(words.integer) NOT NULL CHECK (drawn_quantity >= 0),
      reason \(words.text),
      FOREIGN KEY (lot_id, supplier_id) REFERENCES lot_holder (lot_id, supplier_id)
    \(words.end)
    CREATE INDEX purchase_order_by_lot ON purchase_order (lot_id);
    CREATE INDEX purchase_order_by_campaign ON purchase_order (campaign_id);
    CREATE TABLE order_line (
      order_id \(words.integer) NOT NULL REFERENCES purchase_order (id),
      line \(words.integer) NOT NULL CHECK (line > 0),
      offer_id \(words.integer) NOT NULL REFERENCES supplier_offer (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      packs \(words.integer) NOT NULL CHECK (packs BETWEEN 1 AND 100000000),
      pack_units \(words.integer) NOT NULL CHECK (pack_units > 0),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (order_id, line),
      UNIQUE (order_id, item_id)
    \(words.end)
    CREATE INDEX order_line_by_item ON order_line (item_id);
    CREATE TABLE order_share (
      order_id \(words.integer) NOT NULL,
      line \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      packs \(words.integer) NOT NULL CHECK (packs > 0),
      cost \(words.integer) NOT NULL CHECK (cost >= 0),
      PRIMARY KEY (order_id, line, centre_id),
      FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, line)
    \(words.end)
    CREATE INDEX order_share_by_centre ON order_share (centre_id);
    """
  }

  static let receipts = Migration("2026-11-22-26-receipts") { words in
    """
    CREATE TABLE receipt (
      id \(words.identity),
      order_id \(words.integer) NOT NULL REFERENCES purchase_order (id),
      key \(words.text) NOT NULL,
      received_on \(words.integer) NOT NULL,
      content \(words.text) NOT NULL,
      actor \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      UNIQUE (order_id, key)
    \(words.end)
    CREATE TABLE receipt_line (
      receipt_id \(words.integer) NOT NULL REFERENCES receipt (id),
      entry \(words.integer) NOT NULL CHECK (entry > 0),
      order_id \(words.integer) NOT NULL,
      line \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      lot \(words.text),
      expiry \(words.integer),
      accepted \(words.integer) NOT NULL CHECK (accepted >= 0),
      refused \(words.integer) NOT NULL CHECK (refused >= 0),
      reason \(words.text),
      PRIMARY KEY (receipt_id, entry),
      FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, line),
      CHECK (accepted + refused > 0),
      CHECK (refused = 0 OR reason IS NOT NULL)
    \(words.end)
    CREATE INDEX receipt_line_by_order ON receipt_line (order_id, line);
    """
  }
}
