/// A batch of an item, made together, which expires together. Stock without a lot is in the lot without a number.
package struct Lot: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Lot>

  package let id: ID
  package var item: Item.ID
  /// As on the label; empty for stock without a lot.
  package var number: String
  /// The last day on which it may be used; nil where it has none.
  package var expiry: Day?

  /// GS1 allows 20 characters; a few makers print more.
  package static let longestNumber = 40
  package static let numberExpectation = "up to \(longestNumber) printable characters"

  package static func isNumber(_ text: String) -> Bool {
    text.count <= longestNumber
      && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " }
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  package func isExpired(on day: Day) -> Bool { expiry.map { $0 < day } ?? false }
}
