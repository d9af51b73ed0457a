/// The items' columns joined by the ties: Dantzig and Wolfe's restricted master over the columns found so far.
///
/// A tie that no mixture of columns can keep yet is bought off. The price of that is at first near what goods
/// cost, which keeps the multipliers in a box around sensible values (Marsten, Hogan & Blankenship 1975), and
/// is raised while the master still pays it.
struct AwardMaster {
  let index: AwardIndex
  let ties: [AwardTie]
  let orders: [OrderKey]
  private(set) var columns: [BlockColumn] = []
  /// What each column counts in the ties that it counts in.
  private var amounts: [[(tie: Int, amount: Double)]] = []
  private var known: Set<[Int]> = []
  /// Ties that each source counts in.
  private let tiesOfSource: [[Int]]
  private let placedCost: [Double]
  private let freightCost: [Double]
  /// Which orders are decided to be placed or not, to pay freight or not.
  var decided = OrderDecisions()
  /// More than any plan costs, in euros.
  let penalty: Double
  /// What buying off a tie costs, as a part of the value of goods.
  private(set) var escapeRate = 0.25
  /// Euros a base unit, over all sources.
  private let unitPrice: Double

  init(_ index: AwardIndex, penalty: Double) {
    self.index = index
    self.penalty = penalty
    let prices = index.sources.compactMap { source in
      source.pieces.last.map { Double($0.perPack) / Double(source.pack) / AwardModel.centsPerUnit }
    }
    unitPrice = max(1e-3, prices.max() ?? 0)
    ties = index.ties()
    orders = index.termedOrders.keys.sorted()
    var tiesOfSource = [[Int]](repeating: [], count: index.sources.count)
    for (tie, terms) in ties.enumerated() {
      for source in terms.sources { tiesOfSource[source].append(tie) }
    }
    self.tiesOfSource = tiesOfSource
    let suppliers = orders.map { index.problem.suppliers[$0.supplier] }
    placedCost = suppliers.map { Double($0.orderFee) / AwardModel.centsPerUnit }
    freightCost = suppliers.map { Double($0.freight?.charge ?? 0) / AwardModel.centsPerUnit }
  }

  /// False where the same packs are known already.
  mutating func add(_ column: BlockColumn) -> Bool {
    guard known.insert([column.block] + column.packs).inserted else { return false }
    columns.append(column)
    amounts.append(counted(column))
    return true
  }

  private func counted(_ column: BlockColumn) -> [(tie: Int, amount: Double)] {
    var amounts: [Int: Double] = [:]
    for (source, packs) in zip(index.blocks[column.block].sources, column.packs) where packs > 0 {
      let value = Double(index.sources[source].cost(packs) ?? 0) / AwardModel.centsPerUnit
      let quantity = Double(packs * index.sources[source].pack)
      for tie in tiesOfSource[source] {
        amounts[tie, default: 0] += ties[tie].measure == .value ? value : quantity
      }
    }
    return amounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The master over `candidates`, its ties first among the rows; integer for a plan, continuous for
  /// multipliers.
  func model(_ candidates: [Int], isInteger: Bool) -> LinearModel {
    var model = LinearModel(.minimize)
    var rows = [[LinearModel.Term]](repeating: [], count: ties.count)
    var convexity = [[LinearModel.Term]](repeating: [], count: index.blocks.count)
    for candidate in candidates {
      let column = columns[candidate]
      let x = model.addColumn(cost: column.cost, upper: 1, isInteger: isInteger)
      convexity[column.block].append(.init(1, x))
      for (tie, amount) in amounts[candidate] { rows[tie].append(.init(amount, x)) }
    }
    addOrders(&model, &rows, isInteger)
    for (tie, terms) in ties.enumerated() {
      var row = rows[tie]
      if !isInteger { addEscape(&model, &row, terms) }
      model.addRow(row, lower: terms.lower, upper: terms.upper)
    }
    for row in convexity where !row.isEmpty { model.addRow(row, lower: 1, upper: 1) }
    return model
  }

  private func addOrders(_ model: inout LinearModel, _ rows: inout [[LinearModel.Term]], _ isInteger: Bool) {
    var placed: [OrderKey: Int] = [:]
    var freighted: [OrderKey: Int] = [:]
    for (order, key) in orders.enumerated() {
      placed[key] = model.addColumn(cost: placedCost[order], upper: 1, isInteger: isInteger)
      freighted[key] = model.addColumn(cost: freightCost[order], upper: 1, isInteger: isInteger)
      for (column, decision) in [
        (placed[key], decided.placed[key]), (freighted[key], decided.freighted[key]),
      ] {
        guard let column, let decision else { continue }
        model.setBounds(column, lower: decision ? 1 : 0, upper: decision ? 1 : 0)
      }
    }
    for (tie, terms) in ties.enumerated() {
      for (key, coefficient) in terms.placed {
        if let z = placed[key] { rows[tie].append(.init(coefficient, z)) }
      }
      for (key, coefficient) in terms.freighted {
        if let f = freighted[key] { rows[tie].append(.init(coefficient, f)) }
      }
    }
  }

  private func addEscape(_ model: inout LinearModel, _ row: inout [LinearModel.Term], _ tie: AwardTie) {
    let cost = tie.measure == .value ? escapeRate : escapeRate * unitPrice
    if tie.lower.isFinite { row.append(.init(1, model.addColumn(cost: cost))) }
    if tie.upper.isFinite { row.append(.init(-1, model.addColumn(cost: cost))) }
  }

  /// The orders in the continuous master's answer.
  func mixed(_ values: [Double]) -> [MixedOrder] {
    orders.enumerated().map { order, key in
      let column = columns.count + 2 * order
      return MixedOrder(
        key: key,
        placed: values[column],
        freighted: values[column + 1],
        placedCost: placedCost[order],
        freightCost: freightCost[order],
        minimum: Double(index.problem.suppliers[key.supplier].minimumOrderValue) / AwardModel.centsPerUnit
      )
    }
  }

  /// Whether the continuous master's answer buys off a tie; its escapes are the last columns.
  func escapes(_ values: [Double]) -> Bool {
    values.dropFirst(columns.count + 2 * orders.count).contains { $0 > 1e-6 }
  }

  mutating func raiseEscape() { escapeRate *= 4 }

  /// What each source's packs are charged at the ties' multipliers.
  func penalties(_ multipliers: [Double]) -> [SourcePenalty] {
    tiesOfSource.enumerated().map { source, ties in
      ties.reduce(into: SourcePenalty(isClosed: isClosed(source))) { penalty, tie in
        switch self.ties[tie].measure {
        case .value: penalty.value -= multipliers[tie]
        case .quantity: penalty.unit -= multipliers[tie]
        }
      }
    }
  }

  /// Whether the source's order is decided not to be placed.
  private func isClosed(_ source: Int) -> Bool {
    let this = index.sources[source]
    return decided.placed[OrderKey(supplier: this.supplier, period: this.period)] == false
  }

  /// The part of the Lagrangian that no column has a say in: the ties' bounds and the orders' own columns.
  func constant(_ multipliers: [Double]) -> Double {
    var sum = 0.0
    var placed = Dictionary(uniqueKeysWithValues: zip(orders, placedCost))
    var freighted = Dictionary(uniqueKeysWithValues: zip(orders, freightCost))
    for (tie, y) in zip(ties, multipliers) where y != 0 {
      sum += y * (y > 0 ? tie.lower : tie.upper)
      for (key, coefficient) in tie.placed { placed[key, default: 0] -= y * coefficient }
      for (key, coefficient) in tie.freighted { freighted[key, default: 0] -= y * coefficient }
    }
    return sum + decided.least(placed, decided.placed) + decided.least(freighted, decided.freighted)
  }

  /// Multipliers with the sign that their tie's bounds allow.
  func allowed(_ multipliers: [Double]) -> [Double] {
    zip(ties, multipliers).map { tie, y in
      (y > 0 && !tie.lower.isFinite) || (y < 0 && !tie.upper.isFinite) ? 0 : y
    }
  }

  /// A column's cost at the multipliers.
  func reducedCost(_ column: Int, _ multipliers: [Double]) -> Double {
    amounts[column].reduce(columns[column].cost) { $0 - multipliers[$1.tie] * $1.amount }
  }

  func reducedCost(_ column: BlockColumn, _ multipliers: [Double]) -> Double {
    counted(column).reduce(column.cost) { $0 - multipliers[$1.tie] * $1.amount }
  }

  /// The least reduced cost of each item's columns; infinite where it has none.
  func leastReducedCosts(_ multipliers: [Double]) -> [Double] {
    var least = [Double](repeating: .infinity, count: index.blocks.count)
    let closed = decided.placed.values.contains(false) ? index.sources.indices.map { isClosed($0) } : []
    for column in columns.indices {
      let block = columns[column].block
      let uses = zip(index.blocks[block].sources, columns[column].packs)
      if !closed.isEmpty, uses.contains(where: { $1 > 0 && closed[$0] }) { continue }
      least[block] = min(least[block], reducedCost(column, multipliers))
    }
    return least
  }
}
