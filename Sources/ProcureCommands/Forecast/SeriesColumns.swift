/// Where the columns of a series file are.
struct SeriesColumns {
  static let required = ["series", "period", "quantity"]
  static let stockOut = "out_of_stock_days"

  private(set) var count = 0
  private(set) var series = 0
  private(set) var period = 0
  private(set) var quantity = 0
  private(set) var outOfStockDays: Int?

  /// Reads a heading; each column that is unknown, doubled or missing is a problem.
  init(heading: [String], line: Int, problems: inout InputProblems) {
    let names = heading.map { $0.lowercased().filter { !$0.isWhitespace } }
    count = names.count
    let known = Self.required + [Self.stockOut]
    for (index, name) in names.enumerated() {
      if !known.contains(name) {
        problems.add(line, "heading", found: "column “\(heading[index])”", expected: Self.expectation)
      } else if names[..<index].contains(name) {
        problems.add(line, "heading", found: "column “\(name)” twice", expected: "each column once")
      }
    }
    for name in Self.required where !names.contains(name) {
      problems.add(line, "heading", found: "no column “\(name)”", expected: Self.expectation)
    }
    series = names.firstIndex(of: "series") ?? 0
    period = names.firstIndex(of: "period") ?? 0
    quantity = names.firstIndex(of: "quantity") ?? 0
    outOfStockDays = names.firstIndex(of: Self.stockOut)
  }

  static let expectation = "series, period, quantity and, where known, \(stockOut)"
}
