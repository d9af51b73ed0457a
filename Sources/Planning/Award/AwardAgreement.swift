extension AwardProblem {
  /// A framework agreement's lot: who may sell its items, by which rule, and between which limits.
  package struct Agreement: Sendable, Equatable {
    /// How the holders share the orders for each item.
    package enum Rule: String, Sendable, Codable, CaseIterable {
      /// Whatever split is cheapest.
      case bestOffer
      /// The only holder gets everything.
      case sole
      /// A holder gets an order only where every holder before it that could deliver in time is at its
      /// capacity (or at its maximum share of the item).
      case cascade
      /// Each holder gets its part of what the holders sell of the item, to within the largest pack, or multiple of
      /// packs, among them.
      case share
    }

    package struct Holder: Sendable, Equatable {
      package var supplier: Int
      /// Thousandths of each item's quantity, under the rule `share`.
      package var share: Int
      package var limits: Limits

      package init(supplier: Int, share: Int = 0, limits: Limits = Limits()) {
        self.supplier = supplier
        self.share = share
        self.limits = limits
      }
    }

    package var reference: String
    package var items: [Int]
    /// In the order of the cascade; empty where anyone may sell.
    package var holders: [Holder]
    package var rule: Rule
    package var limits: Limits
    /// Whether only the holders may sell the items.
    package var isClosed: Bool
    /// Whether freight and fees of the holders' orders count towards the agreement's maximum value. Such holders
    /// sell under this agreement alone.
    package var countsCharges: Bool

    package init(
      reference: String,
      items: [Int],
      holders: [Holder] = [],
      rule: Rule = .bestOffer,
      limits: Limits = Limits(),
      isClosed: Bool = true,
      countsCharges: Bool = false
    ) {
      self.reference = reference
      self.items = items
      self.holders = holders
      self.rule = rule
      self.limits = limits
      self.isClosed = isClosed
      self.countsCharges = countsCharges
    }
  }

  /// What is left of an agreement's maximums and what is still owed of its minimums, over all periods:
  /// goods in cents, quantities in base units.
  package struct Limits: Sendable, Equatable {
    package var minimumValue: Int?
    package var maximumValue: Int?
    package var minimumQuantity: Int?
    package var maximumQuantity: Int?

    package init(
      minimumValue: Int? = nil,
      maximumValue: Int? = nil,
      minimumQuantity: Int? = nil,
      maximumQuantity: Int? = nil
    ) {
      self.minimumValue = minimumValue
      self.maximumValue = maximumValue
      self.minimumQuantity = minimumQuantity
      self.maximumQuantity = maximumQuantity
    }
  }
}
