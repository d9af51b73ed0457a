package import Inventory
package import Storage

/// Base units of an item that a centre still waits for, and when they are to come.
package struct DatedComing: Equatable, Sendable {
  package var centre: Centre.Code
  /// The day that the supplier gave, or the day after a transfer left; nil where nobody said.
  package var day: Day?
  package var quantity: Quantity
}

extension DatedComing {
  /// What orders with their suppliers and transfers bring, proposed ones too, the first expected first.
  package static func all(of item: Item.ID, in connection: any Connection) throws -> [DatedComing] {
    try ComingPart.all(of: item, in: connection).reduce(into: []) { coming, part in
      if let last = coming.last, last.centre == part.centre, last.day == part.day {
        coming[coming.count - 1].quantity += part.quantity
      } else {
        coming.append(DatedComing(centre: part.centre, day: part.day, quantity: part.quantity))
      }
    }
  }
}
