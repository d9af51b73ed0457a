import Testing

@testable import Planning

struct EqualCoverTests {
  @Test func `packs go first where days of cover are fewest`() {
    let filling = EqualCover(
      packSize: 10,
      parts: [
        .init(stock: 100, use: DailyUse(10), upper: 99),
        .init(stock: 0, use: DailyUse(10), upper: 99),
        .init(stock: 20, use: DailyUse(5), upper: 99),
      ]
    )
    #expect(filling.packs(sharing: 4) == [0, 4, 0])
    #expect(filling.packs(sharing: 12) == [0, 9, 3])
    #expect(filling.packs(sharing: 15) == [1, 10, 4])
  }

  @Test func `among equals the pack goes where it lasts longest`() {
    let filling = EqualCover(
      packSize: 10,
      parts: [.init(stock: 0, use: DailyUse(100), upper: 9), .init(stock: 0, use: DailyUse(1), upper: 9)]
    )
    #expect(filling.packs(sharing: 1) == [0, 1])
  }

  @Test func `no division of the packs is better than the one found`() {
    var cases = SeededCases(seed: 3)
    for _ in 0..<400 {
      let filling = EqualCover(
        packSize: cases.int(1...7),
        parts: (0..<cases.int(1...4)).map { _ in part(&cases) }
      )
      let lowest = filling.parts.reduce(0) { $0 + $1.lower }
      let packs = lowest + cases.int(0...9)
      let found = filling.packs(sharing: packs)
      #expect(found.reduce(0, +) == min(packs, filling.parts.reduce(0) { $0 + $1.upper }))
      let best = divisions(of: packs, among: filling.parts).map { covers(filling, $0) }.max(by: isLess)
      #expect(covers(filling, found) == best)
    }
  }

  @Test func `a larger supply never takes a pack from anyone`() {
    var cases = SeededCases(seed: 5)
    for _ in 0..<50 {
      let filling = EqualCover(
        packSize: cases.int(1...9),
        parts: (0..<8).map { _ in part(&cases, upper: 500) }
      )
      var previous = filling.packs(sharing: 0)
      for packs in stride(from: 0, through: 900, by: 13) {
        let next = filling.packs(sharing: packs)
        #expect(zip(previous, next).allSatisfy(<=))
        previous = next
      }
    }
  }

  @Test func `a hundred million packs are shared as exactly as ten`() {
    let filling = EqualCover(
      packSize: 1,
      parts: [
        .init(stock: 0, use: DailyUse(1), upper: .max / 4),
        .init(stock: 0, use: DailyUse(2), upper: .max / 4),
      ]
    )
    #expect(filling.packs(sharing: 300_000_000) == [100_000_000, 200_000_000])
  }

  private func part(_ cases: inout SeededCases, upper: Int = 5) -> EqualCover.Part {
    let lower = cases.int(0...1)
    return .init(
      stock: cases.int(0...12),
      use: DailyUse(cases.int(1...6), perDays: cases.int(1...3)),
      lower: lower,
      upper: lower + cases.int(0...upper)
    )
  }

  private func covers(_ filling: EqualCover, _ packs: [Int]) -> [Fraction] {
    zip(filling.parts, packs).map { filling.cover(of: $0, packs: $1) }.sorted()
  }

  private func isLess(_ a: [Fraction], _ b: [Fraction]) -> Bool { a.lexicographicallyPrecedes(b) }

  private func divisions(of packs: Int, among parts: [EqualCover.Part]) -> [[Int]] {
    guard let first = parts.first else { return [[]] }
    return (first.lower...first.upper).filter { $0 <= packs }.flatMap { given in
      divisions(of: packs - given, among: Array(parts.dropFirst())).map { [given] + $0 }
    }
  }
}
