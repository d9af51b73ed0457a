package import Storage

/// The tables of the addresses that are told what happens, and of what they were told.
package enum WebhookMigrations {
  package static let migrations = [webhooks, lanes]

  static let webhooks = Migration("2026-11-23-76-webhooks") { words in
    """
    CREATE TABLE webhook (
      id \(words.identity),
      name \(words.text) NOT NULL UNIQUE,
      url \(words.text) NOT NULL,
      secret \(words.text) NOT NULL,
      types \(words.text) NOT NULL,
      position \(words.text) NOT NULL,
      made_at \(words.integer) NOT NULL,
      paused_at \(words.integer)
    \(words.end)
    CREATE TABLE webhook_delivery (
      id \(words.identity),
      webhook_id \(words.integer) NOT NULL REFERENCES webhook (id),
      event \(words.text) NOT NULL,
      subject \(words.text) NOT NULL,
      body \(words.text) NOT NULL,
      state \(words.text) NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
      attempts \(words.integer) NOT NULL DEFAULT 0,
      made_at \(words.integer) NOT NULL,
      due_at \(words.integer),
      done_at \(words.integer),
      status \(words.integer),
      problem \(words.text)
    \(words.end)
    CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE state = 'waiting';
    CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id, id);
    """
  }
  /// While a server sends something to a webhook, the others send it nothing: what is told one system goes one after
  /// the other.
  static let lanes = Migration("2026-11-30-78-webhook-lanes") { words in
    "ALTER TABLE webhook_delivery ADD COLUMN held_until \(words.integer);"
  }
}
