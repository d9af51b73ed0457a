/// When to order, and up to what stock: integers in base units.
package struct StockPolicy: Hashable, Sendable {
  package var safetyStock: Int
  package var reorderPoint: Int
  package var orderUpTo: Int
  /// Days between two looks at the stock; 0 when it is watched all the time.
  package var reviewDays: Int
  /// One line for each number, with the figures that it comes from.
  package var explanation: Explanation

  package struct Explanation: Hashable, Sendable {
    package var safetyStock: String
    package var reorderPoint: String
    package var orderUpTo: String
  }
}

/// What a policy must achieve, and how deliveries behave.
package struct PolicyTerms: Hashable, Sendable {
  /// The probability of not running out before an order arrives, at least one half.
  package var serviceLevel: Double
  /// Days from order to delivery.
  package var leadTime: NormalDemand
  /// Days between two looks at the stock; 0 when it is watched all the time.
  package var reviewDays: Int
  /// Days of use that one order brings.
  package var cycleDays: Int
  /// Days of mean use that the law wants in stock at all times.
  package var legalCoverDays: Int

  package init(
    serviceLevel: Double,
    leadTime: NormalDemand,
    reviewDays: Int = 0,
    cycleDays: Int,
    legalCoverDays: Int = 0
  ) {
    precondition(serviceLevel >= 0.5 && serviceLevel < 1, "a service level lies in [0.5, 1)")
    precondition(min(reviewDays, cycleDays, legalCoverDays) >= 0, "days are not negative")
    (self.serviceLevel, self.leadTime, self.reviewDays) = (serviceLevel, leadTime, reviewDays)
    (self.cycleDays, self.legalCoverDays) = (cycleDays, legalCoverDays)
  }
}
