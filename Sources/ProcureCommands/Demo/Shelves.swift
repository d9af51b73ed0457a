import Inventory

/// What really lies on a centre's shelves, lot by lot, whatever has been reported of it.
struct Shelves: Sendable {
  struct Batch: Sendable, Equatable {
    var lot: String
    var expiry: Day
    var quantity: Int64
  }

  /// By item, the first to expire first.
  private(set) var batches: [Item.SKU: [Batch]] = [:]

  func quantity(of item: Item.SKU) -> Int64 { batches[item, default: []].reduce(0) { $0 + $1.quantity } }

  mutating func put(_ batch: Batch, of item: Item.SKU) {
    guard batch.quantity > 0 else { return }
    if let index = batches[item]?.firstIndex(where: { $0.lot == batch.lot }) {
      batches[item]?[index].quantity += batch.quantity
    } else {
      batches[item, default: []].append(batch)
      batches[item]?.sort { ($0.expiry, $0.lot) < ($1.expiry, $1.lot) }
    }
  }

  /// Takes from the first to expire, as much as there is, and tells from which lots.
  mutating func take(_ quantity: Int64, of item: Item.SKU) -> [Batch] {
    var missing = quantity
    var taken: [Batch] = []
    for index in (batches[item] ?? []).indices where missing > 0 {
      guard var batch = batches[item]?[index] else { continue }
      batch.quantity = min(batch.quantity, missing)
      missing -= batch.quantity
      batches[item]?[index].quantity -= batch.quantity
      if batch.quantity > 0 { taken.append(batch) }
    }
    return taken
  }

  /// Takes of one lot; what it lacks, from the first to expire.
  mutating func take(_ quantity: Int64, of item: Item.SKU, lot: String) {
    let index = batches[item]?.firstIndex { $0.lot == lot }
    let there = index.flatMap { batches[item]?[$0].quantity } ?? 0
    let taken = min(there, quantity)
    if let index { batches[item]?[index].quantity -= taken }
    if quantity > taken { _ = take(quantity - taken, of: item) }
  }

  /// Whole tests that the shelves allow, and the component that ends first.
  func testsPossible(of kit: Kit) -> Int64 {
    kit.components.map { $0.testsPossible(with: Quantity(quantity(of: $0.item))) }.min() ?? 0
  }
}
