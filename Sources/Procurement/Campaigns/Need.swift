package import Inventory

/// What a centre needs of an item of a campaign by a day: several parts of one item are due on days of their own. Zero
/// is an answer; no need at all is not.
package struct Need: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var item: Item.SKU
  /// Base units that the centre will take.
  package var quantity: Quantity
  /// Base units that it would take on top to reach a better price.
  package var tolerance: Quantity
  /// Nil where the campaign's own day will do.
  package var neededBy: Day?
  package var justification: String
  package var origin: Origin

  /// The centre and the item, in words: the parts of one need have it in common.
  var place: String { "\(centre) \(item)" }

  package enum Origin: Equatable, Sendable, Codable {
    case entered
    /// Computed before anyone entered it, with what it was computed from as JSON.
    case prefilled(inputs: String)
  }

  package init(
    centre: Centre.Code,
    item: Item.SKU,
    quantity: Quantity,
    tolerance: Quantity = .zero,
    neededBy: Day? = nil,
    justification: String = "",
    origin: Origin = .entered
  ) {
    self.centre = centre
    self.item = item
    self.quantity = quantity
    self.tolerance = tolerance
    self.neededBy = neededBy
    self.justification = justification
    self.origin = origin
  }
}

extension Sequence<Need> {
  /// What each centre needs of each item whatever the days, by item and centre: its parts added up.
  var addedUp: [Need] {
    Dictionary(grouping: self, by: \.place).values.compactMap { parts -> Need? in
      guard var need = parts.first else { return nil }
      need.quantity = parts.reduce(.zero) { $0 + $1.quantity }
      need.tolerance = parts.reduce(.zero) { $0 + $1.tolerance }
      return need
    }.sorted { ($0.item, $0.centre) < ($1.item, $1.centre) }
  }
}
