/// A group order to place: what the centres need, what suppliers offer, and what limits them both.
///
/// Every reference is an index into the array that it names. Money is cents, quantities are base units of
/// the item, moments are days on one axis (or the period's number where the order has no dates).
package struct AwardProblem: Sendable, Equatable {
  package var centres: [String]
  package var deliveryPoints: [String]
  package var items: [Item]
  package var suppliers: [Supplier]
  package var periods: [Period]
  package var offers: [Offer]
  package var needs: [Need]
  package var agreements: [Agreement]
  /// The most that goods, freight and order fees may cost together.
  package var budget: Int?

  package init(
    centres: [String] = [],
    deliveryPoints: [String] = [],
    items: [Item] = [],
    suppliers: [Supplier] = [],
    periods: [Period] = [Period()],
    offers: [Offer] = [],
    needs: [Need] = [],
    agreements: [Agreement] = [],
    budget: Int? = nil
  ) {
    self.centres = centres
    self.deliveryPoints = deliveryPoints
    self.items = items
    self.suppliers = suppliers
    self.periods = periods
    self.offers = offers
    self.needs = needs
    self.agreements = agreements
    self.budget = budget
  }

  package struct Item: Sendable, Equatable {
    package var code: String
    /// Cents for each base unit left at the end of each period.
    package var holdingCost: Int
    /// The largest percentage of the item's need that one supplier may get, rounded up to its whole pack.
    package var maximumShare: Int?
    /// What the maximum share is a percentage of, where that is not the sum of the item's needs.
    package var shareBase: Int?

    package init(code: String, holdingCost: Int = 0, maximumShare: Int? = nil) {
      self.code = code
      self.holdingCost = holdingCost
      self.maximumShare = maximumShare
    }
  }

  /// What a supplier asks of each order, that is of everything bought from it in one period.
  package struct Supplier: Sendable, Equatable {
    package var code: String
    /// No order below this value of goods.
    package var minimumOrderValue: Int
    package var orderFee: Int
    package var freight: Freight?
    /// Base units of all items together, one number a period; nil is no limit.
    package var capacity: [Int?]

    package init(
      code: String,
      minimumOrderValue: Int = 0,
      orderFee: Int = 0,
      freight: Freight? = nil,
      capacity: [Int?] = []
    ) {
      self.code = code
      self.minimumOrderValue = minimumOrderValue
      self.orderFee = orderFee
      self.freight = freight
      self.capacity = capacity
    }
  }

  /// A charge on an order whose goods are worth less than `freeFrom`; on every order where that is nil.
  package struct Freight: Sendable, Equatable {
    package var charge: Int
    package var freeFrom: Int?

    package init(charge: Int, freeFrom: Int? = nil) {
      self.charge = charge
      self.freeFrom = freeFrom
    }
  }

  /// A round of orders. What is ordered at `orderDay` arrives a lead time later; a need of this period must
  /// have arrived by `lastDay`.
  package struct Period: Sendable, Equatable {
    package var name: String
    package var orderDay: Int
    package var lastDay: Int

    package init(name: String = "", orderDay: Int = 0, lastDay: Int = .max) {
      self.name = name
      self.orderDay = orderDay
      self.lastDay = lastDay
    }
  }

  package struct Need: Sendable, Equatable {
    package var centre: Int
    package var item: Int
    package var quantity: Int
    /// How much more the centre accepts, to reach a better price.
    package var tolerance: Int
    package var deliveryPoint: Int
    /// The last day on which it may arrive.
    package var dueDay: Int
    /// 1 is the most urgent. Needs are firm, so this only says which to keep when not all can be met.
    package var priority: Int

    package init(
      centre: Int,
      item: Int,
      quantity: Int,
      tolerance: Int = 0,
      deliveryPoint: Int,
      dueDay: Int = .max,
      priority: Int = 1
    ) {
      self.centre = centre
      self.item = item
      self.quantity = quantity
      self.tolerance = tolerance
      self.deliveryPoint = deliveryPoint
      self.dueDay = dueDay
      self.priority = priority
    }
  }
}
