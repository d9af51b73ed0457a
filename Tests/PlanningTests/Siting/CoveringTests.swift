import Testing

@testable import Planning

struct CoveringTests {
  @Test(arguments: 1...20)
  func `a bracket finds the first yes however many answers are hard`(seed: UInt64) {
    var stream = SplitMix64(seed: seed)
    let count = 1 + Int(stream.next() % 60)
    let first = Int(stream.next() % UInt64(count + 1))
    let hardness = (0..<count).map { _ in Int(stream.next() % 100_000) }
    var bracket = Bracket(0..<count)
    bracket.narrow(until: { false }) { number, effort in
      guard effort >= hardness[number] else { return .undecided }
      return number < first ? .no : .yes(max(first, number - number % 3))
    }
    #expect(bracket.low == first)
    #expect(bracket.high == first)
  }

  @Test(arguments: 1...20)
  func `the core takes as many sites as the whole`(seed: UInt64) {
    var stream = SplitMix64(seed: seed)
    let coverers: [[Int32]] = (0..<30).map { _ in
      (0..<12).filter { _ in stream.next() % 4 == 0 }.map(Int32.init) + [Int32(stream.next() % 12)]
    }
    var instance = LocationInstance(fixedCost: [Double](repeating: 1, count: 12), limit: 12)
    for list in coverers {
      instance.addClient(outside: 1, pairs: Set(list).sorted().map { (site: $0, cost: 0) })
    }
    let fewest = fewest(instance.coverers)
    instance.keepCore()
    var search = CoverSearch(coverers: instance.coverers, siteCount: 12, until: { false })
    #expect(search.cover(with: fewest - 1, effort: 10_000) == nil)
    #expect(search.isComplete)
    let sites = search.cover(with: fewest, effort: 1000)
    #expect(coverers.allSatisfy { list in list.contains { sites?.contains($0) == true } })
  }

  private func fewest(_ coverers: [[Int32]]) -> Int {
    (0..<1 << 12).filter { set in coverers.allSatisfy { list in list.contains { set >> Int($0) & 1 == 1 } } }
      .map(\.nonzeroBitCount).min() ?? 0
  }

  @Test func `a search that may look at nothing leaves the question open`() {
    let ring: [[Int32]] = (0..<9).map { [Int32($0), Int32(($0 + 1) % 9)] }
    var search = CoverSearch(coverers: ring, siteCount: 9, until: { true })
    #expect(search.cover(with: 4, effort: 0) == nil)
    #expect(!search.isComplete)
  }
}
