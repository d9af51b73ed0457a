package import Inventory

/// Something on the supply side that makes a shortage likelier, whatever the shelves hold.
package enum SupplySignal: Equatable, Sendable, Codable {
  /// A supplier, or the authority, declares trouble.
  case declared(supplier: Supplier.Code, state: SupplyDeclaration.State, since: Day, source: String)
  /// What a supplier in trouble still owes: units, and the first day on which they can come; nil for late under a tension,
  /// and otherwise where nobody says when.
  case owed(supplier: Supplier.Code, state: SupplyDeclaration.State, quantity: Quantity, from: Day?)
  /// Confirmed deliveries are past their day.
  case late(document: String, supplier: Supplier.Code, quantity: Quantity, days: Int64)
  /// The agreement's lot is nearly spent: in percent, and the weeks that what is left lasts at the expected use.
  case ceiling(agreement: Agreement.Reference, lot: Int64, percent: Int64, weeksLeft: Int64?)
  /// One supplier holds every offer that is valid.
  case soleSource(supplier: Supplier.Code)
  /// No valid offer: nothing can be ordered.
  case noOffer
  /// Stock of a recalled lot.
  case recall(lot: String, quantity: Quantity, since: Day)

  /// How bad it is by itself: the least severity of the network's alert; nil where it only explains.
  package var severity: Severity? {
    switch self {
    case .declared(_, let state, _, _): state.delivers ? .watch : .alert
    case .ceiling(_, _, let percent, let weeks):
      percent >= 100 || weeks.map { $0 < 4 } == true ? .alert : .watch
    case .noOffer: .watch
    case .recall: .watch
    case .owed, .late, .soleSource: nil
    }
  }

  package var sentence: String {
    switch self {
    case .declared(let supplier, let state, let since, let source):
      "\(supplier) declares \(state.rawValue) since \(since) (\(source))"
    case .owed(let supplier, let state, let quantity, let from):
      Self.owed("\(quantity) units that \(supplier) owes are", state, from)
    case .late(let document, let supplier, let quantity, let days):
      "\(document) of \(supplier), \(quantity) units, is \(days) days late"
    case .ceiling(let agreement, let lot, let percent, let weeks):
      "lot \(lot) of \(agreement) is \(percent) % spent"
        + (weeks.map { ", what is left lasts \($0) weeks" } ?? "")
    case .soleSource(let supplier): "\(supplier) alone holds every offer"
    case .noOffer: "no offer is valid: nothing can be ordered"
    case .recall(let lot, let quantity, let since):
      "lot \(lot), \(quantity) units on hand, is recalled since \(since)"
    }
  }

  private static func owed(_ what: String, _ state: SupplyDeclaration.State, _ from: Day?) -> String {
    switch (state, from) {
    case (.tension, _): "\(what) expected late, under tension"
    case (.discontinued, _): "\(what) not expected, discontinued"
    case (_, .some(let day)): "\(what) not expected before \(day), the end of the rupture"
    case (_, nil): "\(what) not expected, in rupture without an end that is known"
    }
  }
}
