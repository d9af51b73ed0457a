/// What a machine is at the end of a year, after what was done with it until then.
struct RenewalCondition: Equatable {
  var isThere: Bool
  /// Months; nil when not known.
  var age: Int?
  var expectedLife: Int?
  var centre: String
  var downPerMille: Int64

  var isPastLife: Bool {
    guard isThere, let age, let expectedLife else { return false }
    return age > expectedLife
  }
}

extension RenewalProblem {
  /// A machine bought in a year is taken to start in the middle of it: half a year old at its end.
  func condition(of machine: Machine, _ decision: Decision?, atEndOf year: Int) -> RenewalCondition {
    var condition = RenewalCondition(
      isThere: machine.isThere,
      age: machine.age.map { $0 + 12 * (year + 1) },
      expectedLife: machine.expectedLife,
      centre: machine.centre,
      downPerMille: machine.isThere ? machine.downPerMille : 0
    )
    guard let decision, decision.year <= year else { return condition }
    switch machine.actions[decision.action].kind {
    case .renew, .add:
      condition.isThere = true
      condition.age = 12 * (year - decision.year) + 6
      condition.downPerMille = 0
    case .upgrade(let months): condition.expectedLife = machine.expectedLife.map { $0 + months }
    case .move(let destination): condition.centre = destination
    }
    return condition
  }

  /// The machines that the age rule judges together: all, or those of each category.
  var ageGroups: [[Int]] {
    guard ageRule.isByCategory else { return [Array(machines.indices)] }
    let groups = Dictionary(grouping: machines.indices) { machines[$0].category }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Every decision that may be taken on a machine.
  package func choices(of machine: Int) -> [Decision] {
    machines[machine].actions.enumerated().flatMap { index, action in
      action.allowedYears.filter { $0 >= 0 && $0 < years }.map { Decision(action: index, year: $0) }
    }
  }
}
