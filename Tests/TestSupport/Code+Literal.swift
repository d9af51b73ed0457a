package import Inventory

/// In tests a code is written as a literal; one that is no code stops the test.
extension Code: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let code = Code(rawValue: text) else { preconditionFailure("“\(text)” is no code") }
    self = code
  }
}
