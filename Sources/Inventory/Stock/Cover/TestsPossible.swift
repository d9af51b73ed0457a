package import Storage

/// How many tests a centre can do with what it has of a kit's components.
package struct TestsPossible: Equatable, Sendable, Codable {
  /// What one component allows.
  package struct Component: Equatable, Sendable, Codable {
    package var item: Item.SKU
    package var usable: Quantity
    package var tests: Int64
    /// Days since the centre reported it; nil where it never did.
    package var ageDays: Int64?
  }

  package var centre: Centre.Code
  package var kit: Kit.Code
  /// Min over the components of floor(usable × tests ÷ quantity), capped by the machines.
  package var tests: Int64
  /// The component that runs out first; nil where the machines bind, or the kit has no components.
  package var binding: Item.SKU?
  package var components: [Component]
}

extension TestsPossible {
  /// A component without a position counts as nothing on hand, its age unknown. `capacity` is what the centre's
  /// machines can do in the time in question; nil for no cap.
  package init(
    of kit: Kit,
    at centre: Centre.Code,
    positions: [Item.SKU: StockPosition],
    capacity: Int64? = nil
  ) {
    let components = kit.components.map { component in
      let position = positions[component.item]
      let usable = Quantity(position?.stock.usable ?? 0)
      return Component(
        item: component.item,
        usable: usable,
        tests: component.testsPossible(with: usable),
        ageDays: position?.age
      )
    }
    let scarcest = components.min { $0.tests < $1.tests }
    let possible = scarcest?.tests ?? 0
    let isCapped = capacity.map { $0 < possible } ?? false
    self.init(
      centre: centre,
      kit: kit.code,
      tests: min(possible, capacity ?? possible),
      binding: isCapped ? nil : scarcest?.item,
      components: components
    )
  }

  /// Every centre that has or had something of the kit, by code.
  package static func all(
    of kit: Kit,
    _ window: UseWindow,
    capacity: Int64? = nil,
    in connection: any Connection
  ) throws -> [TestsPossible] {
    let items = Set(kit.components.map(\.item))
    var stocks: [Centre.Code: [Item.SKU: StockPosition]] = [:]
    try StockPosition.forEach(window, in: connection) { position in
      if items.contains(position.item) { stocks[position.centre, default: [:]][position.item] = position }
    }
    return stocks.sorted { $0.key < $1.key }.map { centre, positions in
      TestsPossible(of: kit, at: centre, positions: positions, capacity: capacity)
    }
  }
}
