import Testing

@testable import Planning

struct StockProjectionTests {
  @Test func `the lot that expires first is used first, and what expires is counted`() {
    let projection = StockProjection(
      lots: [.init(10, until: 9), .init(6, until: 1), .init(5, from: 3)],
      demand: [2, 2, 4, 8, 8]
    )
    #expect(projection.mornings == [16, 14, 10, 11, 3, 0])
    #expect(projection.expired == [0, 2, 0])
    #expect(projection.short == [0, 0, 0, 0, 5])
    #expect(projection.firstShortDay == 4)
  }

  @Test func `no order of use serves more than first expired, first out`() {
    var cases = SeededCases(seed: 43)
    for _ in 0..<150 {
      let lots = (0..<3).map { _ in
        let from = cases.int(0...2)
        return UsableLot(cases.int(0...2), from: from, until: from + cases.int(0...3))
      }
      let demand = (0..<4).map { _ in cases.int(0...2) }
      let projection = StockProjection(lots: lots, demand: demand)
      #expect(demand.reduce(0, +) - projection.shortfall == mostServed(lots, demand[...]))
    }
  }

  private func mostServed(_ lots: [UsableLot], _ demand: ArraySlice<Int>) -> Int {
    guard let day = demand.indices.first, let wanted = demand.first else { return 0 }
    var best = mostServed(lots, demand.dropFirst())
    guard wanted > 0 else { return best }
    for index in lots.indices
    where lots[index].quantity > 0 && lots[index].from <= day && lots[index].lastDay >= day {
      var rest = lots
      rest[index].quantity -= 1
      var later = demand
      later[day] -= 1
      best = max(best, 1 + mostServed(rest, later))
    }
    return best
  }
}
