package import Inventory

extension Code {
  /// A code that a test knows to be one; another stops the test.
  package static func named(_ text: String) -> Code {
    guard let code = Code(rawValue: text) else { preconditionFailure("“\(text)” is no code") }
    return code
  }
}
