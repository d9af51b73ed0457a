import Foundation
import Planning
import Tabular

/// The tables of a siting question, checked together: every bad line of every file is reported at once.
struct SitingFiles {
  let command: SolveSiting
  private var faults: [String] = []
  private var origins = Names()
  private var destinations = Names()

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
      if files.origins.known(row[0]) != nil { row.fault("origin", "one row for each origin", 0) }
      let number = files.origins.number(of: row[0])
      guard let weight = Int64(row[1]), weight >= 0 else {
        return row.fault("weight", "a whole number, 0 or more", 1)
      }
      if number == weights.count { weights.append(weight) }
    }
    let journeys = readJourneys()
    faults += journeys.repetitions(command.travelTimes, destinations.all)
    let limit = command.limit.flatMap { DecimalMinutes($0) }
    if let text = command.limit, limit == nil { faults.append("--limit: found \(text), expected minutes") }
    let existing = readExisting()
    let prices = readPrices()
    try refuseFaults()
    let digits = max(journeys.mostDigits, limit?.digits ?? 0)
    let scaled = limit?.scaled(digits)
    guard digits <= 18, (scaled == nil) == (limit == nil),
      let table = journeys.table(siteCount: destinations.all.count, digits: digits)
    else {
      faults.append("\(command.travelTimes): minutes need more digits than fit: at most 18 in all")
      throw fault
    }
    var problem = SitingProblem(times: table, weights: weights)
    problem.existing = existing
    problem.prices = prices
    problem.budget = command.budget
    problem.sites = command.sites ?? command.add.map { $0 + existing.count }
    return Input(
      problem: problem,
      model: model(scaled ?? 0),
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

  private mutating func readJourneys() -> JourneyColumns {
    var columns = JourneyColumns(originCount: origins.all.count)
    eachRow(command.travelTimes, ["origin", "destination", "minutes"]) { files, row in
      guard !row.range(1).isEmpty else { return row.fault("destination", "the name of a site", 1) }
      let destination = files.destinations.number(of: row.bytes, row.range(1))
      guard let origin = files.origins.known(row.bytes, row.range(0)) else {
        return row.fault("origin", "an origin of \(files.command.demand)", 0)
      }
      guard let minutes = DecimalMinutes(row.bytes, row.range(2)) else {
        return row.fault("minutes", "a number, 0 or more", 2)
      }
      columns.add(origin: origin, destination: destination, minutes, line: row.line)
    }
    return columns
  }

  private mutating func readExisting() -> Set<Int> {
    guard let path = command.existing else { return [] }
    var sites = Set<Int>()
    eachRow(path, ["destination"]) { files, row in
      guard let site = files.destinations.known(row[0]) else {
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
      guard let site = files.destinations.known(row[0]) else {
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
    /// The column of each field asked for.
    let places: [Int]
    var record = CSVRow()
    var complaints: [String] = []

    var line: Int { record.line }
    var bytes: [UInt8] { record.bytes }

    func range(_ index: Int) -> Range<Int> { record.range(places[index]) }

    subscript(index: Int) -> String { record.text(places[index]) }

    mutating func fault(_ field: String, _ expected: String, _ index: Int) {
      complaints.append("\(path), line \(line), \(field): found '\(self[index])', expected \(expected)")
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
      var row = Row(path: path, places: columns.compactMap(\.self))
      guard row.places.count == names.count else { return }
      while try reader.next(into: &row.record) {
        guard row.record.count == header.count else {
          let found = row.record.count
          faults.append("\(path), line \(row.line): found \(found) fields, expected \(header.count)")
          continue
        }
        take(&self, &row)
        if row.complaints.isEmpty { continue }
        faults += row.complaints
        row.complaints.removeAll()
      }
    } catch {
      faults.append("\(path): \(error)")
    }
  }

  private func refuseFaults() throws {
    guard faults.isEmpty else { throw fault }
  }

  private var fault: SitingFilesError {
    let shown = faults.prefix(50).joined(separator: "\n")
    let rest = faults.count > 50 ? "\nand \(faults.count - 50) more" : ""
    return SitingFilesError(description: shown + rest)
  }
}

/// All that is wrong with the files, a line each.
struct SitingFilesError: Error, CustomStringConvertible { let description: String }
