/// One dated change of the schema. Never edited once released: its checksum is stored where it ran.
package struct Migration: Sendable {
  /// `2026-11-22-01-centres`: the date, a number in the day, the subject. Migrations run in this order.
  package let name: String
  /// Statements separated by semicolons, for an engine.
  package let script: @Sendable (Dialect) -> String

  package init(_ name: String, script: @escaping @Sendable (Dialect) -> String) {
    self.name = name
    self.script = script
  }
}
