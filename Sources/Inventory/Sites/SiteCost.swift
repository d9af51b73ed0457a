import Planning
import Storage

/// What a machine costs at a site that has none: its price, which is the same as for renewals, and what must be built.
struct SiteCost: Equatable, Sendable {
  let machine: MachinePrice
  /// The norm; nil where nobody said what is to be built.
  let works: EquipmentCategory.Norm?

  /// Nil where no price of one machine is in force.
  static func read(
    for category: EquipmentCategory.Code,
    _ book: NormBook,
    on day: Day,
    in connection: any Connection
  ) throws -> SiteCost? {
    let prices = try MachinePrice.inForce(on: day, in: connection).filter { price in
      price.category == category && price.purpose == .purchase
    }
    return prices.min { $0.fromMachines < $1.fromMachines }
      .map { SiteCost(machine: $0, works: book.norm(.buildingWorks)) }
  }

  /// Works are rounded up to whole cents.
  var total: Money {
    machine.price
      + (works.map { Money(cents: Int64(($0.value.fraction * Fraction(100)).roundedUp)) } ?? .zero)
  }

  var citation: String {
    "\(machine.price) € for the machine (\(machine.source); \(machine.certainty)), "
      + (works.map { "\($0.citation) to build" } ?? "and nothing to build: no norm building-works")
  }
}
