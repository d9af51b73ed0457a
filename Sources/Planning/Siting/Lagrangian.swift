/// The Lagrangian bound of a location instance: clients are charged λ_i for being served, and each site is
/// weighed on its own.
///
///     L(λ) = constant + Σ_i λ_i + min { Σ_j ρ_j·y_j },   ρ_j = fixedCost_j + Σ_i min(0, cost_ij − λ_i)
///
/// Its maximum is the bound of the strong linear relaxation (Geoffrion 1974; Cornuéjols, Fisher and
/// Nemhauser 1977), and a client's sorted list is read only up to λ_i, so an evaluation costs about n·m/p
/// instead of n·m.
///
/// The arithmetic is exact: multipliers are multiples of a power of two so large that every sum here is a
/// multiple of it below 2^53 of them. A bound that claims more than it proves cannot come out of rounding.
struct Lagrangian {
  let instance: LocationInstance
  /// Multipliers are multiples of this.
  let grid: Double
  private(set) var bound = -Double.infinity
  /// ρ_j of every candidate at the last evaluation.
  private(set) var reduced: [Double]
  /// The sites of the relaxation's solution, best first, and whether each site is among them.
  private(set) var chosen: [Int32] = []
  private(set) var isChosen: [Bool]
  /// The least ρ_j among the chosen that any other could displace; zero when there is room for another.
  private(set) var threshold = 0.0
  /// The greatest gain among those left out: at most zero.
  private(set) var runnerUp = 0.0
  /// The price put on the budget.
  private(set) var budgetPrice = 0.0
  /// 1 − how often each client is served, and the sum of their squares.
  private(set) var gradient: [Double]
  private(set) var gradientSquare = 0.0
  private var reach: [Int]
  private var ranked: [Int32]

  init(_ instance: LocationInstance, grid: Double) {
    self.instance = instance
    self.grid = grid
    reduced = [Double](repeating: 0, count: instance.siteCount)
    isChosen = [Bool](repeating: false, count: instance.siteCount)
    gradient = [Double](repeating: 0, count: instance.clientCount)
    reach = [Int](repeating: 0, count: instance.clientCount)
    ranked = instance.candidates
  }

  /// The bound at `multipliers`, which must lie on the grid and below the outside costs.
  mutating func evaluate(_ multipliers: [Double]) {
    let sum = instance.weigh(multipliers, &reduced, &reach)
    budgetPrice = 0
    choose()
    if !instance.price.isEmpty { raiseBudgetPrice() }
    var total = instance.constant + sum - budgetPrice * instance.budgetTerm
    for j in chosen { total += reduced[Int(j)] }
    // Sums beyond 2^53 grid steps would no longer be exact: such a point proves nothing.
    let exactBelow = grid * 0x1p53
    let isExact = sum < exactBelow && ranked.allSatisfy { -reduced[Int($0)] < exactBelow }
    bound = isExact ? total : -.infinity
    gradientSquare = instance.measureService(isChosen, reach, &gradient)
  }

  /// The sites that lower the sum most, at most `limit` of them. Ties go to the lower number.
  private mutating func choose() {
    for j in chosen { isChosen[Int(j)] = false }
    let values = reduced
    ranked.sort { a, b in
      let (left, right) = (values[Int(a)], values[Int(b)])
      return left < right || (left == right && a < b)
    }
    let gains = ranked.prefix(max(0, instance.limit)).prefix { values[Int($0)] < 0 }
    chosen = Array(gains)
    for j in chosen { isChosen[Int(j)] = true }
    let isFull = chosen.count >= instance.limit
    threshold = isFull ? (chosen.last.map { values[Int($0)] } ?? -.infinity) : 0
    runnerUp = gains.endIndex < ranked.endIndex ? min(0, values[Int(ranked[gains.endIndex])]) : 0
    if instance.limit <= 0 { threshold = -.infinity }
  }

  /// Finds by bisection a price at which the chosen sites keep within the budget: the relaxation of the
  /// budget is concave in its price, and every price gives a valid bound.
  private mutating func raiseBudgetPrice() {
    guard spending > instance.budget else { return }
    let plain = reduced
    var low = 0.0
    var high =
      instance.candidates.map { j in
        instance.price[Int(j)] > 0 ? -plain[Int(j)] / instance.price[Int(j)] : 0
      }.max() ?? 0
    high = ((high / grid).rounded(.up) + 1) * grid
    for _ in 0..<24 where high - low > grid {
      let middle = (((low + high) / 2) / grid).rounded() * grid
      charge(middle, on: plain)
      if spending > instance.budget { low = middle } else { high = middle }
    }
    charge(high, on: plain)
  }

  private mutating func charge(_ price: Double, on plain: [Double]) {
    budgetPrice = price
    for j in instance.candidates { reduced[Int(j)] = plain[Int(j)] + price * instance.price[Int(j)] }
    choose()
  }

  private var spending: Double { chosen.reduce(0) { $0 + instance.price[Int($1)] } }
}

extension LocationInstance {
  fileprivate var budgetTerm: Double { price.isEmpty ? 0 : budget }

  /// Σ_i λ_i; sets every ρ_j and how far each client's list was read.
  fileprivate func weigh(_ multipliers: [Double], _ reduced: inout [Double], _ reach: inout [Int]) -> Double {
    var sum = 0.0
    for j in candidates { reduced[Int(j)] = fixedCost[Int(j)] }
    let start = self.start.span
    let site = self.site.span
    let cost = self.cost.span
    let lambda = multipliers.span
    var weights = reduced.mutableSpan
    var ends = reach.mutableSpan
    for i in 0..<clientCount {
      let charge = lambda[unchecked: i]
      sum += charge
      var k = start[unchecked: i]
      let end = start[unchecked: i + 1]
      while k < end {
        let saving = cost[unchecked: k] - charge
        if saving >= 0 { break }
        weights[unchecked: Int(site[unchecked: k])] += saving
        k += 1
      }
      ends[unchecked: i] = k
    }
    return sum
  }

  /// Sets 1 − how often each client is served by the open sites that its list was read up to.
  fileprivate func measureService(_ isOpen: [Bool], _ reach: [Int], _ gradient: inout [Double]) -> Double {
    let start = self.start.span
    let site = self.site.span
    let open = isOpen.span
    let ends = reach.span
    var slope = gradient.mutableSpan
    var square = 0.0
    for i in 0..<clientCount {
      var served = 0
      for k in start[unchecked: i]..<ends[unchecked: i] where open[unchecked: Int(site[unchecked: k])] {
        served += 1
      }
      let value = Double(1 - served)
      slope[unchecked: i] = value
      square += value * value
    }
    return square
  }
}
