package import Planning

/// How many machines of a category people need: which norm gives each factor, and what is assumed without one.
///
///     machines = people × rate × utilisation × (1 + retreatment) × share treated × network's share ÷ capacity
package struct NeedModel: Equatable, Sendable {
  package enum Factor: String, CaseIterable, Codable, Sendable {
    case rate, utilisation, retreatment
    case shareTreated = "share treated"
    case networkShare = "network's share"
    case capacity

    /// The norms that can give it, the most specific first.
    var norms: [NormName] {
      switch self {
      case .rate: [.newCases]
      case .utilisation: [.shareOfCases, .radiotherapyShare]
      case .retreatment: [.retreatment]
      case .shareTreated: [.shareOfRadiotherapy]
      case .networkShare: [.networkShare]
      case .capacity: [.courses, .patientsPerRoom, .patientsPerMachine, .treatments]
      }
    }

    /// What holds where no norm is given; nil where the need is then unknown.
    var assumed: Fraction? {
      switch self {
      case .retreatment: .zero
      case .shareTreated, .networkShare: Fraction(1)
      case .rate, .utilisation, .capacity: nil
      }
    }
  }

  package struct Term: Equatable, Sendable, Codable {
    package let factor: Factor
    package let norm: EquipmentCategory.Norm?
    /// The value as it is used; nil where nobody gave it and nothing may be assumed.
    package let value: ExactFigure?
  }

  package let terms: [Term]

  package init(_ book: NormBook) throws(GapError) {
    var terms: [Term] = []
    for factor in Factor.allCases {
      let norm = factor.norms.lazy.compactMap { book.norms[$0.rawValue] }.first
      if let norm, norm.value.digits < 0 || (factor == .capacity && norm.value.digits == 0) {
        throw .normOutOfRange(category: book.category.rawValue, norm: norm.name, value: norm.value)
      }
      let value = norm?.value.fraction ?? factor.assumed
      terms.append(Term(factor: factor, norm: norm, value: value.map(ExactFigure.init)))
    }
    self.terms = terms
  }

  package subscript(factor: Factor) -> Fraction? { terms.first { $0.factor == factor }?.value?.value }

  /// The factors without which the need is unknown.
  package var missing: [Factor] { terms.filter { $0.value == nil }.map(\.factor) }

  /// Courses that one machine gives in a year; nil where no norm says.
  package var throughput: Fraction? { self[.capacity] }

  /// Nil where a factor is missing.
  package var norm: NeedNorm? {
    guard let rate = self[.rate], let utilisation = self[.utilisation], let capacity = self[.capacity],
      let retreatment = self[.retreatment], let treated = self[.shareTreated], let own = self[.networkShare]
    else { return nil }
    return NeedNorm(
      rate: rate / Fraction(100_000),
      utilisation: utilisation,
      retreatment: retreatment,
      share: treated * own,
      capacity: capacity
    )
  }

  /// Machines that these people need; nil where a factor is missing.
  package func machines(people: Int64) -> Fraction? { norm?.machines(population: Int(people)) }
}

package enum GapError: DomainError, Equatable {
  case normOutOfRange(category: String, norm: String, value: ExactDecimal)

  package var kind: ErrorKind { .invalid }
  package var code: String { "gaps.norm-out-of-range" }
  package var description: String {
    switch self {
    case .normOutOfRange(let category, let norm, let value):
      "the norm “\(norm)” of “\(category)” is \(value); expected a number above 0 (0 or more for a share)"
    }
  }
}
