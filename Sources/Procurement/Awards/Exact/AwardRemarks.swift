package import Inventory

/// What an exact award says of itself beside its lines: what it is compared with, what holds it back, and who takes or
/// pays more than asked.
package struct AwardRemarks: Equatable, Sendable, Codable {
  package var greedy: Baseline
  /// Limits with nothing left, and what more of each would save.
  package var binding: [Binding]
  /// What the maximum share costs; nil without one.
  package var dualSourcing: Saving?
  /// Items that the maximum share leaves out, for only one supplier can deliver them.
  package var soleItems: [Item.SKU]
  package var tolerances: [Tolerance]
  package var dearer: [Dearer]

  /// The greedy rule on the same input.
  package struct Baseline: Equatable, Sendable, Codable {
    package var cost: Money
    /// Needs that it leaves without cover, in whole or in part.
    package var uncovered: Int64

    package init(_ plan: AwardPlan) {
      cost = plan.goods + plan.totalFreight
      uncovered = Int64(plan.uncovered.count)
    }
  }

  package struct Saving: Equatable, Sendable, Codable {
    package var amount: Money
    /// Whether both sides of the difference are proven optima.
    package var isProven: Bool
  }

  package struct Binding: Equatable, Sendable, Codable {
    /// The limit, in a buyer's words.
    package var limit: String
    /// By how much it was eased: cents where `isValue`, else base units.
    package var step: Int64
    package var isValue: Bool
    package var saving: Saving
  }

  /// A centre that gets more than its need.
  package struct Tolerance: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var item: Item.SKU
    package var needed: Quantity
    package var tolerated: Quantity
    package var received: Quantity

    /// Beyond the tolerance: the last pack, or what a minimum or a multiple forces.
    package var beyond: Quantity { max(.zero, received - needed - tolerated) }
  }

  /// A centre that pays more than alone.
  package struct Dearer: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var excess: Money
    package var reason: String
  }
}

extension AwardRemarks.Binding {
  package var words: String {
    let more = isValue ? "\(Money(cents: step))" : "\(Quantity(step))"
    let proof = saving.isProven ? "would save" : "would save about"
    return "\(limit); \(more) more \(proof) \(saving.amount)\(each)"
  }

  /// What one more unit is worth, to a hundredth of a cent, rounded half up.
  private var each: String {
    guard !isValue, step > 1, saving.amount > .zero else { return "" }
    let hundredths = Rounding.halfUp.divide(saving.amount.cents * 100, by: step)
    let cents = hundredths % 100
    return ", \(hundredths / 100).\(cents < 10 ? "0" : "")\(cents) cents for each"
  }
}
