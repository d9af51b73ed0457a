import ArgumentParser
import Inventory

// An option is already the value when it arrives: a text that does not read is refused with what was expected.

extension Code: @retroactive ExpressibleByArgument {
  package init?(argument: String) { self.init(rawValue: argument) }
}

extension Day: @retroactive ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Quantity: @retroactive ExpressibleByArgument {
  package init?(argument: String) {
    guard let units = Int64(argument) else { return nil }
    self.init(units)
  }
}

extension Equipment.Lifecycle: @retroactive ExpressibleByArgument {}
extension Equipment.Function: @retroactive ExpressibleByArgument {}
