import Foundation
import Planning
import Tabular

/// The tables of a siting question, checked together: every bad line of every file is reported at once.
struct SitingFiles {
  let command: SolveSiting
  private var faults: [String] = []
  private var origins = Names()
  private var destinations = Names()

  /// Names in the order in which they are met.
  struct Names {
    private(set) var all: [String] = []
    private var number: [String: Int] = [:]

    subscript(known name: String) -> Int? { number[name] }

    mutating func number(of name: String) -> Int {
      if let known = number[name] { return known }
      number[name] = all.count
      all.append(name)
      return all.count - 1
    }
  }

  struct Input {
    var problem: SitingProblem
    var model: SitingModel
    var origins: [String]
    var destinations: [String]
    /// Units of the table's times in a minute: a power of ten.
    var scale: Int64
  }

  init(_ command: SolveSiting) { self.command = command }

  static func read(_ command: SolveSiting) throws -> Input {
    var files = SitingFiles(command)
    return try files.read()
  }

  private mutating func read() throws -> Input {
    var weights: [Int64] = []
    eachRow(command.demand, ["origin", "weight"]) { files, row in
      if files.origins[known: row[0]] != nil { row.fault("origin", "one row for each origin", 0) }
      let number = files.origins.number(of: row[0])
      guard let weight = Int64(row[1]), weight >= 0 else {
        return row.fault("weight", "a whole number, 0 or more", 1)
      }
      if number == weights.count { weights.append(weight) }
    }
    let pairs = readTimes()
    let limit = command.limit.flatMap { DecimalMinutes($0) }
    if let text = command.limit, limit == nil { faults.append("--limit: found \(text), expected minutes") }
    let existing = readExisting()
    let prices = readPrices()
    try refuseFaults()
    let digits = max(pairs.map(\.minutes.digits).max() ?? 0, limit?.digits ?? 0)
    var legs = [[TravelTable.Leg]](repeating: [], count: origins.all.count)
    for pair in pairs {
      guard let time = pair.minutes.scaled(digits) else {
        faults.append("\(command.travelTimes): minutes need more digits than fit: at most 18 in all")
        break
      }
      legs[pair.origin].append(.init(site: pair.destination, time: time))
    }
    try refuseFaults()
    var problem = SitingProblem(
      times: TravelTable(siteCount: destinations.all.count, legs: legs),
      weights: weights
    )
    problem.existing = existing
    problem.prices = prices
    problem.budget = command.budget
    problem.sites = command.sites ?? command.add.map { $0 + existing.count }
    return Input(
      problem: problem,
      model: model(limit?.scaled(digits) ?? 0),
      origins: origins.all,
      destinations: destinations.all,
      scale: (0..<digits).reduce(1) { product, _ in product * 10 }
    )
  }

  private func model(_ limit: Int64) -> SitingModel {
    switch command.model {
    case .median: .pMedian
    case .centre: .pCentre
    case .maximalCovering: .maximalCovering(limit: limit)
    case .setCovering: .setCovering(limit: limit)
    }
  }

  private struct Pair {
    let origin: Int
    let destination: Int
    let minutes: DecimalMinutes
  }

  private mutating func readTimes() -> [Pair] {
    var pairs: [Pair] = []
    var seen = Set<Int>()
    eachRow(command.travelTimes, ["origin", "destination", "minutes"]) { files, row in
      let destination = files.destinations.number(of: row[1])
      guard let origin = files.origins[known: row[0]] else {
        return row.fault("origin", "an origin of \(files.command.demand)", 0)
      }
      guard let minutes = DecimalMinutes(row[2]) else {
        return row.fault("minutes", "a number, 0 or more", 2)
      }
      if !seen.insert(origin << 32 | destination).inserted { row.fault("destination", "each pair once", 1) }
      pairs.append(Pair(origin: origin, destination: destination, minutes: minutes))
    }
    return pairs
  }

  private mutating func readExisting() -> Set<Int> {
    guard let path = command.existing else { return [] }
    var sites = Set<Int>()
    eachRow(path, ["destination"]) { files, row in
      guard let site = files.destinations[known: row[0]] else {
        return row.fault("destination", "a destination of \(files.command.travelTimes)", 0)
      }
      sites.insert(site)
    }
    return sites
  }

  private mutating func readPrices() -> [Int64] {
    guard let path = command.costs else { return [] }
    var prices = [Int64?](repeating: nil, count: destinations.all.count)
    eachRow(path, ["destination", "cost"]) { files, row in
      guard let site = files.destinations[known: row[0]] else {
        return row.fault("destination", "a destination of \(files.command.travelTimes)", 0)
      }
      guard let price = Int64(row[1]), price >= 0 else {
        return row.fault("cost", "a whole number, 0 or more", 1)
      }
      prices[site] = price
    }
    for (site, price) in zip(destinations.all, prices) where price == nil {
      faults.append("\(path): no cost for \(site); expected one for every destination")
    }
    return prices.map { $0 ?? 0 }
  }
}

extension SitingFiles {
  /// A record's fields in the order asked for, and where to complain about them.
  struct Row {
    let path: String
    let line: Int
    let fields: [String]
    var complaints: [String] = []

    subscript(index: Int) -> String { fields[index] }

    mutating func fault(_ field: String, _ expected: String, _ index: Int) {
      complaints.append("\(path), line \(line), \(field): found '\(fields[index])', expected \(expected)")
    }
  }

  private mutating func eachRow(
    _ path: String,
    _ names: [String],
    _ take: (inout SitingFiles, inout Row) -> Void
  ) {
    do throws(CSVError) {
      var reader = CSVReader(try ByteInput(path: path))
      let header =
        try reader.next()?.fields.map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? []
      let columns = names.map { name in header.firstIndex(of: name) }
      for (name, column) in zip(names, columns) where column == nil {
        let found = header.joined(separator: ",")
        faults.append("\(path), line 1, \(name): found the columns '\(found)', expected a column \(name)")
      }
      let places = columns.compactMap(\.self)
      guard places.count == names.count else { return }
      while let record = try reader.next() {
        guard record.fields.count == header.count else {
          let found = record.fields.count
          faults.append("\(path), line \(record.line): found \(found) fields, expected \(header.count)")
          continue
        }
        var row = Row(path: path, line: record.line, fields: places.map { record.fields[$0] })
        take(&self, &row)
        faults += row.complaints
      }
    } catch {
      faults.append("\(path): \(error)")
    }
  }

  private func refuseFaults() throws {
    guard !faults.isEmpty else { return }
    let shown = faults.prefix(50).joined(separator: "\n")
    let rest = faults.count > 50 ? "\nand \(faults.count - 50) more" : ""
    throw SitingFilesError(description: shown + rest)
  }
}

/// All that is wrong with the files, a line each.
struct SitingFilesError: Error, CustomStringConvertible { let description: String }

/// Minutes as they were written: digits without the point, and how many of them follow it.
struct DecimalMinutes {
  let mantissa: Int64
  let digits: Int

  init?(_ text: String) {
    var mantissa: Int64 = 0
    var digits = 0
    var hasPoint = false
    var hasDigit = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(byte - 48))
      if overflow || carry { return nil }
      mantissa = sum
      hasDigit = true
      if hasPoint { digits += 1 }
    }
    guard hasDigit else { return nil }
    while digits > 0 && mantissa % 10 == 0 {
      mantissa /= 10
      digits -= 1
    }
    self.mantissa = mantissa
    self.digits = digits
  }

  /// The same minutes in units of 10^-digits; nil when they do not fit.
  func scaled(_ digits: Int) -> Int64? {
    var value = mantissa
    for _ in self.digits..<max(self.digits, digits) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }
}
