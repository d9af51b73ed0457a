package import Inventory

package enum OrderError: DomainError, Equatable {
  case noSuchOrder(String)
  case notAllowed(String, PurchaseOrder.Number, PurchaseOrder.State)
  case keyDiffers(key: String, PurchaseOrder.Number)
  case invalid([Finding])
  case tooSmall(Supplier.Code, goods: Money, minimum: Money)
  /// A cascade was not followed, or a cheaper holder passed over, without saying why.
  case ruleNotFollowed(AgreementLot.Rule, Supplier.Code, instead: Supplier.Code)
  case tooLarge
  case reasonMissing(String)
  case buyerUnknown(Agreement.Reference)
  case sellerUnknown(Supplier.Code)

  package var kind: ErrorKind {
    switch self {
    case .noSuchOrder: .notFound
    case .notAllowed, .keyDiffers, .ruleNotFollowed, .buyerUnknown, .sellerUnknown: .conflict
    case .invalid, .reasonMissing: .invalid
    case .tooSmall, .tooLarge: .limit
    }
  }

  package var code: String {
    switch self {
    case .noSuchOrder: "order.not-found"
    case .notAllowed: "order.step-not-allowed"
    case .keyDiffers: "order.key-differs"
    case .invalid: "order.invalid"
    case .tooSmall: "order.below-minimum-value"
    case .ruleNotFollowed: "order.rule-not-followed"
    case .tooLarge: "order.too-large"
    case .reasonMissing: "order.reason-missing"
    case .buyerUnknown: "order.buyer-unknown"
    case .sellerUnknown: "order.seller-unknown"
    }
  }

  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }

  package var description: String {
    switch self {
    case .noSuchOrder(let number): "no order “\(number)”"
    case .notAllowed(let step, let number, let state):
      "order \(number) is \(state.title); it cannot \(step) now"
    case .keyDiffers(let key, let number):
      "order \(number) was placed with the key “\(key)” and says something else"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong with the order; nothing was placed"
    case .tooSmall(let supplier, let goods, let minimum):
      "\(supplier) takes orders from \(minimum); this one is worth \(goods)"
    case .ruleNotFollowed(let rule, let supplier, let other):
      "the lot's rule is \(rule.rawValue) and \(other) comes before \(supplier); say why it is passed over"
    case .tooLarge: "the order's value is beyond 9,000,000,000,000.00"
    case .reasonMissing(let step): "to \(step) the order takes a reason"
    case .buyerUnknown(let reference):
      "agreement \(reference) does not say who buys; give it a buyer's name and SIRET"
    case .sellerUnknown(let supplier):
      "supplier \(supplier) has no SIRET and no GLN; an electronic order needs one to reach it"
    }
  }
}
