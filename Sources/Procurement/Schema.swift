import Inventory
package import Storage

/// The whole schema: each module lists its own migrations, the migrator sorts them by name.
package enum Schema {
  package static var migrations: [Migration] {
    RegisterMigrations.migrations + StockMigrations.migrations + ProcurementMigrations.migrations
      + ShortageMigrations.migrations + SharingMigrations.migrations + PlanMigrations.migrations
      + RolloutMigrations.migrations + RenewalMigrations.migrations + InnovationMigrations.migrations
      + AccessMigrations.migrations + JobMigrations.migrations + WebhookMigrations.migrations
  }
}
