import Storage

/// What the lines of a report come to: enough to know it again, and to do no work for columns that it does not use.
struct ReportContents: Equatable, Sendable {
  private(set) var lines: Int64 = 0
  private(set) var namesLots = false
  private(set) var namesExpiry = false
  private(set) var countsEveryLine = true
  /// The columns that hold an amount on some line.
  private(set) var columns: Set<ReportLine.Amounts.Column> = []
  private var digest = RunningDigest()

  mutating func add(_ line: ReportLine) {
    lines += 1
    namesLots = namesLots || !line.lot.isEmpty
    namesExpiry = namesExpiry || line.expiry != nil
    countsEveryLine = countsEveryLine && line.amounts.counted != nil
    for column in ReportLine.Amounts.Column.allCases where line.amounts[column] != nil {
      columns.insert(column)
    }
    digest.add(line)
  }

  /// SHA-256 over the lines in the order in which they were sent.
  var fingerprint: String { digest.finished }
}

/// A digest of any number of lines in constant memory: each block of text is hashed with the hash before it.
struct RunningDigest: Equatable, Sendable {
  private static let blockSize = 1 << 16
  private var hash = ""
  private var block: [UInt8] = []

  mutating func add(_ line: ReportLine) {
    block += line.sku.rawValue.utf8
    separate()
    block += line.lot.utf8
    add(line.expiry?.rawValue)
    add(line.amounts.counted?.units)
    add(line.amounts.received?.units)
    add(line.amounts.used?.units)
    add(line.amounts.lost?.units)
    add(line.amounts.adjusted?.units)
    block.append(UInt8(ascii: "\n"))
    if block.count >= Self.blockSize { close() }
  }

  var finished: String {
    var last = self
    last.close()
    return last.hash
  }

  private mutating func close() {
    hash = SHA256.hex(Array(hash.utf8) + block)
    block.removeAll(keepingCapacity: true)
  }

  /// No code and no lot number holds a tab.
  private mutating func separate() { block.append(UInt8(ascii: "\t")) }

  private mutating func add(_ number: Int64?) {
    separate()
    guard let number else { return }
    if number < 0 { block.append(UInt8(ascii: "-")) }
    let start = block.count
    var rest = number.magnitude
    repeat {
      block.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    block[start...].reverse()
  }
}
