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
    var search = CoverSearch(coverers: instance.coverers, siteCount: 12, SitingEffort())
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
    var search = CoverSearch(coverers: ring, siteCount: 9, SitingEffort { true })
    #expect(search.cover(with: 4, effort: 0) == nil)
    #expect(!search.isComplete)
  }

  /// The lines of the affine space of three dimensions over three elements, 27 points and 117 triples: 18 points meet
  /// them all, and that 17 do not is hard to see (Fulkerson, Nemhauser and Trotter 1974).
  private static var lines: [[Int32]] {
    let directions = (1..<27).map { [$0 / 9, $0 / 3 % 3, $0 % 3] }
    let triples = (0..<27).flatMap { point in
      directions.map { step in
        (0..<3).map { times -> Int32 in
          let coordinates = zip([point / 9, point / 3 % 3, point % 3], step).map { ($0 + times * $1) % 3 }
          return Int32(9 * coordinates[0] + 3 * coordinates[1] + coordinates[2])
        }.sorted()
      }
    }
    return Set(triples).sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
  func `what a search leaves open a solver decides`() throws {
    #expect(Self.lines.count == 117)
    var alone = CoverSearch(coverers: Self.lines, siteCount: 27, SitingEffort())
    #expect(alone.cover(with: 17, effort: 1000) == nil)
    #expect(!alone.isComplete)
    var effort = SitingEffort()
    effort.solver = try HiGHS()
    var helped = CoverSearch(coverers: Self.lines, siteCount: 27, effort)
    #expect(helped.cover(with: 17, effort: 1000) == nil)
    #expect(helped.isComplete)
    #expect(helped.cover(with: 18, effort: 1000)?.count == 18)
  }
}
