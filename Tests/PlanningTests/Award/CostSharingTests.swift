import Testing

@testable import Planning

struct CostSharingTests {
  @Test func `parts add up to the total, the largest remainders first`() {
    #expect(CostSharing.proportional(100, [1, 1, 1]) == [34, 33, 33])
    #expect(CostSharing.proportional(10, [3, 3, 1]) == [4, 4, 2])
    #expect(CostSharing.proportional(7, [0, 0]) == [4, 3])
  }

  @Test func `nobody pays above the cap while others have room`() {
    #expect(CostSharing.parts(of: 100, weights: [1, 1], caps: [30, 90]) == [30, 70])
    #expect(CostSharing.parts(of: 100, weights: [1, 1, 1], caps: [10, 60, nil]) == [10, 57, 33])
  }

  @Test func `caps that together fall short are all paid, and the rest goes by weight`() {
    #expect(CostSharing.parts(of: 100, weights: [1, 3], caps: [20, 60]) == [25, 75])
  }

  @Test func `whatever the weights and caps, the parts conserve the total`() {
    var state: UInt64 = 7
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<2_000 {
      let members = 1 + draw(5)
      let total = draw(10_000)
      let weights = (0..<members).map { _ in draw(500) }
      let caps = (0..<members).map { _ in draw(3) == 0 ? nil : draw(6_000) }
      let parts = CostSharing.parts(of: total, weights: weights, caps: caps)
      #expect(parts.reduce(0, +) == total)
      let room = caps.reduce(0) { $0 + ($1 ?? total) }
      if room >= total { #expect(zip(parts, caps).allSatisfy { $0 <= $1 ?? total }) }
    }
  }
}
