import Foundation
import Planning
import Testing

/// Reference problems of other authors, which never enter this repository: read from the folder that
/// `PROCURE_REFERENCE_DATA` names, or from `../shared`.
enum ReferenceData {
  static func url(_ path: String) -> URL {
    let named = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"]
    return URL(fileURLWithPath: named ?? "../shared").appendingPathComponent(path)
  }

  static func isPresent(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }
}

/// The solver's library in tests: without it the tests that need it are skipped, unless
/// `PROCURE_REQUIRE_HIGHS=1` says that its absence is a failure.
enum SolverLibrary {
  static let isExpected: Bool =
    ProcessInfo.processInfo.environment["PROCURE_REQUIRE_HIGHS"] == "1" || (try? HiGHS()) != nil

  static let absence: Comment = "the HiGHS library is not installed: run scripts/install-highs"
}
