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

  @Test func `what would move the cursor, break a line or turn the text is not written to a terminal`() {
    let table = TextTable(
      [.init("what"), .init("note")],
      rows: [
        ["\u{1B}[2J\u{1B}[31mred", "a\nb\tc"], ["\u{202E}txt\u{2066}", "Évelyne 👩‍🔬"], ["\u{9B}1m", "ok"],
      ]
    )
    let text = table.text()
    #expect(text.split(separator: "\n").count == 5)
    #expect(text.contains("\u{FFFD}[2J\u{FFFD}[31mred") && text.contains("a b c"))
    #expect(text.contains("\u{FFFD}txt\u{FFFD}") && text.contains("Évelyne 👩‍🔬"))
    let isHarmless = text.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.properties.generalCategory != .control
    }
    #expect(isHarmless && !text.contains("\u{202E}"))
    #expect(table.csv().contains("\u{1B}"), "a table for programs holds what is stored")
  }
}
