package import Storage

extension WhatIf {
  /// Lays the changes over a renewal plan's input. The order of the changes does not matter.
  package func apply(to input: inout RenewalInput) {
    for change in changes {
      switch change.kind {
      case .withdraw:
        input.withdraw(change.subject)
      case .makerGone:
        for index in input.machines.indices where input.machines[index].maker == change.subject {
          input.machines[index].isMakerGone = true
          input.machines[index].lifeMonths = min(
            input.machines[index].lifeMonths,
            input.machines[index].ageMonths
          )
        }
      case .budget:
        input.question.budgets = input.question.budgets.map { $0.scaled(byThousandths: change.amount) }
      case .newCentre: continue
      case .need:
        input.need(change)
      case .price:
        for index in input.prices.indices where input.prices[index].category.rawValue == change.category {
          input.prices[index].price = input.prices[index].price.scaled(byThousandths: change.amount)
        }
      }
    }
  }
}

extension RenewalInput {
  /// Takes a machine out. Where the plan was told what its centre lacks, it lacks one more.
  fileprivate mutating func withdraw(_ code: String) {
    apart.removeAll { $0.machine.rawValue == code }
    guard let index = machines.firstIndex(where: { $0.code.rawValue == code }) else { return }
    let machine = machines.remove(at: index)
    guard let centre = Centre.Code(rawValue: machine.place) else { return }
    let source = "scenario: \(code) is withdrawn"
    question.add(StatedGap(category: machine.category, centre: centre, missing: 1, source: source))
  }

  fileprivate mutating func need(_ change: WhatIf.Change) {
    guard let centre = Centre.Code(rawValue: change.subject),
      let category = EquipmentCategory.Code(rawValue: change.category)
    else { return }
    question.add(StatedGap(category: category, centre: centre, missing: change.amount, source: "scenario"))
  }
}

extension Money {
  /// Rounded down to the cent.
  fileprivate func scaled(byThousandths amount: Int64) -> Money {
    Money(cents: Int64(clamping: Int128(cents) * Int128(amount) / 1000))
  }
}

/// Something that can be worked out under a what-if. Renewal is one; whatever else reads the register becomes
/// another by conforming and being named in the list that `scenario compare` is given.
package protocol ScenarioEvaluator: Sendable {
  typealias Work = @Sendable () throws -> [ScenarioFigure]

  /// Reads what is needed in one snapshot and answers the work to be done after it, off the connection.
  ///
  /// - Parameters:
  ///   - scenario: the what-if; nil for the register as it is.
  ///   - day: the day of the register.
  ///   - connection: a snapshot.
  /// - Throws: what reading the register throws; the work throws what it cannot do.
  /// - Returns: the work, which gives the figures to compare.
  func prepare(
    _ scenario: WhatIf?,
    on day: Day,
    in connection: any Connection
  ) throws -> @Sendable () throws -> [ScenarioFigure]
}

/// One figure of a comparison, as text: `missing at the end`, `3`.
package struct ScenarioFigure: Equatable, Sendable, Codable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
