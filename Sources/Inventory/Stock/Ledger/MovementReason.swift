import Storage

/// Why stock moved. A reversal keeps the reason of what it reverses, with the opposite sign.
package enum MovementReason: String, CaseIterable, Codable, Sendable, Storable {
  case receipt, use, loss, expiry, recall, count, adjustment
  case transferIn = "transfer_in"
  case transferOut = "transfer_out"

  package enum Sign: Sendable { case credit, debit, either }

  package var sign: Sign {
    switch self {
    case .receipt, .transferIn: .credit
    case .use, .loss, .expiry, .recall, .transferOut: .debit
    case .count, .adjustment: .either
    }
  }

  /// A use of nothing and a count that agrees are knowledge, and are kept.
  package var allowsZero: Bool { self == .use || self == .count }

  package func allows(_ quantity: Quantity) -> Bool {
    if quantity == .zero { return allowsZero }
    return switch sign {
    case .credit: quantity > .zero
    case .debit: quantity < .zero
    case .either: true
    }
  }

  /// The reasons as a list of SQL literals.
  static var list: String { allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") }

  /// The condition that `reason` is one of them, the most frequent first.
  static var isKnown: String {
    let others = allCases.filter { $0 != .count && $0 != .use }
    return ([.count, .use] + others).map { "reason = '\($0.rawValue)'" }.joined(separator: " OR ")
  }
}
