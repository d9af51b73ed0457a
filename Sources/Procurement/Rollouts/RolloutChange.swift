import Inventory
package import Storage

/// One thing that a new planning of a rollout changed, and why.
package struct RolloutChange: Equatable, Sendable, Codable {
  package enum Kind: String, Equatable, Sendable, Codable { case arrival, target, centre }

  package var kind: Kind
  /// The arrival's origin and item, or the centre.
  package var subject: String
  package var before: String
  package var after: String
  package var why: String
}

extension RolloutPlan {
  /// What the present plan changed against an earlier one: first what came or was asked otherwise, then what follows
  /// from it for each centre.
  package func changes(since earlier: RolloutPlan) -> [RolloutChange] {
    arrivalChanges(since: earlier) + targetChanges(since: earlier) + centreChanges(since: earlier)
  }

  /// What the last planning of a rollout changed; nothing for the first.
  package static func changes(of code: Code, in connection: any Connection) throws -> [RolloutChange] {
    let plan = try find(code, in: connection)
    guard plan.revision > 1 else { return [] }
    return plan.changes(since: try find(code, revision: plan.revision - 1, in: connection))
  }

  private func arrivalChanges(since earlier: RolloutPlan) -> [RolloutChange] {
    func words(_ arrivals: [Arrival]) -> [String: String] {
      Dictionary(grouping: arrivals) { "\($0.item), \($0.origin)" }.mapValues { arrivals in
        arrivals.map { "\($0.quantity) on \($0.day)" }.joined(separator: ", ")
      }
    }
    return compare(.arrival, words(earlier.arrivals), words(arrivals)) { _ in because }
  }

  private func targetChanges(since earlier: RolloutPlan) -> [RolloutChange] {
    func words(_ targets: [Target]) -> [String: String] {
      Dictionary(
        targets.map { ($0.centre.rawValue, "ready \($0.ready), \($0.firstTranche) then \($0.target)") }
      ) { first, _ in first }
    }
    return compare(.target, words(earlier.targets), words(targets)) { _ in because }
  }

  private func centreChanges(since earlier: RolloutPlan) -> [RolloutChange] {
    func words(_ targets: [Target]) -> [String: String] {
      Dictionary(
        targets.map { target in
          let begins = target.firstDay.map { "begins \($0)" } ?? "does not begin"
          return (target.centre.rawValue, "\(begins), gets \(target.planned)")
        }
      ) { first, _ in first }
    }
    return compare(.centre, words(earlier.targets), words(targets)) { centre in
      let target = targets.first { $0.centre.rawValue == centre }
      let line = lines.first { $0.centre.rawValue == centre }
      return line?.sentence ?? target?.sentence ?? because
    }
  }

  private func compare(
    _ kind: RolloutChange.Kind,
    _ before: [String: String],
    _ after: [String: String],
    why: (String) -> String
  ) -> [RolloutChange] {
    Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }.map { subject in
      RolloutChange(
        kind: kind,
        subject: subject,
        before: before[subject] ?? "nothing",
        after: after[subject] ?? "nothing",
        why: why(subject)
      )
    }
  }
}
