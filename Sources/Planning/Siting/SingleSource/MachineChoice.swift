/// How many machines each site gets when the value of each number is known on its own: the cheapest choice within a
/// number in all, by dynamic programming over the sites. Cost: sites × spare machines × numbers a site.
struct MachineChoice {
  /// Values of site s for its least number of machines and each greater one are
  /// `values[first[s]..<first[s + 1]]`.
  private(set) var values: [Int] = []
  private(set) var first: [Int] = [0]
  /// Machines beyond the least; nil when there is no limit on them.
  private let spare: Int?
  private var after: [Int] = []
  private var before: [Int] = []
  /// The least total.
  private(set) var total = 0

  init(_ instance: SingleSourceInstance) {
    spare = instance.spare
    for site in instance.sites {
      first.append(first[first.count - 1] + site.terms.most - site.terms.least + 1)
    }
    values = [Int](repeating: 0, count: first[first.count - 1])
  }

  private var siteCount: Int { first.count - 1 }
  private func span(_ s: Int) -> Int { first[s + 1] - first[s] - 1 }

  mutating func set(_ value: Int, at place: Int) { values[place] = value }

  /// Machines beyond the least ones at each site. Of equal choices the one with fewer machines at earlier sites.
  mutating func choose() -> [Int] {
    guard let spare else {
      total = 0
      return (0..<siteCount).map { s in
        let best = least(s)
        total += best
        return (0...span(s)).first { values[first[s] + $0] == best } ?? 0
      }
    }
    fillAfter(spare)
    total = after[spare]
    var left = spare
    return (0..<siteCount).map { s in
      let goal = after[s * (spare + 1) + left]
      let extra = (0...min(span(s), left)).first { extra in
        values[first[s] + extra] + after[(s + 1) * (spare + 1) + left - extra] == goal
      }
      left -= extra ?? 0
      return extra ?? 0
    }
  }

  private func least(_ s: Int) -> Int { values[first[s]..<first[s + 1]].min() ?? 0 }

  /// `after[s][e]`: the least total of site s and those after it with at most e machines beyond the least ones.
  private mutating func fillAfter(_ spare: Int) {
    let width = spare + 1
    if after.count != (siteCount + 1) * width { after = [Int](repeating: 0, count: (siteCount + 1) * width) }
    for s in (0..<siteCount).reversed() {
      for e in 0...spare {
        var best = Int.max
        for extra in 0...min(span(s), e) {
          best = min(best, values[first[s] + extra] + after[(s + 1) * width + e - extra])
        }
        after[s * width + e] = best
      }
    }
  }

  /// Readies `rest` after a choice.
  mutating func prepareRest() {
    guard let spare else { return }
    let width = spare + 1
    before = [Int](repeating: 0, count: (siteCount + 1) * width)
    for s in 0..<siteCount {
      for e in 0...spare {
        var best = Int.max
        for extra in 0...min(span(s), e) {
          best = min(best, values[first[s] + extra] + before[s * width + e - extra])
        }
        before[(s + 1) * width + e] = best
      }
    }
  }

  /// The least total of the other sites when this one has `extra` machines; nil when it cannot.
  func rest(without s: Int, extra: Int) -> Int? {
    guard let spare else { return total - least(s) }
    guard extra <= spare else { return nil }
    let width = spare + 1
    var best = Int.max
    for e in 0...(spare - extra) {
      best = min(best, before[s * width + e] + after[(s + 1) * width + spare - extra - e])
    }
    return best
  }
}
