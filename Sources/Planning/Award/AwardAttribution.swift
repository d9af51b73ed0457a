/// Who gets and pays what of an award.
package struct AwardAttribution: Sendable, Equatable {
  /// One centre's part.
  package struct Share: Sendable, Equatable {
    package var centre: Int
    /// What it pays, in cents; the shares add up to the award's total.
    package var cost: Int
    /// What buying alone would cost it at least; nil where alone it could not buy, or where that is unknown.
    package var alone: Int?
    /// Whether `alone` is the cost of a proven best plan, not merely a lower bound of it.
    package var isAloneProven: Bool
    package var parts: [Part]

    /// `alone − cost`; negative where the group costs it more.
    package var saving: Int? { alone.map { $0 - cost } }
  }

  /// Base units of an order line that a centre gets.
  package struct Part: Sendable, Equatable {
    package var offer: Int
    package var period: Int
    package var quantity: Int
  }

  package var shares: [Share]
  /// Why somebody pays more than alone, where somebody does.
  package var reason: Reason?

  package enum Reason: Sendable, Equatable {
    /// All plans for one centre together would cost less than the group's, by this many cents: limits that
    /// bind only the group make it dearer.
    case groupCostsMore(Int)
  }
}
