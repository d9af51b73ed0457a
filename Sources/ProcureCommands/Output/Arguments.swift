import ArgumentParser
import Inventory

// An option is already the value when it arrives: a text that does not read is refused with what was expected.

extension Code: ExpressibleByArgument {
  package init?(argument: String) { self.init(rawValue: argument) }
}

extension Day: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Quantity: ExpressibleByArgument {
  package init?(argument: String) {
    guard let units = Int64(argument) else { return nil }
    self.init(units)
  }
}

extension Equipment.Lifecycle: ExpressibleByArgument {}
extension Equipment.Function: ExpressibleByArgument {}

/// Refuses a number of rows below one: SQLite would take it for all of them, PostgreSQL not at all.
package func requireRows(_ limit: Int64) throws {
  guard limit >= 1 else { throw ValidationError("--limit is at least 1, not \(limit)") }
}
