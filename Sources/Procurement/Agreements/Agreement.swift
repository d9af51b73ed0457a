package import Inventory

/// A framework agreement: the terms under which orders may be placed, lot by lot, between two days.
package struct Agreement: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Agreement>
  package typealias Reference = Inventory.Code<Agreement>

  package let id: ID
  package var terms: Terms
  package var lots: [AgreementLot]

  /// What the agreement itself says.
  package struct Terms: Equatable, Sendable, Codable {
    package var reference: Reference
    package var title: String
    /// The vocabulary code of the lots that have none of their own.
    package var cpv: String?
    /// The first and the last day on which an order may be approved.
    package var starts: Day
    package var ends: Day
    /// ISO 4217.
    package var currency: String
    package var paymentDays: Int64
    package var revision: Revision?
    /// The article or the convention by which the network buys for its centres.
    package var legalBasis: String?
    /// Who places the orders; nil where nobody said.
    package var buyerName: String?
    package var buyerSIRET: String?
    package var notifiedOn: Day?
    /// What open data asks for beyond the above.
    package var publication: Publication
    package var certainty: String?
  }

  /// How prices move: P = P0 × (a + (1 − a) × I ÷ I0), where a is the fixed share.
  package struct Revision: Equatable, Sendable, Codable {
    /// The formula and its indices, as the contract words it.
    package var formula: String
    package var fixedPermille: Int64?
    /// The most that a revision may add, in thousandths of the first price.
    package var capPermille: Int64?
  }

  package func lot(_ number: Int64) throws(AgreementError) -> AgreementLot {
    guard let lot = lots.first(where: { $0.terms.number == number })
    else { throw .noSuchLot(terms.reference, number) }
    return lot
  }
}

extension Agreement.Terms {
  package func isInForce(on day: Day) -> Bool { (starts...max(starts, ends)).contains(day) }

  /// The term in whole months, begun months counted: what open data calls `dureeMois`.
  package var months: Int64 {
    let first = starts.components
    let last = (ends + 1).components
    let whole = (last.year - first.year) * 12 + last.month - first.month
    return Int64(max(1, last.day > first.day ? whole + 1 : whole))
  }
}
