/// Machines of a category bought in the same year, and what the tier they reach is worth.
package struct RenewalGroup: Sendable, Hashable {
  package let year: Int
  package let category: String
  /// Indices of the machines.
  package let machines: [Int]
  /// Off each machine's price, in cents; 0 where no tier is reached.
  package let discount: Int64
  /// Machines that are missing to the next better tier and what each machine would cost less there.
  package let next: Next?

  package var saving: Int64 { Int64(machines.count) * discount }

  package struct Next: Sendable, Hashable {
    package let more: Int
    package let discount: Int64
  }
}

extension RenewalProblem {
  /// Every year and category in which something is bought, in that order.
  func groups(_ decisions: [Decision?]) -> [RenewalGroup] {
    var members: [GroupKey: [Int]] = [:]
    for index in machines.indices {
      guard let decision = decisions[index], machines[index].actions[decision.action].kind.isPurchase else {
        continue
      }
      let key = GroupKey(year: decision.year, category: machines[index].category)
      members[key, default: []].append(index)
    }
    return members.sorted { $0.key < $1.key }.map { key, machines in
      let own = tiers.filter { $0.category == key.category }
      let discount = own.filter { $0.from <= machines.count }.map(\.discount).max() ?? 0
      let better = own.filter { $0.from > machines.count && $0.discount > discount }
      return RenewalGroup(
        year: key.year,
        category: key.category,
        machines: machines,
        discount: discount,
        next: better.min { $0.from < $1.from }.map {
          .init(more: $0.from - machines.count, discount: $0.discount)
        }
      )
    }
  }

  private struct GroupKey: Hashable, Comparable {
    let year: Int
    let category: String
    static func < (left: Self, right: Self) -> Bool {
      (left.year, left.category) < (right.year, right.category)
    }
  }
}
