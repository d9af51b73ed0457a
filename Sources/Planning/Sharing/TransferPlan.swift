/// What to send today, from whom to whom, and what it avoids.
package struct TransferPlan: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var from: String
    package var to: String
    package var lot: String
    package var expiry: Int?
    package var packs: Int
    package var quantity: Int
    package var departs: Int
    package var arrives: Int
    /// Units of shortage at the receiver, and of expiry anywhere, that come back without this line.
    package var avoidedShortage: Int
    package var avoidedExpiry: Int

    package var reason: String {
      switch (avoidedShortage, avoidedExpiry) {
      case (0, 0): "Completes a parcel that is sent anyway."
      case (let short, 0): "\(to) would otherwise lack \(short)."
      case (0, let expired): "\(expired) would otherwise expire unused."
      case (let short, let expired):
        "\(to) would otherwise lack \(short), and \(expired) would expire unused."
      }
    }
  }

  /// The consequences of a plan, simulated day by day in whole units.
  package struct Outlook: Hashable, Sendable {
    package var shortage: Int
    package var expired: Int
    /// Days on which a centre cannot serve all of its use, summed over centres.
    package var stockOutDays: Int
    package var centresShort: Int
    package var transport: Int
    /// Shortage, expiry and transport in cents.
    package var cost: Int
  }

  package struct CentreOutlook: Hashable, Sendable {
    package var centre: String
    package var given: Int
    package var received: Int
    package var before: Consequence
    package var after: Consequence
  }

  package struct Consequence: Hashable, Sendable {
    package var shortage: Int
    package var expired: Int
    /// The first day that is not served whole; nil when all are.
    package var firstShortDay: Int?
    /// The fewest units in hand on any morning.
    package var lowest: Int
  }

  package var lines: [Line]
  package var centres: [CentreOutlook]
  package var doingNothing: Outlook
  package var outlook: Outlook
  /// No plan costs less, in cents: the flow without whole packs, with trips decided or paid in part, rounded up to an amount
  /// that the costs can come to.
  package var bound: Int
  /// No transfers at all, whatever they cost, leave fewer units short, and none let fewer expire.
  package var leastShortage: Int
  package var leastExpired: Int

  /// Whether no transfers could avoid more of the shortage, or of the expiry, whatever they cost.
  package var isShortageLeast: Bool { outlook.shortage == leastShortage }
  package var isExpiryLeast: Bool { outlook.expired == leastExpired }

  /// True when the plan is proven to be the cheapest.
  package var isProvenOptimal: Bool { outlook.cost == bound }
  /// How far the plan may be above the cheapest, in cents.
  package var gap: Int { outlook.cost - bound }
}
