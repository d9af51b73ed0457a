package import Inventory

/// What a buyer asks of an exact award, beside what the needs, the offers and the lots say themselves.
package struct AwardRequest: Equatable, Sendable, Codable {
  /// The most that goods and freight may cost together.
  package var budget: Money?
  /// Hundredths of an item's needs that one supplier may get, rounded up to its whole pack.
  package var maximumShare: Int64?
  /// Millionths: the search may stop when (cost − bound) ÷ cost is at most this. 0 asks for the proven optimum.
  package var gapPermillion: Int64
  /// Seconds for the search; stand-alone costs and advice may take as long again.
  package var timeLimit: Int64

  package init(
    budget: Money? = nil,
    maximumShare: Int64? = nil,
    gapPermillion: Int64 = 0,
    timeLimit: Int64 = 60
  ) {
    self.budget = budget
    self.maximumShare = maximumShare
    self.gapPermillion = gapPermillion
    self.timeLimit = timeLimit
  }
}
