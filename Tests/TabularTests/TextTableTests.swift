import Testing

@testable import Tabular

struct TextTableTests {
  @Test func `numbers of a CSV have no separators between their thousands, words keep their commas`() {
    let table = TextTable(
      [.init("what"), .init("cents", .right), .init("note", .right)],
      rows: [
        ["1,234", "1,234,567.50", "1,2 of 3"], ["a,b", "-12,000", "unknown"], ["c", "999", "1,23,456"],
      ]
    )
    #expect(
      table.csv() == """
        what,cents,note
        "1,234",1234567.50,"1,2 of 3"
        "a,b",-12000,unknown
        c,999,"1,23,456"

        """
    )
  }
}
