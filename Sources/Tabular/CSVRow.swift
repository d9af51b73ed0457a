/// A record whose fields are left as bytes, reused from one record to the next: reading millions of short records
/// allocates nothing.
package struct CSVRow: Sendable {
  /// The line on which the record starts, counted from 1.
  package fileprivate(set) var line = 0
  /// The fields, one after the other without separators or quotes; valid UTF-8.
  package fileprivate(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  package init() {}

  /// How many fields there are.
  package var count: Int { ends.count }

  /// Where field `index` lies in `bytes`.
  package func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  package func text(_ index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

  fileprivate mutating func clear(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func set(_ record: CSVReader.Record) {
    clear(line: record.line)
    for field in record.fields {
      bytes += field.utf8
      ends.append(bytes.count)
    }
  }

  /// Takes the fields of a line without quotes; false when it is not UTF-8. Cost: one pass over the line.
  mutating func split(_ text: Span<UInt8>, at separator: UInt8) -> Bool {
    var union: UInt8 = 0
    for k in 0..<text.count {
      let byte = text[unchecked: k]
      union |= byte
      if byte == separator { ends.append(bytes.count) } else { bytes.append(byte) }
    }
    ends.append(bytes.count)
    return union < 0x80 || (try? UTF8Span(validating: text)) != nil
  }
}

extension CSVReader {
  /// Reads the next record that is not blank into `row`, as `next()` would.
  /// - Parameter row: takes the record; what it held is lost.
  /// - Returns: false at the end.
  /// - Throws: what is wrong with the text, and on which line.
  package mutating func next(into row: inout CSVRow) throws(CSVError) -> Bool {
    let separator = try knownSeparator()
    while true {
      let start = line
      guard let length = try input.plainLine() else {
        guard let record = try next() else { return false }
        row.set(record)
        return true
      }
      row.clear(line: start)
      guard input.split(length.text, at: separator, into: &row) else { throw .notUTF8(line: start) }
      input.skip(length.whole)
      line += 1
      if row.count > 1 || !row.bytes.isEmpty { return true }
    }
  }
}
