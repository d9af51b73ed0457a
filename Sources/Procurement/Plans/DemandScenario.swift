package import Inventory
import Planning

/// What a planner expects of one week: national tests, a campaign, a reopening, with who said so and when.
package struct DemandScenario: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<DemandScenario>

  package var id: ID
  package var subject: Subject
  /// Nil for the network, whose total is shared by what the centres are expected to use.
  package var centre: Centre.Code?
  /// The Monday of the week.
  package var week: Day
  /// Base units of the item, or tests of the kit.
  package var quantity: Quantity
  /// How far the planner is believed: 100 overrides the forecast, less blends with it.
  package var share: Int64
  package var source: String
  package var statedOn: Day

  /// An item, or a kit whose components are used accordingly.
  package enum Subject: Equatable, Sendable, Codable {
    case item(Item.SKU)
    case kit(Kit.Code)

    package var code: String {
      switch self {
      case .item(let sku): sku.rawValue
      case .kit(let kit): kit.rawValue
      }
    }
  }

  /// As it is stated, before it has a key.
  package struct Draft: Equatable, Sendable, Codable {
    package var subject: Subject
    package var centre: Centre.Code?
    package var week: Day
    package var quantity: Quantity
    package var share: Int64
    package var source: String
    package var statedOn: Day

    package init(
      subject: Subject,
      centre: Centre.Code? = nil,
      week: Day,
      quantity: Quantity,
      share: Int64 = 100,
      source: String,
      statedOn: Day
    ) {
      self.subject = subject
      self.centre = centre
      self.week = week
      self.quantity = quantity
      self.share = share
      self.source = source
      self.statedOn = statedOn
    }
  }
}

extension DemandScenario {
  /// The forecast step that holds the middle of the week, 0 for the seven days after `day`; nil before them.
  func step(after day: Day) -> Int? {
    let days = week + 3 - (day + 1)
    return days < 0 ? nil : Int(days / 7)
  }

  /// As the mathematics takes it, its quantity in units of the item; a kit's tests become units of its component.
  func scenario(after day: Day, component: Kit.Component?) -> Scenario? {
    guard let step = step(after: day), step < 520 else { return nil }
    let units = component.map { $0.stockNeeded(for: quantity.units) } ?? quantity
    return Scenario(
      totals: [Int64?](repeating: nil, count: step) + [units.units],
      mode: share == 100 ? .override : .blend(share: Int(share)),
      date: statedOn.description,
      source: source
    )
  }
}
