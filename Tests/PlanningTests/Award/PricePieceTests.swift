import Planning
import Testing

struct PricePieceTests {
  private func offer(_ pricing: AwardProblem.Offer.Pricing, pack: Int) -> AwardProblem.Offer {
    .init(
      item: 0,
      supplier: 0,
      pack: pack,
      pricing: pricing,
      tiers: [.init(from: 1, price: 10), .init(from: 100, price: 8), .init(from: 500, price: 7)]
    )
  }

  @Test func `the tier reached prices every unit`() {
    let offer = offer(.allUnits, pack: 10)
    #expect(offer.cost(packs: 9) == 900)
    #expect(offer.cost(packs: 10) == 800)
    #expect(offer.cost(packs: 50) == 3_500)
  }

  @Test func `each further tier prices only the units from its first on`() {
    let offer = offer(.incremental, pack: 10)
    #expect(offer.cost(packs: 9) == 900)
    #expect(offer.cost(packs: 10) == 990 + 8)
    #expect(offer.cost(packs: 50) == 99 * 10 + 400 * 8 + 7)
  }

  @Test func `pieces cover every number of packs once and cost what counting unit by unit does`() {
    for pricing in AwardProblem.Offer.Pricing.allCases {
      for pack in 1...12 {
        let offer = offer(pricing, pack: pack)
        let pieces = offer.pricePieces(upTo: 80)
        for packs in 1...80 {
          #expect(pieces.filter { $0.packs.contains(packs) }.count == 1)
          #expect(offer.cost(packs: packs) == counted(offer, packs * pack))
        }
      }
    }
  }

  private func counted(_ offer: AwardProblem.Offer, _ units: Int) -> Int {
    (1...units).reduce(0) { sum, unit in
      let reached = offer.pricing == .allUnits ? units : unit
      return sum + (offer.tiers.last { $0.from <= reached }?.price ?? 0)
    }
  }
}
