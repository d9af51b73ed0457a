package import Inventory

/// A lot of a framework agreement: who holds it, how orders are shared among the holders, and how far it goes.
package struct AgreementLot: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<AgreementLot>

  package let id: ID
  package var terms: Terms
  package var ceiling: Ceiling
  /// By rank.
  package var holders: [Holder]

  package struct Terms: Equatable, Sendable, Codable {
    package var number: Int64
    package var title: String
    /// The European procurement vocabulary: 8 digits, with or without the check digit.
    package var cpv: String?
    package var rule: Rule
    package var minimumValue: Money?
    package var minimumQuantity: Quantity?
  }

  /// How orders are shared among the holders of a lot.
  package enum Rule: String, CaseIterable, Codable, Sendable {
    /// One holder has it all.
    case sole
    /// The first by rank that can deliver.
    case cascade
    /// Each its part of the volume.
    case share
    /// Whoever is cheapest for what is ordered.
    case bestOffer = "best_offer"
  }

  package struct Holder: Equatable, Sendable, Codable {
    package var supplier: Supplier.Code
    package var rank: Int64
    /// Its part of the volume, in thousandths; nil under the other rules.
    package var sharePermille: Int64?
  }
}

extension AgreementLot {
  /// What is wrong between a rule and the holders of its lot, in words; nil where nothing is.
  static func fault(of rule: Rule, with holders: [Holder]) -> String? {
    if holders.isEmpty { return "a lot has at least one holder" }
    switch rule {
    case .sole: return holders.count == 1 ? nil : "a lot with the rule “sole” has one holder"
    case .cascade, .bestOffer:
      return holders.allSatisfy { $0.sharePermille == nil } ? nil : "shares belong to the rule “share”"
    case .share:
      let sum = holders.reduce(0) { $0 + ($1.sharePermille ?? 0) }
      return holders.allSatisfy { $0.sharePermille != nil } && sum == 1000
        ? nil : "the holders' shares add up to 1000 thousandths"
    }
  }
}
