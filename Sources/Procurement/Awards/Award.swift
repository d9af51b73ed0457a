package import Inventory

/// The award of a campaign, as it is kept: the plan, how it was found, and what it is worth.
package struct Award: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Award>

  /// 1 for the first award of a campaign; the last one counts.
  package var number: Int64
  package var method: Method
  package var goods: Money
  package var freight: Money
  /// What the centres would pay alone for the same; nil where one of them could not buy alone.
  package var standaloneCost: Money?
  /// Of the input that it was drawn up from.
  package var inputsDigest: String
  package var awardedAt: Instant
  package var lines: [Line]
  package var report: Report

  package struct Line: Equatable, Sendable, Codable {
    package var offer: Offer.Code
    package var supplier: Supplier.Code
    package var agreement: Agreement.Reference
    package var lot: Int64
    package var item: Item.SKU
    package var packs: Int64
    package var packUnits: Quantity
    package var cost: Money
    package var shares: [OrderRequest.Share]
    /// The day of a later round on which it is ordered; nil for the first.
    package var orderOn: Day?
  }

  /// How an award was found, and what is known of how good it is.
  package struct Method: Equatable, Sendable, Codable {
    package var name: String
    package var solver: String
    /// No award costs less than this; nil where nothing is known.
    package var bound: Money?
    /// (cost − bound) ÷ cost in millionths.
    package var gapPermillion: Int64?
    /// What is proven of the award; nil under a rule that proves nothing, as everything below.
    package var status: Status?
    /// Of the rules by which the award was drawn up.
    package var version: String?
    /// The time it took, comparisons and advice included.
    package var milliseconds: Int64?
    package var request: AwardRequest?

    package enum Status: String, Equatable, Sendable, Codable {
      /// No award costs less.
      case optimal
      /// No award costs less by more than the gap that was asked for.
      case withinGap = "within_gap"
      /// The time ended before the proof: the gap says how much less an award could cost at most.
      case feasible
    }

    package init(name: String, solver: String, bound: Money? = nil, gapPermillion: Int64? = nil) {
      self.name = name
      self.solver = solver
      self.bound = bound
      self.gapPermillion = gapPermillion
    }

    package static let greedy = Method(name: "greedy", solver: "cheapest feasible offer first")
  }

  /// What a person asks after: who saves what, what is not covered, what would make it cheaper.
  package struct Report: Equatable, Sendable, Codable {
    package var savings: [CentreSaving]
    package var uncovered: [AwardPlan.Uncovered]
    package var advice: [AwardPlan.Advice]
    /// What an exact award says beside; nil under the greedy rule.
    package var remarks: AwardRemarks?

    package init(
      savings: [CentreSaving],
      uncovered: [AwardPlan.Uncovered],
      advice: [AwardPlan.Advice],
      remarks: AwardRemarks? = nil
    ) {
      self.savings = savings
      self.uncovered = uncovered
      self.advice = advice
      self.remarks = remarks
    }

    package init(_ plan: AwardPlan, for input: AwardInput) {
      self.init(savings: plan.savings(for: input), uncovered: plan.uncovered, advice: plan.advice)
    }
  }

  package var cost: Money { goods + freight }
  package var saving: Money? { standaloneCost.map { $0 - cost } }
  /// How much less an award could cost at most.
  package var slack: Money? { method.bound.map { max(.zero, cost - $0) } }
}
