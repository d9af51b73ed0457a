import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct PlanningPolicyTests {
  /// A bound that is itself out of its range is a finding like the others, whatever it is.
  @Test(arguments: Backend.available, [-1_000_000_000_000, -1, 999, 1_236_739, 1_000_000_000_000] as [Int64])
  func `shares out of their ranges are refused with what was expected`(backend: Backend, share: Int64)
    async throws
  {
    let network = try await Network(backend)
    let known = try await network.database.read { try PlanningPolicy.all(in: $0) }
    for field in [\PlanningPolicy.clearPermille, \.alertPermille, \.watchPermille] {
      var policy = try #require(known[.vital])
      policy[keyPath: field] = share
      guard field != \.watchPermille || share != 999 else { continue }
      let asked = policy
      await #expect(throws: PlanError.self) {
        try await network.database.write { try asked.set(by: Network.stamp, in: $0) }
      }
    }
    #expect(try await network.database.read { try PlanningPolicy.all(in: $0) } == known)
  }
}
