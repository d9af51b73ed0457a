import Inventory

/// How the greedy rule divides needs between rounds of orders: each waits for the last that is in time.
extension AwardInput {
  /// What is asked of a round: the needs that no later round can serve in time.
  ///
  /// In the first, everything that is left. The day by which all must be there is that of the need which is due first.
  func waiting(for round: Int) -> AwardInput {
    var asked = self
    asked.needs = needs.filter { isServed($0, in: round) }
    let dues = asked.needs.filter { $0.quantity > .zero }.map { $0.neededBy ?? neededBy }
    asked.neededBy = round == 0 && rounds.isEmpty ? neededBy : dues.min() ?? neededBy
    return asked
  }

  private func isServed(_ need: Need, in round: Int) -> Bool {
    round == 0
      || offers.contains { offer in
        offer.item == need.item
          && (offer.terms.deliverable(
            by: need.neededBy ?? neededBy,
            orderedOn: orderDays,
            round: round
          ) ?? 1) > 0
      }
  }

  /// What is left for the rounds before: the needs that this one did not cover, and the ceilings after it.
  func after(_ award: GreedyAward, _ bought: AwardPlan, in round: Int) -> AwardInput {
    var rest = self
    var missing = Dictionary(
      bought.uncovered.map { ("\($0.centre) \($0.item)", $0.quantity) },
      uniquingKeysWith: +
    )
    rest.needs = needs.map { need in
      guard isServed(need, in: round) else { return need }
      var open = need
      open.quantity = min(need.quantity, missing[need.place] ?? .zero)
      missing[need.place] = (missing[need.place] ?? .zero) - open.quantity
      return open
    }
    rest.lots = lots.map { lot in
      var left = lot
      left.ceiling = award.room(of: lot.key) ?? lot.ceiling
      return left
    }
    return rest
  }
}

extension AwardPlan.Line {
  func ordered(on day: Day?) -> Self {
    var line = self
    line.orderOn = day
    return line
  }
}
