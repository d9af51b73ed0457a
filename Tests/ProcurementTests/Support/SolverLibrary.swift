import Foundation
import Planning
import Testing

/// The solver's library in tests: without it the tests that need it are skipped, unless
/// `PROCURE_REQUIRE_HIGHS=1` says that its absence is a failure.
enum SolverLibrary {
  static let isExpected: Bool =
    ProcessInfo.processInfo.environment["PROCURE_REQUIRE_HIGHS"] == "1" || (try? HiGHS()) != nil

  static let absence: Comment = "the HiGHS library is not installed: run scripts/install-highs"
}
