/// The greatest profit of a set of items within each capacity: 0-1 knapsack by dynamic programming in integers
/// (Bellman 1957). Cost: items × capacity.
struct KnapsackTable {
  /// `best[c]` is the greatest profit within the capacity c.
  private(set) var best: [Int] = []
  /// Whether an item is in the best set of those up to it, for each item and capacity.
  private var isTaken: [Bool] = []
  private var weights: [Int] = []

  /// Starts with no item.
  mutating func reset(capacity: Int) {
    best.removeAll(keepingCapacity: true)
    best.append(contentsOf: repeatElement(0, count: capacity + 1))
    isTaken.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
  }

  /// Adds an item. `profit` is positive.
  mutating func add(profit: Int, weight: Int) {
    let capacity = best.count - 1
    guard weight <= capacity else { return }
    var best = self.best.mutableSpan
    var c = capacity
    while c >= weight {
      let with = best[unchecked: c - weight] + profit
      if with > best[unchecked: c] { best[unchecked: c] = with }
      c -= 1
    }
  }

  /// Fills the table with these items, so that `chosen` can be asked.
  mutating func fill(_ profits: [Int], _ weights: [Int], capacity: Int) {
    reset(capacity: capacity)
    self.weights = weights
    let width = capacity + 1
    isTaken.append(contentsOf: repeatElement(false, count: width * profits.count))
    for item in profits.indices where weights[item] <= capacity {
      Self.note(profits[item], weights[item], row: item * width, &best, &isTaken)
    }
  }

  private static func note(
    _ profit: Int,
    _ weight: Int,
    row: Int,
    _ table: inout [Int],
    _ taken: inout [Bool]
  ) {
    var c = table.count - 1
    var best = table.mutableSpan
    var isTaken = taken.mutableSpan
    while c >= weight {
      let with = best[unchecked: c - weight] + profit
      let isBetter = with > best[unchecked: c]
      best[unchecked: c] = isBetter ? with : best[unchecked: c]
      isTaken[unchecked: row + c] = isBetter
      c -= 1
    }
  }

  /// The items of a best set within the capacity, of several the one with the later items left out.
  func chosen(within capacity: Int) -> [Int] {
    var items: [Int] = []
    var left = capacity
    for item in weights.indices.reversed() where isTaken[item * best.count + left] {
      items.append(item)
      left -= weights[item]
    }
    return items
  }
}

/// The greatest profits of a set of items without one of them: what is before it and what is after it, joined.
/// Cost: items × capacity for the tables, and the capacity for an answer.
struct KnapsackOmission {
  private let width: Int
  private var before: [Int] = []
  private var after: [Int] = []

  init(profits: [Int], weights: [Int], capacity: Int) {
    width = capacity + 1
    var table = KnapsackTable()
    table.reset(capacity: capacity)
    before = table.best
    for item in profits.indices {
      table.add(profit: profits[item], weight: weights[item])
      before += table.best
    }
    table.reset(capacity: capacity)
    after = [Int](repeating: 0, count: (profits.count + 1) * width)
    for item in profits.indices.reversed() {
      table.add(profit: profits[item], weight: weights[item])
      after.replaceSubrange(item * width..<(item + 1) * width, with: table.best)
    }
  }

  /// The greatest profit of all items.
  func best(within capacity: Int) -> Int { after[capacity] }

  func best(without item: Int, within capacity: Int) -> Int {
    let before = self.before.span
    let after = self.after.span
    let left = item * width
    let right = (item + 1) * width + capacity
    var greatest = 0
    for c in 0...capacity {
      greatest = max(greatest, before[unchecked: left + c] + after[unchecked: right - c])
    }
    return greatest
  }
}
