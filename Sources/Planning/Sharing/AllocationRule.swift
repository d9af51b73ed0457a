/// How a scarce supply is shared.
package enum AllocationRule: String, CaseIterable, Sendable {
  /// As many days of cover as possible for the centre that has the fewest, then for the next.
  case equalCover
  /// In proportion to what each centre needs.
  case need
  /// In proportion to what each centre uses in normal times.
  case baseline
  /// Class after class; equal cover inside a class.
  case priority
  /// The same quantity for everyone, up to the need.
  case equalAwards
  /// The same shortfall for everyone.
  case equalLosses
  /// Equal awards of half the needs, then equal losses of the other halves.
  case talmud

  /// What a problem lacks for this rule.
  package func faults(in problem: AllocationProblem) -> [SharingFault] {
    problem.centres.enumerated().flatMap { index, centre in
      missing(for: centre, in: problem).map { field, expected in
        SharingFault(
          "centres[\(index)].\(field)",
          found: "nothing",
          expected: "\(expected), for the rule \(self)"
        )
      }
    }
  }

  private func missing(
    for centre: AllocationProblem.Centre,
    in problem: AllocationProblem
  ) -> [(String, String)] {
    let use = centre.use == nil ? [("dailyUse", "the mean daily use, 0 if there is none")] : []
    let need = problem.need(of: centre) == nil ? [("asked", "a request, a baseline or a cover target")] : []
    let baseline = centre.baseline == nil ? [("baseline", "the use in normal times")] : []
    return switch self {
    case .equalCover: use
    case .priority: use + need
    case .baseline: baseline
    case .need, .equalAwards, .equalLosses, .talmud: need
    }
  }
}
