import Testing

@testable import Planning

struct HiGHSSearchTests {
  @Test func `a file named outright is the only candidate`() {
    let search = HiGHSSearch(
      environment: ["PROCURE_HIGHS_LIBRARY": "/x/libhighs.so"],
      workingDirectory: "/w",
      executable: "/a/procure"
    )
    #expect(search.candidates == ["/x/libhighs.so"])
  }

  @Test func `the search goes from the executable outwards to the system`() {
    let search = HiGHSSearch(environment: [:], workingDirectory: "/w", executable: "/opt/app/bin/procure")
    #expect(
      search.candidates == [
        "/opt/app/bin/libhighs.so.1",
        "/opt/app/bin/../lib/libhighs.so.1",
        "/w/.highs/libhighs.so.1",
        "/opt/app/bin/.highs/libhighs.so.1",
        "/opt/app/.highs/libhighs.so.1",
        "/opt/.highs/libhighs.so.1",
        "libhighs.so.1",
      ]
    )
  }

  @Test func `releases known to give wrong optima are refused`() {
    #expect(!HiGHSVersion(major: 1, minor: 14, patch: 0).isTrusted)
    #expect(!HiGHSVersion(major: 1, minor: 15, patch: 0).isTrusted)
    #expect(HiGHSVersion(major: 1, minor: 15, patch: 1).isTrusted)
    #expect(HiGHSVersion(major: 2, minor: 0, patch: 0).isTrusted)
  }

  @Test func `a missing library is explained in one sentence that says what to do`() {
    let search = HiGHSSearch(
      environment: ["PROCURE_HIGHS_LIBRARY": "/nowhere/libhighs.so.1"],
      workingDirectory: "",
      executable: ""
    )
    #expect(throws: SolverError.libraryMissing(searched: ["/nowhere/libhighs.so.1"])) { try search.load() }
    #expect("\(SolverError.libraryMissing(searched: []))".contains("scripts/install-highs"))
  }
}
