/// Something that would change what the award costs, and by how much.
package enum AwardAdvice: Sendable, Equatable {
  /// Cents that would be saved, and how that is known.
  package struct Saving: Sendable, Equatable {
    package enum Evidence: String, Sendable, Codable {
      /// Difference of two proven optima.
      case exact
      /// Difference of two plans, not both proven best.
      case estimate
      /// The multiplier of the linear relaxation: what a small change is worth.
      case multiplier
    }

    package var cents: Int
    package var evidence: Evidence
  }

  /// `missing` more units of the line's offer give every unit (or the further ones) the next tier's price;
  /// `saving` is what the whole award would gain if someone took them: negative where it costs more.
  case nextTier(offer: Int, period: Int, missing: Int, price: Int, extraCost: Int)
  /// Nothing is left of a limit; one more unit of it, or `step` of them, would save this.
  case binding(AwardLimit, step: Int, Saving)
  /// What keeping the maximum shares costs.
  case maximumShares(Saving)
}
