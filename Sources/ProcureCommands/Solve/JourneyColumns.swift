import Planning

/// The rows of a table of travel times, a column an array: 21 bytes a journey.
struct JourneyColumns {
  private var origin: [Int32] = []
  private var destination: [Int32] = []
  private var mantissa: [Int64] = []
  private var digits: [UInt8] = []
  private var line: [Int32] = []
  /// How many journeys each origin has.
  private var count: [Int]
  /// The most decimals of any journey.
  private(set) var mostDigits = 0

  init(originCount: Int) { count = [Int](repeating: 0, count: originCount) }

  mutating func add(origin: Int, destination: Int, _ minutes: DecimalMinutes, line: Int) {
    self.origin.append(Int32(origin))
    self.destination.append(Int32(destination))
    mantissa.append(minutes.mantissa)
    digits.append(UInt8(clamping: minutes.digits))
    self.line.append(Int32(truncatingIfNeeded: line))
    count[origin] += 1
    mostDigits = max(mostDigits, minutes.digits)
  }

  /// Complaints about pairs that are listed twice, by line. Cost: one pass over the rows.
  func repetitions(_ path: String, _ names: [String]) -> [String] {
    let (start, order) = byOrigin
    var seen = [Int](repeating: -1, count: names.count)
    var again: [Int] = []
    for i in count.indices {
      for k in start[i]..<start[i + 1] {
        let row = Int(order[k])
        let site = Int(destination[row])
        if seen[site] == i { again.append(row) }
        seen[site] = i
      }
    }
    return again.sorted().map { row in
      let name = names[Int(destination[row])]
      return "\(path), line \(line[row]), destination: found '\(name)', expected each pair once"
    }
  }

  /// The times in units of 10^-digits of a minute; nil when one does not fit.
  func table(siteCount: Int, digits most: Int) -> TravelTable? {
    let (start, order) = byOrigin
    var fits = true
    let legs = count.indices.lazy.map { i in
      order[start[i]..<start[i + 1]].map { row in leg(Int(row), most) }
    }
    for row in mantissa.indices where Int(digits[row]) < most && fits {
      fits = DecimalMinutes(mantissa: mantissa[row], digits: Int(digits[row])).scaled(most) != nil
    }
    return fits ? TravelTable(siteCount: siteCount, legs: legs) : nil
  }

  private func leg(_ row: Int, _ most: Int) -> TravelTable.Leg {
    let minutes = DecimalMinutes(mantissa: mantissa[row], digits: Int(digits[row]))
    return TravelTable.Leg(site: Int(destination[row]), time: minutes.scaled(most) ?? .max)
  }

  /// The rows of origin i are `order[start[i]..<start[i + 1]]`, in the order of the file.
  private var byOrigin: (start: [Int], order: [Int32]) {
    var start = [0]
    for number in count { start.append(start[start.count - 1] + number) }
    var next = start
    var order = [Int32](repeating: 0, count: origin.count)
    for (row, i) in origin.enumerated() {
      order[next[Int(i)]] = Int32(row)
      next[Int(i)] += 1
    }
    return (start, order)
  }
}
