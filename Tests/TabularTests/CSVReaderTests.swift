import Tabular
import Testing

@Suite struct CSVReaderTests {
  private func records(_ text: String) throws -> [[String]] {
    var reader = CSVReader(text: text)
    var result: [[String]] = []
    while let record = try reader.next() { result.append(record.fields) }
    return result
  }

  @Test(arguments: ["a,b\n1,2\n", "a;b\r\n1;2", "\u{FEFF}a,b\n\n1,2\n\n", "\"a\",\"b\"\r1,2\r"])
  func `a table reads the same whatever wrote it`(text: String) throws {
    #expect(try records(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func `a quoted field keeps separators and line ends, which are counted`() throws {
    var reader = CSVReader(text: "a,b\n\"x\n\"\"y\"\"\",\"1,5\"\nlast,é\n")
    #expect(try reader.next() == .init(line: 1, fields: ["a", "b"]))
    #expect(try reader.next() == .init(line: 2, fields: ["x\n\"y\"", "1,5"]))
    #expect(try reader.next() == .init(line: 4, fields: ["last", "é"]))
    #expect(try reader.next() == nil)
  }

  @Test func `empty fields are fields`() throws {
    #expect(try records("a,b,c\n,,\n") == [["a", "b", "c"], ["", "", ""]])
  }

  @Test func `a semicolon file may hold decimal commas`() throws {
    #expect(try records("x;y\n1,5;2,5\n") == [["x", "y"], ["1,5", "2,5"]])
  }

  @Test func `a quote left open names the line on which it opens`() throws {
    #expect(throws: CSVError.unclosedQuote(line: 2)) { try records("a,b\n1,\"2\n3,4\n") }
  }

  @Test(arguments: [
    "a,b\n1,2\n", "a;b\r\n1;2", "\u{FEFF}a,b\n\n1,é\n\n", "\"a\",\"b\"\r1,2\r",
    "a,b\n\"x\n\"\"y\"\"\",\"1,5\"\nlast,\n,\n", "", "\n", "a",
  ])
  func `a row that is used again holds the same records`(text: String) throws {
    var one = CSVReader(text: text)
    var other = CSVReader(text: text)
    var row = CSVRow()
    while let record = try one.next() {
      #expect(try other.next(into: &row))
      #expect(CSVReader.Record(line: row.line, fields: (0..<row.count).map(row.text)) == record)
    }
    #expect(try !other.next(into: &row))
  }

  @Test func `a letter cut in two by a separator is not text`() {
    var reader = CSVReader(ByteInput([0x61, 0x2C, 0x62, 0x0A, 0xC3, 0x2C, 0xA9, 0x0A]))
    var row = CSVRow()
    #expect(throws: CSVError.notUTF8(line: 2)) {
      _ = try reader.next(into: &row)
      _ = try reader.next(into: &row)
    }
  }

  @Test func `a written line reads back`() throws {
    let fields = ["plain", "a,b", "say \"hi\"", "two\nlines", "carriage\rreturn", ""]
    #expect(try records(CSVText.line(fields)) == [fields])
  }
}
