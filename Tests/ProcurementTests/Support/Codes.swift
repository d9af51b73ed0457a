import Inventory
import TestSupport

/// In these tests a code is written as a literal.
extension Code: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .named(text) }
}
