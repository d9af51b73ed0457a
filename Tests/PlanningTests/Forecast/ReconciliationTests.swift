import Testing

@testable import Planning

@Suite struct ReconciliationTests {
  @Test func `centres always add up to the network`() {
    var random = RandomStream(seed: 8)
    for _ in 0..<300 {
      let centres = (0..<1 + random.index(below: 20)).map { _ in
        Reconciliation.Estimate(mean: 50 * random.uniform(), variance: 30 * random.uniform())
      }
      let network = Reconciliation.Estimate(mean: 500 * random.uniform(), variance: 60 * random.uniform())
      let reconciled = Reconciliation(network: network, centres: centres)
      #expect(reconciled.centres.reduce(0, +) == reconciled.network)
      #expect(reconciled.centres.allSatisfy { $0 >= 0 })
    }
  }

  @Test func `a sure forecast moves little and an unsure one much`() {
    let reconciled = Reconciliation(
      network: .init(mean: 130, variance: 0),
      centres: [.init(mean: 50, variance: 1), .init(mean: 50, variance: 9)]
    )
    #expect(reconciled.network == 130)
    #expect(reconciled.centres == [53, 77])
  }

  @Test func `largest remainders share what rounding down leaves`() {
    #expect(Apportionment.shares(of: 10, weights: [1, 1, 1]) == [4, 3, 3])
    #expect(Apportionment.shares(of: 7, weights: [0, 0]) == [4, 3])
    #expect(Apportionment.shares(of: 5, weights: []) == [])
  }
}
