import Testing

@testable import Planning

/// Which rounds of one offer a search can leave out.
@Suite struct RepeatedOffersTests {
  /// Up to ten packs at one price, then at another, `fixed` on top of each.
  private func price(_ first: Double, _ then: Double, fixed: Double = 0, most: Int = 40) -> BlockPrice {
    BlockPrice(pieces: [
      .init(packs: 1...10, fixed: fixed, perPack: first),
      .init(packs: 11...most, fixed: fixed, perPack: then),
    ])
  }

  private func dispensable(
    _ prices: [BlockPrice],
    useful: Int = 40,
    reaches: @escaping (Int, Int) -> Bool = { _, _ in true }
  ) -> [Bool] {
    RepeatedOffers(
      prices: prices,
      offers: [0, 0, 1],
      useful: prices.map { _ in useful },
      reaches: reaches
    ).dispensable
  }

  @Test func `of two rounds at one price the first is kept, and other offers stay`() {
    let same = price(5, 4)
    #expect(dispensable([same, same, same]) == [false, true, false])
    // The later one is cheaper now: it is the one that is kept, unless it comes too late for some.
    #expect(dispensable([same, price(5, 3.5), same]) == [true, false, false])
    #expect(dispensable([same, price(5, 3.5), same], reaches: { $0 <= $1 }) == [false, false, false])
  }

  @Test func `a round stays where the other has not enough, or where more is dearer`() {
    let same = price(5, 4)
    #expect(dispensable([same, same, same], useful: 41) == [false, false, false])
    let rising = price(4, 5)
    #expect(dispensable([rising, rising, rising]) == [false, false, false])
    // Two small orders would save what one pays on top, were it less than nothing.
    let rebate = price(5, 4, fixed: -3)
    #expect(dispensable([rebate, rebate, rebate]) == [false, false, false])
    let closed = BlockPrice(pieces: [])
    #expect(dispensable([closed, same, same]) == [false, false, false])
    #expect(dispensable([same, closed, same]) == [false, false, false])
  }
}
