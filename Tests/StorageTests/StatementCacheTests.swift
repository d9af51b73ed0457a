import Testing

@testable import Storage

@Suite struct StatementCacheTests {
  @Test func `a statement is found whatever its values`() {
    var cache = StatementCache<Int>(limit: 4)
    _ = cache.keep(1, for: "SELECT \(Int64(1)) FROM a")
    #expect(cache.find("SELECT \("x") FROM a") == 1)
    #expect(cache.find("SELECT \("x") FROM b") == nil)
    #expect(cache.find("SELECT  FROM a") == nil)
  }

  @Test func `the one not used for longest goes first`() {
    var cache = StatementCache<Int>(limit: 2)
    #expect(cache.keep(1, for: "one") == nil)
    #expect(cache.keep(2, for: "two") == nil)
    #expect(cache.find("one") == 1)
    #expect(cache.keep(3, for: "three") == 2)
    #expect(cache.find("two") == nil)
    #expect(cache.keep(4, for: "one") == 1)
    #expect(cache.find("one") == 4)
  }
}
