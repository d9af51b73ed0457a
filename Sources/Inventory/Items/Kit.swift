/// What one test or preparation uses up, and the kind of machine that it needs.
package struct Kit: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Kit>
  package typealias Code = Inventory.Code<Kit>

  package let id: ID
  package var code: Code
  package var name: String
  package var nameFrench: String
  /// The equipment category without which the kit is of no use; nil where none is needed.
  package var category: EquipmentCategory.Code?
  package var certainty: String
  package var components: [Component]

  /// `quantity` base units of an item make `tests` tests: one 96-well plate makes 96.
  package struct Component: Equatable, Sendable, Codable {
    package var item: Item.SKU
    package var quantity: Quantity
    package var tests: Int64

    package init(item: Item.SKU, quantity: Quantity, tests: Int64) {
      self.item = item
      self.quantity = quantity
      self.tests = tests
    }

    /// Whole tests that a stock allows: stock × tests ÷ quantity, rounded down.
    package func testsPossible(with stock: Quantity) -> Int64 {
      let exact = Int128(max(0, stock.units)) * Int128(tests) / Int128(quantity.units)
      return Int64(clamping: exact)
    }

    /// Base units that a number of tests uses, rounded up.
    package func stockNeeded(for count: Int64) -> Quantity {
      let exact = (Int128(count) * Int128(quantity.units) + Int128(tests) - 1) / Int128(tests)
      return Quantity(Int64(clamping: exact))
    }
  }
}
