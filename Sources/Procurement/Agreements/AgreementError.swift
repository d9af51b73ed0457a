package import Inventory

package enum AgreementError: DomainError, Equatable {
  case noSuchAgreement(String)
  case noSuchLot(Agreement.Reference, Int64)
  case notAHolder(Supplier.Code, Agreement.Reference, lot: Int64)
  case notInForce(Agreement.Reference, on: Day, starts: Day, ends: Day)
  case ceilingReached(Agreement.Reference, lot: Int64, asked: Ceiling.Draw, ceiling: Ceiling)
  /// The maximum was set below what orders already hold.
  case maximumBelowCommitted(Agreement.Reference, lot: Int64)
  case notPublishable(Agreement.Reference, [Finding])

  package var kind: ErrorKind {
    switch self {
    case .noSuchAgreement, .noSuchLot: .notFound
    case .notAHolder, .notInForce, .maximumBelowCommitted: .conflict
    case .ceilingReached: .limit
    case .notPublishable: .invalid
    }
  }

  package var code: String {
    switch self {
    case .noSuchAgreement: "agreement.not-found"
    case .noSuchLot: "agreement.lot-not-found"
    case .notAHolder: "agreement.not-a-holder"
    case .notInForce: "agreement.not-in-force"
    case .ceilingReached: "agreement.ceiling-reached"
    case .maximumBelowCommitted: "agreement.maximum-below-committed"
    case .notPublishable: "agreement.not-publishable"
    }
  }

  package var findings: [Finding] {
    if case .notPublishable(_, let findings) = self { findings } else { [] }
  }

  package var description: String {
    switch self {
    case .noSuchAgreement(let reference): "no agreement “\(reference)”"
    case .noSuchLot(let reference, let lot): "agreement \(reference) has no lot \(lot)"
    case .notAHolder(let supplier, let reference, let lot):
      "\(supplier) does not hold lot \(lot) of \(reference)"
    case .notInForce(let reference, let day, let starts, let ends):
      "agreement \(reference) runs from \(starts) to \(ends); \(day) is outside"
    case .ceilingReached(let reference, let lot, let asked, let ceiling):
      "lot \(lot) of \(reference) has \(Self.room(of: ceiling)) left; the order takes \(Self.words(for: asked, of: ceiling))"
    case .maximumBelowCommitted(let reference, let lot):
      "lot \(lot) of \(reference): orders already hold more than the new maximum"
    case .notPublishable(let reference, let findings):
      "agreement \(reference) cannot be published: \(findings.count) field\(findings.count == 1 ? "" : "s") to settle"
    }
  }

  private static func room(of ceiling: Ceiling) -> String {
    let value = ceiling.roomInValue.map { "\($0)" }
    let quantity = ceiling.roomInQuantity.map { "\($0) units" }
    return [value, quantity].compactMap(\.self).joined(separator: " and ")
  }

  private static func words(for draw: Ceiling.Draw, of ceiling: Ceiling) -> String {
    let value = ceiling.maximumValue.map { _ in "\(draw.value)" }
    let quantity = ceiling.maximumQuantity.map { _ in "\(draw.quantity) units" }
    return [value, quantity].compactMap(\.self).joined(separator: " and ")
  }
}
