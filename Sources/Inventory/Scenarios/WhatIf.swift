import Storage

/// A what-if: changes that are laid over the register for a plan, and never written into it.
package struct WhatIf: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<WhatIf>
  package typealias Code = Inventory.Code<WhatIf>

  package var code: Code
  package var title: String
  /// Counts the changes made to it: who changes it says which one is meant.
  package var version: Int64
  package var changes: [Change]

  /// One thing that is otherwise. A second change of the same kind, subject and category replaces the first.
  package struct Change: Equatable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Codable, Sendable, Storable {
      /// The machine `subject` is gone.
      case withdraw
      /// The maker `subject` no longer supports its machines: they are past their life from the first year on.
      case makerGone = "maker_gone"
      /// Every yearly budget in thousandths of what was asked.
      case budget
      /// A centre `subject` that the register does not know.
      case newCentre = "new_centre"
      /// The centre `subject` lacks `amount` machines of the category.
      case need
      /// Machines of the category cost so many thousandths.
      case price
    }

    package var kind: Kind
    package var subject: String
    package var category: String
    package var amount: Int64

    package init(_ kind: Kind, subject: String = "", category: String = "", amount: Int64 = 0) {
      self.kind = kind
      self.subject = subject
      self.category = category
      self.amount = amount
    }
  }
}

extension WhatIf.Change: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .withdraw: "without \(subject)"
    case .makerGone: "\(subject) gone"
    case .budget: "budget at \(Self.percent(amount))"
    case .newCentre: "new centre \(subject)"
    case .need: "\(subject) lacks \(amount) \(category)"
    case .price: "\(category) at \(Self.percent(amount)) of the price"
    }
  }

  /// Thousandths as a percentage.
  private static func percent(_ amount: Int64) -> String {
    amount % 10 == 0 ? "\(amount / 10) %" : "\(amount / 10).\(amount % 10) %"
  }
}

package enum ScenarioError: DomainError, Equatable {
  case noSuchScenario(String)
  case codeTaken(WhatIf.Code)
  case invalid([Finding])
  case changedMeanwhile(WhatIf.Code, expected: Int64, found: Int64)

  package var kind: ErrorKind {
    switch self {
    case .noSuchScenario: .notFound
    case .codeTaken, .changedMeanwhile: .conflict
    case .invalid: .invalid
    }
  }
  package var code: String {
    switch self {
    case .noSuchScenario: "scenario.not-found"
    case .codeTaken: "scenario.code-taken"
    case .invalid: "scenario.invalid"
    case .changedMeanwhile: "scenario.changed-meanwhile"
    }
  }
  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }
  package var description: String {
    switch self {
    case .noSuchScenario(let code): "no scenario “\(code)”"
    case .codeTaken(let code): "there is another scenario \(code)"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong; nothing was changed"
    case .changedMeanwhile(let code, let expected, let found):
      "scenario \(code) is at version \(found), not \(expected): someone changed it meanwhile"
    }
  }
}
